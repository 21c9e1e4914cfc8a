using Slotwright.Platform;
using Slotwright.Resellers;

namespace Slotwright.Accounts;

public sealed partial class AccountGrain
{
    private const int MostFormerNames = 10;

    public async Task<string?> RenewApiKey()
    {
        if (row is null)
        {
            return null;
        }

        var key = ApiKeys.New();
        await store.ChangeApiKey(Id, OneTimeToken.Hash(key), secrets.Seal(ApiKeys.Purpose, key));
        await Reload();
        return key;
    }

    public async Task<Outcome<AccountFace, RenameRefusal>> Rename(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (row is null)
        {
            return RenameRefusal.UnknownAccount;
        }

        var tidied = AccountNames.Tidy(name);
        if (AccountNames.Judge(tidied, platform.Value.Name) is { } refusal)
        {
            return refusal == SignUpRefusal.NameReserved ? RenameRefusal.NameReserved : RenameRefusal.NameInvalid;
        }

        var answer = await store.Rename(Id, tidied, Names.Fold(tidied), MostFormerNames, clock.GetCurrentInstant());
        if (answer != RenameAnswer.Renamed)
        {
            return answer == RenameAnswer.TooMany ? RenameRefusal.TooManyNames : RenameRefusal.NameTaken;
        }

        await Reload();
        return (await Face())!;
    }

    public async Task<Outcome<AccountFace, BrandRefusal>> ChangeBrand(BrandChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (row is null || document.State.Brand is not { } brand)
        {
            return BrandRefusal.UnknownAccount;
        }

        // Each part is judged alone, so what is valid now is valid beside whatever is written before.
        if (!BrandRules.IsValid(brand.With(change)))
        {
            return BrandRefusal.BrandInvalid;
        }

        await Save(present => present!.With(change));
        return (await Face())!;
    }

    public async Task<Outcome<AccountFace, BrandRefusal>> PutPicture(BrandPictureKind kind, BrandPicture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (row is null || document.State.Brand is null)
        {
            return BrandRefusal.UnknownAccount;
        }

        if (!BrandRules.IsValid(picture))
        {
            return BrandRefusal.PictureInvalid;
        }

        // The picture is there before the document that names it, and goes after it.
        var name = OneTimeToken.New(16);
        await pictures.Add(Id, kind, name, picture, clock.GetCurrentInstant());
        await Replace(kind, name);
        return (await Face())!;
    }

    public async Task<AccountFace> RemovePicture(BrandPictureKind kind)
    {
        await Replace(kind, "");
        return (await Face())!;
    }

    public async Task<BrandPicture?> Picture(string name) => row is null
        ? null
        : await pictures.Find(Id, name)
            ?? (row.ResellerId is { } resellerId ? await GrainFactory.Reseller(resellerId).DefaultPicture(name) : null);

    public async Task<AccountCounters?> Counters()
    {
        if (await Usage() is not { } usage)
        {
            return null;
        }

        var (past, customers) = await store.CountKept(Id, clock.GetCurrentInstant());
        var (plan, unlimited) = (plans.Value.Find(usage.PlanCode), usage.Standing == AccountStanding.Trial);
        return new AccountCounters
        {
            Usage = usage,
            KeptPast = past,
            KeptPastAllowed = unlimited ? null : plan?.KeptPast,
            Customers = customers,
            CustomersAllowed = unlimited ? null : plan?.Customers,
            Schedules = (await store.Schedules(Id)).Count,
            Webhooks = 0,
            WebhooksAllowed = plan is null ? 0 : plan.Webhooks,
        };
    }

    public async Task<Outcome<AccountFace, BecomeRefusal>> BecomeReseller(int personId)
    {
        await Reload();
        if (row is null || document.State.Brand is not { } brand)
        {
            return BecomeRefusal.UnknownAccount;
        }

        if (row.OwnerPersonId != personId)
        {
            return BecomeRefusal.NotOwner;
        }

        if (row.ResellerId is not null)
        {
            return BecomeRefusal.IsClient;
        }

        if (!row.IsReseller)
        {
            // Documents first, the row that makes them reachable last.
            await GrainFactory.Reseller(Id).ChangeSettings(new ResellerSettings { Support = new SupportDetails { Name = brand.DisplayName, Email = row.OwnerEmail } });
            if (!await store.BecomeReseller(Id))
            {
                return BecomeRefusal.IsClient;
            }

            await Reload();
        }

        return (await Face())!;
    }

    private async Task Replace(BrandPictureKind kind, string name)
    {
        var former = "";
        await Save(present =>
        {
            former = present!.NameOf(kind);
            return present!.With(kind, name);
        });
        if (former.Length > 0)
        {
            await pictures.Remove(Id, former);
        }
    }
}
