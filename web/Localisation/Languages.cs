using System.Globalization;
using Microsoft.AspNetCore.Localization;
using Microsoft.Extensions.Localization;
using Slotwright.Tenancy;

// Resources are found below the root namespace, which is not the assembly's name.
[assembly: RootNamespace("Slotwright")]

namespace Slotwright.Localisation;

/// <summary>
/// The languages of the pages and how one is chosen: <c>?lang=</c> (remembered in a cookie), the cookie, the browser's
/// preference, the account's own language, English.
/// </summary>
public static class Languages
{
    public const string QueryKey = "lang";

    public static IReadOnlyList<string> All { get; } = ["en", "fr", "nl"];

    private static readonly Dictionary<string, string> Names = All.ToDictionary(language => language, language => CultureInfo.GetCultureInfo(language).NativeName);

    /// <summary>Of the request now served.</summary>
    public static string Current => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName;

    public static void AddLanguages(this IServiceCollection services)
    {
        services.AddSingleton<IStringLocalizerFactory, RememberedSentences>();
        services.AddLocalization(options => options.ResourcesPath = "Resources");
        services.AddSingleton<TimeWords>();
        services.AddSingleton<PlanWords>();
        services.AddSingleton<OpeningWords>();
        services.AddSingleton<ConditionWords>();
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture("en").AddSupportedCultures([.. All]).AddSupportedUICultures([.. All]);
            options.ApplyCurrentCultureToResponseHeaders = true;
            options.RequestCultureProviders =
            [
                new CustomRequestCultureProvider(context => Known(Asked(context))),
                new CustomRequestCultureProvider(context => Known(context.Request.Cookies[CookieName(context)])),
                new AcceptLanguageHeaderRequestCultureProvider { Options = options },
                new CustomRequestCultureProvider(context => Known(context.AccountOrNone()?.Brand.Language)),
            ];
        });
    }

    /// <summary>
    /// Takes the one shared culture of the chosen language: the framework makes a copy for each request, and whatever is remembered
    /// by culture (names of days, number formats) would be found out anew with each page.
    /// </summary>
    public static Task Share(HttpContext context, RequestDelegate next)
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(CultureInfo.CurrentCulture.Name);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(CultureInfo.CurrentUICulture.Name);
        return next(context);
    }

    /// <summary>Its own name, as its readers look for it.</summary>
    public static string NameOf(string language) => Names.TryGetValue(language, out var name) ? name : language;

    /// <summary>The page now shown in another language. A page that was posted is fetched anew.</summary>
    public static string Address(HttpRequest request, string language)
    {
        var query = request.Query.Where(pair => pair.Key != QueryKey && pair.Key != "handler").SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value)));
        return request.PathBase.ToUriComponent() + request.HttpContext.Here(request.Path.ToUriComponent()) + QueryString.Create(query.Append(KeyValuePair.Create(QueryKey, (string?)language))).ToUriComponent();
    }

    private static string? Asked(HttpContext context)
    {
        string? asked = context.Request.Query[QueryKey];
        if (asked is not null && All.Contains(asked))
        {
            context.Response.Cookies.Append(CookieName(context), asked, new CookieOptions
            {
                HttpOnly = true,
                IsEssential = true,
                MaxAge = TimeSpan.FromDays(365),
                Path = "/",
                SameSite = SameSiteMode.Lax,
                Secure = context.Request.IsHttps,
            });
        }

        return asked;
    }

    private static string CookieName(HttpContext context) => context.Request.IsHttps ? "__Host-lang" : "lang";

    private static Task<ProviderCultureResult?> Known(string? language) =>
        Task.FromResult(language is not null && All.Contains(language) ? new ProviderCultureResult(language) : null);
}
