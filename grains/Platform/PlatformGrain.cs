using NodaTime;
using Orleans.Concurrency;
using Slotwright.Resellers;

namespace Slotwright.Platform;

/// <summary>The operator's desk; whoever sits at it is judged with each call.</summary>
[StatelessWorker, GrainType("platform")]
public sealed class PlatformGrain(IOperatorStore store, IClock clock) : Grain, IPlatformGrain
{
    private const int LongestText = 200;

    private Instant Now => clock.GetCurrentInstant();

    public Task<PlatformOverview?> Overview(OperatorPass pass) => store.Overview(Proof(pass), Now);

    public Task<FoundAccounts?> Accounts(OperatorPass pass, AccountsQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Text.Length > LongestText || query.Limit is < 1 or > 100 || query.Offset < 0 || !Enum.IsDefined(query.Among))
        {
            throw new ArgumentException("A text of at most 200 characters, 1 to 100 rows and an offset of 0 or more.");
        }

        return store.Accounts(Proof(pass), query, Now);
    }

    public async Task<bool> Suspend(OperatorPass pass, SuspendAccount command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (!await store.Suspend(Proof(pass), command, Now))
        {
            return false;
        }

        await GrainFactory.AccountSetup(command.AccountId).Reload();
        return true;
    }

    public Task<IReadOnlyList<KeptMail>?> KeptMails(OperatorPass pass) => store.KeptMails(Proof(pass), Now);

    public Task<int?> DecideMails(OperatorPass pass, MailDecision decision) => store.DecideMails(Proof(pass), decision, Now);

    public Task<IReadOnlyList<ActingListing>?> ActingSessions(OperatorPass pass, int before) => store.ActingSessions(Proof(pass), before, Now);

    private static OperatorProof Proof(OperatorPass pass)
    {
        ArgumentNullException.ThrowIfNull(pass);
        return new OperatorProof(pass.PersonId, OneTimeToken.Hash(pass.SessionToken));
    }
}
