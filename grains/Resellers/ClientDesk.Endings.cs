using Slotwright.Accounts;
using Slotwright.Billing;
using Slotwright.Team;

namespace Slotwright.Resellers;

/// <summary>How a client leaves its reseller: as a regular account, or for good.</summary>
public sealed partial class ClientDesk
{
    public async Task<Outcome<AccountReference, ClientRefusal>> Detach(int resellerId, int clientId, int personId)
    {
        if (await store.Find(resellerId, clientId) is not { } client || await accounts.Load(resellerId) is not { } reseller)
        {
            return ClientRefusal.UnknownClient;
        }

        var detached = await store.Detach(resellerId, clientId, personId, Now, await LettersOf(client, reseller, await Language(reseller), personId, withCopy: true));
        await grains.AccountSetup(clientId).Reload();
        await grains.DashboardNews(resellerId).Happened([], [clientId]);
        return detached ? new AccountReference(clientId, client.Name) : ClientRefusal.UnknownClient;
    }

    public async Task<Outcome<AccountReference, ClientRefusal>> Delete(int resellerId, int clientId, string typedName, int personId)
    {
        ArgumentNullException.ThrowIfNull(typedName);
        if (await store.Find(resellerId, clientId) is not { } client || await accounts.Load(resellerId) is not { } reseller)
        {
            return ClientRefusal.UnknownClient;
        }

        if (!IsNameOf(client.Name, typedName))
        {
            return ClientRefusal.NameDiffers;
        }

        var face = await grains.Account(clientId).Face();
        var schedules = await grains.Account(clientId).Schedules();
        var news = NewsOf(client.Name, face, resellerId) with { Sender = face?.Support };
        var erased = await store.Erase(
            resellerId,
            clientId,
            personId,
            Now,
            [
                await letters.Write(LetterKind.ClientDeleted, client.OwnerPersonId, client.OwnerEmail, new LetterManner(face?.Brand.Language ?? "en", null), detail: news.Write()),
                await letters.Write(
                    LetterKind.ClientDeletedCopy, reseller.OwnerPersonId, reseller.OwnerEmail, new LetterManner(await Language(reseller), resellerId), detail: news.Write()),
            ]);

        // Told after the fact: what has not heard of it finds its rows gone.
        await grains.AccountSetup(clientId).Reload();
        await grains.DashboardNews(resellerId).Happened([], [clientId]);
        foreach (var schedule in erased == EraseAnswer.Erased ? schedules : [])
        {
            await grains.ScheduleSetup(clientId, schedule.Id).Close();
        }

        return erased switch
        {
            EraseAnswer.Erased => new AccountReference(clientId, client.Name),
            EraseAnswer.Suspended => ClientRefusal.Suspended,
            _ => ClientRefusal.UnknownClient,
        };
    }

    public async Task<Outcome<AccountReference, RevertRefusal>> Revert(int resellerId, IReadOnlyList<ClientListing> clients, RevertReseller command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (await accounts.Load(resellerId) is not { IsReseller: true } reseller)
        {
            return RevertRefusal.UnknownReseller;
        }

        if (clients.Count > 0 && !command.DetachesAll)
        {
            return RevertRefusal.HasClients;
        }

        if (clients.Count > 0 && !IsNameOf(reseller.Name, command.TypedName))
        {
            return RevertRefusal.NameDiffers;
        }

        var language = await Language(reseller);
        var leaving = new Dictionary<int, IReadOnlyList<PersonLetter>>();
        foreach (var some in clients.Chunk(AtOnce))
        {
            var written = await Task.WhenAll(some.Select(async listing => await store.Find(resellerId, listing.AccountId) is { } client
                ? (client.Id, Letters: await LettersOf(client, reseller, language, command.PersonId, withCopy: false))
                : default));
            foreach (var (id, toOwner) in written.Where(one => one.Letters is not null))
            {
                leaving.Add(id, toOwner);
            }
        }

        var face = await grains.Account(resellerId).Face();
        var letter = await letters.Write(
            LetterKind.ResellerReverted,
            reseller.OwnerPersonId,
            reseller.OwnerEmail,
            new LetterManner(language, resellerId),
            detail: (NewsOf(reseller, face, resellerId) with { Clients = leaving.Count }).Write());
        var answer = await store.Revert(resellerId, command.PersonId, leaving, Now, letter);
        foreach (var some in leaving.Keys.Append(resellerId).Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(id => grains.AccountSetup(id).Reload()));
        }

        return answer switch
        {
            RevertAnswer.Reverted => new AccountReference(resellerId, reseller.Name),

            // One came meanwhile: nobody said that it is to be detached.
            RevertAnswer.HasOthers => RevertRefusal.HasClients,
            _ => RevertRefusal.UnknownReseller,
        };
    }

    private async Task<IReadOnlyList<PersonLetter>> LettersOf(ClientRow client, AccountRow reseller, string language, int personId, bool withCopy)
    {
        var face = await grains.Account(client.Id).Face();
        var subscription = await grains.Billing(client.Id).Subscription(new PayerActor(personId, reseller.Id));
        var news = (NewsOf(client.Name, face, reseller.Id) with { Plan = subscription?.Leaving }).Write();
        var toOwner = await letters.Write(
            LetterKind.ClientDetached, client.OwnerPersonId, client.OwnerEmail, new LetterManner(face?.Brand.Language ?? "en", client.Id), detail: news);
        return withCopy
            ? [toOwner, await letters.Write(LetterKind.ClientDetachedCopy, reseller.OwnerPersonId, reseller.OwnerEmail, new LetterManner(language, reseller.Id), detail: news)]
            : [toOwner];
    }

    private async Task<string> Language(AccountRow reseller) => (await grains.Account(reseller.Id).Face())?.Brand.Language ?? "en";

    private static bool IsNameOf(string name, string typed) => typed.Length <= 60 && Names.Fold(typed) == Names.Fold(name);
}
