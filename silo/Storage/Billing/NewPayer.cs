using System.Data.Common;
using Slotwright.Billing;

namespace Slotwright.Storage.Billing;

/// <summary>
/// What becomes of unpaid time when another pays from now on, within the transaction that says so. Whoever was charged for it owes it still; the account
/// keeps its plan to the end of the period, as if it had been paid, so that nobody loses it for what another owes.
/// </summary>
internal static class NewPayer
{
    public static Task<int> ForgiveAtNewPayer(this DbConnection connection, int accountId) => connection.Run(
        $"{Forgive} and account_id = @id", ("active", SubscriptionState.Active), ("pastDue", SubscriptionState.PastDue), ("id", accountId));

    /// <summary>
    /// Whoever had no say in it is charged for nothing: the plan ends with the period that runs, or with the pause that is over, unless the new payer
    /// goes on with it.
    /// </summary>
    public static Task<int> EndAtNewPayer(this DbConnection connection, int accountId) => connection.Run(
        """
        update subscriptions set cancel_at_end = 1, next_plan = null, version = version + 1
        where account_id = @id and state in (@active, @pastDue, @paused)
        """,
        ("active", SubscriptionState.Active), ("pastDue", SubscriptionState.PastDue), ("paused", SubscriptionState.Paused), ("id", accountId));

    /// <summary>All clients of the reseller at once, before they go over.</summary>
    public static Task<int> ForgiveClientsAtNewPayer(this DbConnection connection, int resellerId) => connection.Run(
        $"{Forgive} and account_id in (select id from accounts where reseller_id = @id)",
        ("active", SubscriptionState.Active), ("pastDue", SubscriptionState.PastDue), ("id", resellerId));

    private const string Forgive =
        "update subscriptions set state = @active, past_due_since = null, due_at = period_to, version = version + 1 where state = @pastDue";
}
