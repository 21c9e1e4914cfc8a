using System.Text.RegularExpressions;
using NodaTime;

namespace Slotwright.Accounts;

/// <summary>Which brands can be stored.</summary>
public static partial class BrandRules
{
    private static readonly string[] Languages = ["en", "fr", "nl"];

    public static bool IsValid(AccountBrand brand) =>
        brand.DisplayName.Trim().Length is >= 1 and <= 80
        && Colour().IsMatch(brand.Colour)
        && Languages.Contains(brand.Language)
        && DateTimeZoneProviders.Tzdb.GetZoneOrNull(brand.TimeZone) is not null
        && brand.Tagline.Length <= 300
        && brand.Contact.Length <= 200
        && (brand.SenderEmail.Length == 0 || EmailAddresses.IsValid(brand.SenderEmail))
        && !new[] { brand.DisplayName, brand.Tagline, brand.Contact }.Any(text => text.Any(char.IsControl));

    [GeneratedRegex("^#[0-9a-fA-F]{6}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Colour();
}
