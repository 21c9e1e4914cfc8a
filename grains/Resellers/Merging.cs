using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Platform;
using Slotwright.Team;

namespace Slotwright.Resellers;

/// <summary>
/// Takes another reseller's clients over, once control over it was shown. The proof is a sealed ticket, so that between preview and deed
/// nothing is stored, and no password is asked for twice or kept.
/// </summary>
public sealed class Merging(
    IGrainFactory grains, IAccountStore accounts, IUpkeepStore store, LetterDesk letters, ISecrets secrets, IOptions<PlansOptions> plans, IClock clock)
{
    /// <summary>How long a proof counts.</summary>
    public static readonly Duration ProofLifetime = Duration.FromMinutes(15);

    private const string Purpose = "reseller-merge";
    private const int PageOfClients = 1000;
    private const int AtOnce = 64;

    /// <summary>Nobody's id: its grain does the same work and recognises nothing, so that unknown names take as long as others.</summary>
    private const int Nobody = int.MaxValue;

    private Instant Now => clock.GetCurrentInstant();

    public async Task<Outcome<MergePlan, MergeRefusal>> Plan(int intoId, MergeProof proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        var from = await grains.Directory().AccountByName(proof.AccountName) is { } reference ? await accounts.Load(reference.AccountId) : null;
        if (from?.Id == intoId)
        {
            return MergeRefusal.Itself;
        }

        switch (await grains.Person(from?.OwnerPersonId ?? Nobody).Prove(proof.Password, proof.Code))
        {
            case ProofAnswer.TooBusy:
                return MergeRefusal.TooBusy;
            case not ProofAnswer.Proven:
                return MergeRefusal.NotProven;
        }

        return await Preview(new Proof(from!.Id, intoId, proof.PersonId, Now));
    }

    public async Task<Outcome<MergePlan, MergeRefusal>> PlanAgain(int intoId, string ticket, int personId) =>
        Read(ticket, intoId, personId) is { } proof ? await Preview(proof) : MergeRefusal.ProofSpent;

    public async Task<Outcome<Merged, MergeRefusal>> Merge(int intoId, string ticket, string typedName, int personId)
    {
        ArgumentNullException.ThrowIfNull(typedName);
        if (Read(ticket, intoId, personId) is not { } proof || await accounts.Load(proof.FromId) is not { } from || await accounts.Load(intoId) is not { } into)
        {
            return MergeRefusal.ProofSpent;
        }

        if (Names.Fold(typedName) != Names.Fold(from.Name))
        {
            return MergeRefusal.NameMistyped;
        }

        var done = await store.Merge(new MergeOrder
        {
            FromId = from.Id,
            IntoId = into.Id,
            ProvenAt = proof.At,
            PersonId = personId,
            Now = Now,
            Letters = [await Letter(LetterKind.ResellersMerged, into, from.Name), await Letter(LetterKind.ResellerMergedAway, from, into.Name)],
        });
        if (done is null)
        {
            return into is not { IsReseller: true, SuspendedAt: null } ? MergeRefusal.NotAllowed
                : from.SuspendedAt is not null ? MergeRefusal.NotProven
                : MergeRefusal.NoReseller;
        }

        await Tell(intoId, from.Id, done.ClientIds);
        return new Merged(from.Name, done.Moved);
    }

    public async Task<IReadOnlyList<ClientExportLine>> Lines(int resellerId, int afterId, int limit) =>
        [.. (await store.ExportRows(resellerId, afterId, limit, Now)).Select(Line)];

    private async Task<Outcome<MergePlan, MergeRefusal>> Preview(Proof proof)
    {
        if (await accounts.Load(proof.IntoId) is not { IsReseller: true, SuspendedAt: null })
        {
            return MergeRefusal.NotAllowed;
        }

        if (await accounts.Load(proof.FromId) is not { IsReseller: true } from)
        {
            return MergeRefusal.NoReseller;
        }

        // Nobody gets out of a suspension by going over to another account.
        if (from.SuspendedAt is not null)
        {
            return MergeRefusal.NotProven;
        }

        var clients = new List<ClientExportLine>();
        IReadOnlyList<ClientExportLine> page;
        do
        {
            page = await Lines(from.Id, clients.Count == 0 ? 0 : clients[^1].AccountId, PageOfClients);
            clients.AddRange(page);
        }
        while (page.Count == PageOfClients);
        return new MergePlan
        {
            Ticket = Write(proof),
            FromName = from.Name,
            Clients = [.. clients.OrderBy(client => client.Name, StringComparer.Ordinal)],
            Templates = (await store.Templates(from.Id)).Count,
        };
    }

    private async Task<PersonLetter> Letter(LetterKind kind, AccountRow to, string otherName)
    {
        var language = (await grains.Account(to.Id).Face())?.Brand.Language ?? "en";
        return await letters.Write(kind, to.OwnerPersonId, to.OwnerEmail, new LetterManner(language, to.Id), detail: otherName);
    }

    /// <summary>What is remembered of the accounts is read again; the transaction before is the truth already.</summary>
    private async Task Tell(int intoId, int fromId, IReadOnlyList<int> clientIds)
    {
        foreach (var some in clientIds.Append(fromId).Append(intoId).Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(id => grains.AccountSetup(id).Reload()));
        }

        await grains.Reseller(fromId).Reload();
        await grains.DashboardNews(fromId).Happened([], clientIds);
        await grains.DashboardNews(intoId).Happened([], clientIds);
    }

    private ClientExportLine Line(ExportRow row)
    {
        var plan = plans.Value.Find(row.PlanCode);
        var isTrial = Trial.IsRunning(row.TrialEndsAt, Now);
        return new ClientExportLine
        {
            AccountId = row.AccountId,
            Name = row.Name,
            OwnerEmail = row.OwnerEmail,
            Status = row.PausedAt is not null ? ClientStatus.Paused
                : isTrial ? ClientStatus.Trial
                : row.PlanCode == PlansOptions.Free ? ClientStatus.Free
                : ClientStatus.Active,
            PlanName = plan?.Name ?? row.PlanCode,
            Upcoming = row.Upcoming,
            Allowed = isTrial || row.Allowed == int.MaxValue ? null : row.Allowed,
            Domain = row.Host,
            CreatedAt = row.CreatedAt,
            LastSignInAt = row.LastSignInAt,
            Asked = row.Asked,
            TrialUsed = row.TrialStartedAt is not null,
        };
    }

    private string Write(Proof proof) => secrets.Seal(
        Purpose,
        string.Create(CultureInfo.InvariantCulture, $"{proof.FromId} {proof.IntoId} {proof.PersonId} {proof.At.ToUnixTimeMilliseconds()}"));

    private Proof? Read(string ticket, int intoId, int personId)
    {
        ArgumentNullException.ThrowIfNull(ticket);
        try
        {
            var parts = ticket.Length is 0 or > 2000 ? [] : secrets.Unseal(Purpose, ticket).Split(' ');
            return parts.Length == 4
                && new Proof(Number(parts[0]), Number(parts[1]), Number(parts[2]), Instant.FromUnixTimeMilliseconds(long.Parse(parts[3], CultureInfo.InvariantCulture))) is var proof
                && proof.IntoId == intoId && proof.PersonId == personId && Now - proof.At < ProofLifetime
                ? proof
                : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }

        static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }

    private sealed record Proof(int FromId, int IntoId, int PersonId, Instant At);
}
