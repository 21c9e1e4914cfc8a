using System.Text.RegularExpressions;
using NodaTime;

namespace Slotwright.Accounts;

/// <summary>Which brands can be stored.</summary>
public static partial class BrandRules
{
    private const int MostPictureBytes = 512 * 1024;

    private static ReadOnlySpan<byte> PngSignature => [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

    private static readonly string[] Languages = ["en", "fr", "nl"];

    public static bool IsValid(AccountBrand brand) =>
        brand.DisplayName.Trim().Length is >= 1 and <= 80
        && Colour().IsMatch(brand.Colour)
        && (brand.BarColour.Length == 0 || Colour().IsMatch(brand.BarColour))
        && Languages.Contains(brand.Language)
        && DateTimeZoneProviders.Tzdb.GetZoneOrNull(brand.TimeZone) is not null
        && brand.Tagline.Length <= 300
        && brand.Contact.Length <= 200
        && (brand.SenderEmail.Length == 0 || EmailAddresses.IsValid(brand.SenderEmail))
        && FramingSites.IsValid(brand.FramedBy)
        && !new[] { brand.DisplayName, brand.Tagline, brand.Contact }.Any(text => text.Any(char.IsControl));

    public static AccountBrand With(this AccountBrand brand, BrandChange change) => brand with
    {
        DisplayName = change.DisplayName ?? brand.DisplayName,
        Colour = change.Colour ?? brand.Colour,
        BarColour = change.BarColour ?? brand.BarColour,
        Language = change.Language ?? brand.Language,
        TimeZone = change.TimeZone ?? brand.TimeZone,
        Tagline = change.Tagline ?? brand.Tagline,
        Contact = change.Contact ?? brand.Contact,
        FramedBy = change.FramedBy ?? brand.FramedBy,
    };

    public static AccountBrand With(this AccountBrand brand, BrandPictureKind kind, string name) => kind switch
    {
        BrandPictureKind.Logo => brand with { Logo = name },
        BrandPictureKind.LogoOnDark => brand with { LogoOnDark = name },
        _ => brand with { Icon = name },
    };

    /// <summary>Empty: no such picture.</summary>
    public static string NameOf(this AccountBrand brand, BrandPictureKind kind) => kind switch
    {
        BrandPictureKind.Logo => brand.Logo,
        BrandPictureKind.LogoOnDark => brand.LogoOnDark,
        _ => brand.Icon,
    };

    public static bool IsColour(string text) => Colour().IsMatch(text);

    public static bool IsValid(BrandPicture picture) =>
        picture is { ContentType: "image/png", Bytes.Length: > 8 and <= MostPictureBytes } && picture.Bytes.AsSpan(0, 8).SequenceEqual(PngSignature);

    [GeneratedRegex("^#[0-9a-fA-F]{6}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Colour();
}
