using Microsoft.Extensions.Options;
using NodaTime;
using Slotwright.Platform;
using Slotwright.Team;

namespace Slotwright.WhiteLabel;

/// <summary>Keeps nothing: all of it is in the rows. One account's looks at the DNS are made one after another.</summary>
[GrainType("white-label")]
public sealed partial class WhiteLabelGrain(
    IWhiteLabelStore store,
    INameServers names,
    IMailServerProbe probe,
    ISecrets secrets,
    LetterDesk letters,
    IOptions<WhiteLabelOptions> options,
    IOptions<PlatformOptions> platform,
    IClock clock) : Grain, IWhiteLabelGrain
{
    /// <summary>Name servers are nobody's to be asked at every press of a button.</summary>
    private static readonly Duration BetweenLooks = Duration.FromSeconds(3);

    private int Id => GrainKeys.AccountOf(this.GetPrimaryKeyString())!.Value;

    public async Task<HostStatus?> Host() => await store.Host(Id) is { } row
        ? Status(row)
        : await store.HostByOperator(Id) is { } host ? ByOperator(host) : null;

    public async Task<Outcome<HostStatus, HostRefusal>> AskForHost(string host, int? resellerId)
    {
        ArgumentNullException.ThrowIfNull(host);
        if (HostRules.Tidy(host) is not { } tidied)
        {
            return HostRefusal.HostInvalid;
        }

        if (HostRules.Judge(tidied, options.Value.Ours(platform.Value)) is { } refusal)
        {
            return refusal;
        }

        // Of every account and attempt another: whoever reads one in the DNS proves nothing by it.
        var now = clock.GetCurrentInstant();
        if (await store.AskForHost(Id, resellerId, tidied, OneTimeToken.New(20), now, HostRules.NextCheck(HostState.Waiting, HostAnswer.NotAsked, now, now)) is { } refused)
        {
            return refused;
        }

        // Taken away a moment later: with the reseller, or by the operator.
        return await store.Host(Id) is { } row ? Status(row) : HostRefusal.RelationChanged;
    }

    public async Task<HostStatus?> CheckHost()
    {
        var now = clock.GetCurrentInstant();
        if (await store.Host(Id) is not { } row)
        {
            return await Host();
        }

        if (row.CheckedAt is { } last && now - last < BetweenLooks && now >= last)
        {
            return Status(row);
        }

        // At once: each question to a server that is silent takes its whole time-out.
        var proof = names.Texts(HostRules.ProofName(row.Host));
        var leadsHere = names.LeadsTo(row.Host, options.Value.Target(platform.Value));
        await Task.WhenAll(proof, leadsHere);
        var answer = JudgeProof(row, await proof);
        var step = HostRules.Follow(row, answer, now);
        var followed = await store.Follow(
            new HostLook
            {
                AccountId = Id,
                Host = row.Host,
                Token = row.Token,
                Answer = answer,
                LeadsHere = await leadsHere,
                Step = step,
                From = row.State,
                Letter = await LetterAbout(row, step),
            },
            now);
        return followed is null ? null : Status(followed);
    }

    public Task<bool> ReleaseHost(int? resellerId) => store.ReleaseHost(Id, resellerId, clock.GetCurrentInstant());

    private static HostAnswer JudgeProof(HostRow row, IReadOnlyList<string>? texts) =>
        texts is null ? HostAnswer.NoAnswer
        : texts.Count == 0 ? HostAnswer.NoRecord
        : texts.Any(text => text.Trim() == row.Token) ? HostAnswer.Proven
        : HostAnswer.OtherValue;

    /// <summary>Numbered before it is stored: a look that is not followed leaves gaps in the numbers and nothing else.</summary>
    private async Task<PersonLetter?> LetterAbout(HostRow row, HostStep step)
    {
        if (step is not (HostStep.BeginFailing or HostStep.GiveUp) || await store.KeeperOf(Id) is not { } keeper)
        {
            return null;
        }

        var language = (await GrainFactory.Account(keeper.AccountId).Face())?.Brand.Language ?? "en";
        var kind = step == HostStep.BeginFailing ? LetterKind.HostFailing : LetterKind.HostGivenUp;
        return await letters.Write(kind, keeper.PersonId, keeper.Email, new LetterManner(language, keeper.AccountId), detail: $"{row.Host} {keeper.AccountName}");
    }

    private HostStatus Status(HostRow row) => new()
    {
        Host = row.Host,
        State = row.State,
        ProofName = HostRules.ProofName(row.Host),
        ProofValue = row.Token,
        PointsTo = options.Value.Target(platform.Value),
        LastAnswer = row.Answer,
        CheckedAt = row.CheckedAt,
        NextCheckAt = row.NextCheckAt,
        VerifiedAt = row.VerifiedAt,
        FailingSince = row.FailingSince,
        ServedUntil = row.State == HostState.Failing ? row.FailingSince + HostRules.Grace : null,
        LeadsHere = row.LeadsHere,
    };

    private HostStatus ByOperator(string host) => new()
    {
        Host = host,
        State = HostState.Verified,
        ProofName = "",
        ProofValue = "",
        PointsTo = options.Value.Target(platform.Value),
        LastAnswer = HostAnswer.NotAsked,
        CheckedAt = null,
        NextCheckAt = null,
        VerifiedAt = null,
        FailingSince = null,
        ServedUntil = null,
        LeadsHere = null,
        ByOperator = true,
    };
}
