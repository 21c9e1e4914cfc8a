using System.Text.RegularExpressions;
using Slotwright.Accounts;

namespace Slotwright.Branding;

/// <summary>Whom a visitor of an account's pages may turn to. Addresses are links where they are of a known shape, else text.</summary>
public sealed partial record Contact
{
    /// <summary>The business itself, in its own words; empty when it gave none.</summary>
    public required string Business { get; init; }

    /// <summary>Who helps: the reseller of the account; null for a regular account.</summary>
    public required SupportDetails? Support { get; init; }

    /// <summary>The administrator's address: used only where there is nothing else.</summary>
    public required string LastResort { get; init; }

    public static Contact Of(AccountFace account) => new()
    {
        Business = account.Brand.Contact,
        Support = account.Support,
        LastResort = account.Brand.Contact.Length > 0 || account.Support is not null ? "" : account.OwnerEmail,
    };

    /// <summary>Null when the text is no web address that a page may link to.</summary>
    public static string? Website(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address.AbsoluteUri
            : null;

    /// <summary>A text of the business's own in parts, those that read as an e-mail address or a phone number with a link.</summary>
    public static IEnumerable<(string Text, string? Link)> Parts(string text)
    {
        var at = 0;
        foreach (Match match in Reachable().Matches(text))
        {
            if (match.Index > at)
            {
                yield return (text[at..match.Index], null);
            }

            var dialled = Dial(match.Value);
            yield return (match.Value, match.Groups["mail"].Success ? $"mailto:{match.Value}" : dialled.Length is >= 8 and <= 16 ? $"tel:{dialled}" : null);
            at = match.Index + match.Length;
        }

        if (at < text.Length)
        {
            yield return (text[at..], null);
        }
    }

    /// <summary>Digits and a leading plus only, for a <c>tel:</c> link.</summary>
    public static string Dial(string phone) => string.Concat(phone.Where(character => char.IsAsciiDigit(character) || character == '+'));

    [GeneratedRegex(@"(?<mail>[^\s@<>(),;]{1,64}@[^\s@<>(),;]{1,200}\.[^\s@<>(),;.]{2,24})|(?<phone>\+?\(?[0-9](?:[0-9 ()./-]|\u00A0){6,18}[0-9])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Reachable();
}
