using NodaTime;
using Slotwright.Resellers;

namespace Slotwright.Platform;

/// <summary>What the operator reads and decides, over all accounts. Each method judges the session first: null or false for anyone else.</summary>
public interface IOperatorStore
{
    Task<PlatformOverview?> Overview(OperatorProof proof, Instant now);

    Task<FoundAccounts?> Accounts(OperatorProof proof, AccountsQuery query, Instant now);

    Task<bool> Suspend(OperatorProof proof, SuspendAccount command, Instant now);

    Task<IReadOnlyList<KeptMail>?> KeptMails(OperatorProof proof, Instant now);

    Task<int?> DecideMails(OperatorProof proof, MailDecision decision, Instant now);

    Task<IReadOnlyList<ActingListing>?> ActingSessions(OperatorProof proof, int before, Instant now);
}

/// <summary>A pass as it is stored.</summary>
public sealed record OperatorProof(int PersonId, string SessionHash);
