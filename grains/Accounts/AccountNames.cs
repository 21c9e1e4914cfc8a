using System.Text.RegularExpressions;
using Slotwright.Platform;

namespace Slotwright.Accounts;

/// <summary>Which names an account may have: they stand in addresses and sign people in.</summary>
public static partial class AccountNames
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal)
    {
        "a", "account", "accounts", "admin", "administrator", "api", "app", "assets", "billing", "blog", "book", "booking", "brand",
        "css", "dashboard", "dev", "docs", "email", "feed", "feeds", "health", "help", "host", "ical", "info", "internal", "js", "lib",
        "login", "logout", "mail", "news", "no-reply", "noreply", "openapi", "operator", "platform", "postmaster", "root", "reseller",
        "resellers", "schedule", "schedules", "security", "set-password", "signin", "signout", "signup", "slotwright", "status",
        "superuser", "supervise", "supervisor", "support", "system", "test", "user", "users", "webmaster", "widget", "www",
    };

    /// <summary>As it is stored: blanks become hyphens.</summary>
    public static string Tidy(string name) => name.Trim().Replace(' ', '-');

    /// <summary>Why a tidied name cannot be had by anyone, or null.</summary>
    public static SignUpRefusal? Judge(string tidied, string platformName) =>
        !Shape().IsMatch(tidied) ? SignUpRefusal.NameInvalid
        : Reserved.Contains(Names.Fold(tidied)) || Names.Fold(tidied) == Names.Fold(platformName) ? SignUpRefusal.NameReserved
        : null;

    // A letter must be in it: a number in the same place of an address is an id.
    [GeneratedRegex("^(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9_-]{2,39}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Shape();
}

/// <summary>How the plain API key is sealed, made and looked up.</summary>
public static class ApiKeys
{
    public const string Purpose = "api-key";

    /// <summary>22 characters of URL-safe base64: 128 random bits.</summary>
    public static string New() => OneTimeToken.New(16);
}
