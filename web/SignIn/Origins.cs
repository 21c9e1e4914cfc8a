using Slotwright.Localisation;
using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.SignIn;

/// <summary>What the grains are told about where a request comes from.</summary>
public static class Origins
{
    private static readonly (string Mark, string Name)[] Browsers =
        [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"), ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems =
        [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("CrOS", "ChromeOS"), ("Linux", "Linux")];

    /// <summary>The host that was asked and the browser's own word for itself.</summary>
    public static SignInOrigin Origin(this HttpContext context) => new(Host(context), Device(context.Request.Headers.UserAgent.ToString()));

    /// <summary>Without port, lower case: what a session is bound to.</summary>
    public static string Host(this HttpContext context) => context.Request.Host.Host.ToLowerInvariant() is { Length: <= 253 } host ? host : "";

    /// <summary>In the visitor's language and the visited account's name.</summary>
    public static LetterManner Manner(this HttpContext context) => new(Languages.Current, context.AccountOrNone()?.Id);

    /// <summary>"Firefox · Linux"; empty when neither is known.</summary>
    internal static string Device(string userAgent) => string.Join(
        " · ",
        new[] { Browsers, Systems }.Select(known => known.FirstOrDefault(one => userAgent.Contains(one.Mark, StringComparison.Ordinal)).Name).Where(name => name is not null));
}
