using Slotwright.Accounts;
using Slotwright.Resellers;

namespace Slotwright.WhiteLabel;

/// <summary>What a client shows of its reseller's look: each part that it has not set itself. Pure.</summary>
public static class InheritedLooks
{
    /// <summary>A brand with this colour has none of its own.</summary>
    public static readonly string NeutralColour = new AccountBrand { DisplayName = "", Language = "", TimeZone = "" }.Colour;

    public static (AccountBrand Brand, InheritedLook? Inherited) Inherit(AccountBrand own, ResellerSettings? reseller)
    {
        ArgumentNullException.ThrowIfNull(own);
        if (reseller is not { Look: { } look })
        {
            return (own, null);
        }

        var hasColours = own.BarColour.Length > 0 || !string.Equals(own.Colour, NeutralColour, StringComparison.OrdinalIgnoreCase);
        var inherited = new InheritedLook(
            reseller.Support.Name,
            Colour: !hasColours && look.Colour.Length > 0,
            BarColour: !hasColours && look.BarColour.Length > 0,
            Logo: own.Logo.Length == 0 && look.Logo.Length > 0,

            // A logo of one's own does not turn into somebody else's at night.
            LogoOnDark: own.Logo.Length == 0 && own.LogoOnDark.Length == 0 && look.LogoOnDark.Length > 0,
            Icon: own.Icon.Length == 0 && look.Icon.Length > 0);
        return inherited is { Colour: false, BarColour: false, Logo: false, LogoOnDark: false, Icon: false }
            ? (own, null)
            : (own with
            {
                Colour = inherited.Colour ? look.Colour : own.Colour,
                BarColour = inherited.BarColour ? look.BarColour : own.BarColour,
                Logo = inherited.Logo ? look.Logo : own.Logo,
                LogoOnDark = inherited.LogoOnDark ? look.LogoOnDark : own.LogoOnDark,
                Icon = inherited.Icon ? look.Icon : own.Icon,
            }, inherited);
    }

    public static BrandDefaults With(this BrandDefaults look, BrandPictureKind kind, string name)
    {
        ArgumentNullException.ThrowIfNull(look);
        return kind switch
        {
            BrandPictureKind.Logo => look with { Logo = name },
            BrandPictureKind.LogoOnDark => look with { LogoOnDark = name },
            _ => look with { Icon = name },
        };
    }

    /// <summary>Empty: no such picture.</summary>
    public static string NameOf(this BrandDefaults look, BrandPictureKind kind)
    {
        ArgumentNullException.ThrowIfNull(look);
        return kind switch
        {
            BrandPictureKind.Logo => look.Logo,
            BrandPictureKind.LogoOnDark => look.LogoOnDark,
            _ => look.Icon,
        };
    }
}
