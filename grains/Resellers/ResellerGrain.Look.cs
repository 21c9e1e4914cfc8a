using Slotwright.Accounts;
using Slotwright.Platform;
using Slotwright.WhiteLabel;

namespace Slotwright.Resellers;

/// <summary>What clients look like that have not said otherwise.</summary>
public sealed partial class ResellerGrain
{
    public async Task<Outcome<ResellerSettings, BrandRefusal>> ChangeDefaultColours(string colour, string barColour)
    {
        ArgumentNullException.ThrowIfNull(colour);
        ArgumentNullException.ThrowIfNull(barColour);
        if (!new[] { colour, barColour }.All(each => each.Length == 0 || BrandRules.IsColour(each)))
        {
            return BrandRefusal.BrandInvalid;
        }

        if (await accounts.Load(Id) is not { IsReseller: true })
        {
            return BrandRefusal.UnknownAccount;
        }

        await Save(document.State with { Look = document.State.Look with { Colour = colour, BarColour = barColour } });
        return (await Settings())!;
    }

    public async Task<Outcome<ResellerSettings, BrandRefusal>> PutDefaultPicture(BrandPictureKind kind, BrandPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (!BrandRules.IsValid(picture))
        {
            return BrandRefusal.PictureInvalid;
        }

        if (await accounts.Load(Id) is not { IsReseller: true })
        {
            return BrandRefusal.UnknownAccount;
        }

        // The picture is there before the document that names it, and goes after it.
        var name = OneTimeToken.New(16);
        await pictures.Add(Id, kind, name, picture, clock.GetCurrentInstant());
        await Replace(kind, name);
        return (await Settings())!;
    }

    public async Task<ResellerSettings?> RemoveDefaultPicture(BrandPictureKind kind)
    {
        await Replace(kind, "");
        return await Settings();
    }

    public async Task<BrandPicture?> DefaultPicture(string name)
    {
        var look = document.State.Look;
        return name.Length > 0 && (name == look.Logo || name == look.LogoOnDark || name == look.Icon) ? await pictures.Find(Id, name) : null;
    }

    private async Task Replace(BrandPictureKind kind, string name)
    {
        var former = document.State.Look.NameOf(kind);
        if (former == name)
        {
            return;
        }

        await Save(document.State with { Look = document.State.Look.With(kind, name) });
        if (former.Length > 0)
        {
            await pictures.Remove(Id, former);
        }
    }
}
