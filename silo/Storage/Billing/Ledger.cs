using System.Data.Common;
using NodaTime;
using Slotwright.Billing;

namespace Slotwright.Storage.Billing;

/// <summary>Adds rows to the ledger within the transaction of what they are for; nothing changes or deletes one.</summary>
internal static class Ledger
{
    /// <summary>False: a row of this key is there.</summary>
    public static async Task<bool> Add(DbConnection connection, LedgerEntry entry) => await connection.Run(
        """
        insert into ledger (
            payer_id, account_id, account_name, plan, plan_name, kind, month, period_from, period_to, list, discount, net, vat, currency, at, idempotency, reference)
        values (
            @payer, @account, @name, @plan, @planName, @kind, @month, @from, @to, @list, @discount, @net, @vat, @currency, @at, @key, @reference)
        on conflict (idempotency) do nothing
        """,
        ("payer", entry.PayerId),
        ("account", entry.AccountId),
        ("name", entry.AccountName),
        ("plan", entry.PlanCode),
        ("planName", entry.PlanName),
        ("kind", entry.Kind),
        ("month", entry.Month),
        ("from", entry.PeriodFrom),
        ("to", entry.PeriodTo),
        ("list", entry.Price.List.Minor()),
        ("discount", entry.Price.Discount.Minor()),
        ("net", entry.Price.Net.Minor()),
        ("vat", entry.Price.Vat.Minor()),
        ("currency", entry.Price.Net.Currency),
        ("at", entry.At),
        ("key", entry.Key),
        ("reference", entry.Reference)) == 1;

    /// <summary>
    /// The month that a credit lessens: the one in which its account was charged last, else the latest of its payer that owes as much, so that what is
    /// asked for comes to what is owed. Empty: none does, and it counts for the month in which it is posted. Payments and credits count for the month that
    /// they name, charges for their own: over all months that is the payer's balance.
    /// </summary>
    public static async Task<string> Lessened(DbConnection connection, LedgerEntry credit) => (string?)await connection.Scalar(
        """
        select month from (select coalesce(nullif(reference, ''), month) as month, net + vat as total from ledger where payer_id = @payer and currency = @currency) owed
        group by month having sum(total) >= @credit
        order by case when month = (select c.month from ledger c where c.account_id = @account and c.kind = 1 order by c.at desc, c.id desc limit 1) then 0 else 1 end,
            month desc
        limit 1
        """,
        ("payer", credit.PayerId),
        ("currency", credit.Price.Net.Currency),
        ("credit", -credit.Price.Total.Minor()),
        ("account", credit.AccountId)) ?? "";

    /// <summary>The charge is to be taken from the payer's card.</summary>
    public static Task Collect(DbConnection connection, LedgerEntry charge, Instant now) => charge.Price.Total.Amount <= 0
        ? Task.CompletedTask
        : connection.Run(
            """
            insert into collections (idempotency, payer_id, account_id, amount, currency, due_at)
            values (@key, @payer, @account, @amount, @currency, @now) on conflict (idempotency) do nothing
            """,
            ("key", charge.Key),
            ("payer", charge.PayerId),
            ("account", charge.AccountId),
            ("amount", charge.Price.Total.Minor()),
            ("currency", charge.Price.Net.Currency),
            ("now", now));
}
