using NodaTime;
using Slotwright.Team;

namespace Slotwright.Billing;

/// <summary>The rows of subscriptions and of what they are charged. Each method is one transaction.</summary>
public interface ISubscriptionStore
{
    /// <summary>Null: no such account. The row is null when nothing was ever subscribed.</summary>
    Task<StoredSubscription?> Load(int accountId);

    /// <summary>
    /// Stores the step: subscription, ledger, the account's plan and what it allows, the letter. False, and nothing is stored, when the account's
    /// relation, its pause or the subscription is no more what was judged, or a ledger row of the same key is there.
    /// </summary>
    Task<bool> Apply(BilledAccount judged, BillingStep step, int allowed, PersonLetter? letter, Instant now);

    /// <summary>Accounts to which something is due, for whoever asked alone until the lease ends.</summary>
    Task<IReadOnlyList<int>> LeaseDue(Instant now, Instant until, int atMost);

    /// <summary>Every client of the reseller, in one read.</summary>
    Task<IReadOnlyList<StoredSubscription>> OfClients(int resellerId);
}

/// <param name="Account">As it is now.</param>
/// <param name="Row">Null: nothing was ever subscribed.</param>
public sealed record StoredSubscription(BilledAccount Account, SubscriptionRow? Row);

/// <summary>The rows of the ledger and of statements. Each method is one transaction.</summary>
public interface ILedgerStore
{
    /// <summary>The latest first.</summary>
    Task<IReadOnlyList<StatementHeading>> Months(int payerId);

    /// <summary>Charges and credits, ascending by account name, then time.</summary>
    Task<IReadOnlyList<StatementLine>> Lines(int payerId, string month);

    /// <summary>Numbers the months before this one in which something was charged; each once. Answers how many.</summary>
    Task<int> Issue(string month, Instant now);

    /// <summary>By number; null: no such statement.</summary>
    Task<StatementHeading?> Find(string number);

    /// <summary>Statements of which something is open, the oldest first.</summary>
    Task<IReadOnlyList<OpenStatement>> Open();

    /// <summary>
    /// Numbers of statements issued before then of which something is open and that have accounts to be told, the oldest first; see <see cref="Charged"/>.
    /// </summary>
    Task<IReadOnlyList<string>> Overdue(Instant issuedBefore);

    /// <summary>Notes that what is open of a statement was paid and ends what was past due because of it. Null: no such statement. A repeat changes nothing.</summary>
    Task<StatementHeading?> Pay(string number, string postingMonth, Instant now);

    /// <summary>Accounts whose running subscription was charged on that statement and is its payer's still; empty: no such statement.</summary>
    Task<IReadOnlyList<int>> Charged(string number);
}

/// <summary>A statement that waits to be paid.</summary>
/// <param name="Heading">Its figures.</param>
/// <param name="Payer">Name of the payer's account; empty when it is gone.</param>
public sealed record OpenStatement(StatementHeading Heading, string Payer);
