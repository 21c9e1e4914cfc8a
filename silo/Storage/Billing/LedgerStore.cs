using System.Data.Common;
using NodaTime;
using Slotwright.Billing;

namespace Slotwright.Storage.Billing;

internal sealed class LedgerStore(IDatabase database) : ILedgerStore
{
    // A payment says in its reference which month it is for.
    private const string Headings = """
        select l.month, s.number, s.issued_at, l.currency, sum(l.net), sum(l.vat), count(*),
            sum(l.net + l.vat) - coalesce((select sum(p.net + p.vat) from ledger p
                where p.payer_id = l.payer_id and coalesce(nullif(p.reference, ''), p.month) = l.month and p.currency = l.currency), 0), l.payer_id
        from ledger l left join statements s on s.payer_id = l.payer_id and s.month = l.month
        """;

    private const string Grouped = "group by l.payer_id, l.month, l.currency, s.number, s.issued_at order by l.month desc, l.currency";

    public Task<IReadOnlyList<StatementHeading>> Months(int payerId) => database.Read<IReadOnlyList<StatementHeading>>(async connection =>
        await connection.All($"{Headings} where l.payer_id = @payer and l.kind in (1, 2) {Grouped}", Heading, ("payer", payerId)));

    public Task<IReadOnlyList<StatementLine>> Lines(int payerId, string month) => database.Read<IReadOnlyList<StatementLine>>(async connection => await connection.All(
        """
        select account_id, account_name, plan_name, kind, period_from, period_to, list, discount, net, vat, currency, at
        from ledger where payer_id = @payer and month = @month and kind in (1, 2) order by account_name, account_id, at, id
        """,
        row =>
        {
            var currency = row.GetString(10);
            return new StatementLine
            {
                AccountId = row.GetInt32(0),
                AccountName = row.GetString(1),
                PlanName = row.GetString(2),
                Kind = (LedgerKind)row.GetInt32(3),
                PeriodFrom = row.InstantAt(4),
                PeriodTo = row.InstantAt(5),
                Price = new Price(
                    Money.OfMinor(row.GetInt64(6), currency), Money.OfMinor(row.GetInt64(7), currency), Money.OfMinor(row.GetInt64(8), currency), Money.OfMinor(row.GetInt64(9), currency)),
                At = row.InstantAt(11),
            };
        },
        ("payer", payerId), ("month", month)));

    public Task<int> Issue(string month, Instant now) => database.Write(connection => connection.Run(
        """
        insert into statements (payer_id, month, number, issued_at)
        select distinct l.payer_id, l.month, l.month || '-' || l.payer_id, @now from ledger l
        where l.month < @month and l.kind in (1, 2) and not exists (select 1 from statements s where s.payer_id = l.payer_id and s.month = l.month)
        on conflict (payer_id, month) do nothing
        """,
        ("month", month), ("now", now)));

    public Task<StatementHeading?> Find(string number) =>
        database.Read(connection => connection.First($"{Headings} where s.number = @number and l.kind in (1, 2) {Grouped}", Heading, ("number", number)));

    public Task<IReadOnlyList<OpenStatement>> Open() => database.Read<IReadOnlyList<OpenStatement>>(async connection =>
    {
        var names = (await connection.All("select id, name from accounts where id in (select payer_id from statements)", row => (Id: row.GetInt32(0), Name: row.GetString(1))))
            .ToDictionary(account => account.Id, account => account.Name);
        var all = await connection.All($"{Headings} where s.number is not null and l.kind in (1, 2) {Grouped}", row => (Heading: Heading(row), Payer: row.GetInt32(8)));
        return [.. all.Where(one => !one.Heading.IsPaid).OrderBy(one => one.Heading.Number, StringComparer.Ordinal).Select(one => new OpenStatement(one.Heading, names.GetValueOrDefault(one.Payer, "")))];
    });

    // A charge that has no collection is paid by invoice, whatever its payer has left since; one in state 3 or 5 is settled, whatever else is open.
    public Task<IReadOnlyList<string>> Overdue(Instant issuedBefore) => database.Read<IReadOnlyList<string>>(async connection => await connection.All(
        """
        select distinct s.number, s.issued_at from statements s
        join (
            select payer_id, of_month, currency, sum(total) as total
            from (select payer_id, case when reference <> '' then reference else month end as of_month, currency, net + vat as total from ledger) r
            group by payer_id, of_month, currency) o on o.payer_id = s.payer_id and o.of_month = s.month
        where s.issued_at < @before and o.total > 0 and exists (
            select 1 from ledger l
            join subscriptions r on r.account_id = l.account_id and r.state = 3
            join accounts a on a.id = l.account_id and coalesce(a.reseller_id, a.id) = l.payer_id
            where l.payer_id = s.payer_id and l.month = s.month and l.kind = 1 and l.net + l.vat > 0
              and not exists (select 1 from collections c where c.idempotency = l.idempotency and c.state in (3, 5)))
        order by s.issued_at, s.number
        """,
        row => row.GetString(0),
        ("before", issuedBefore)));

    public Task<StatementHeading?> Pay(string number, string postingMonth, Instant now) => database.Write(async connection =>
    {
        var found = await connection.All($"{Headings} where s.number = @number and l.kind in (1, 2) {Grouped}", row => (Heading: Heading(row), Payer: row.GetInt32(8)), ("number", number));
        if (found.Count == 0)
        {
            return null;
        }

        var open = found.Where(one => one.Heading.Total.Amount > one.Heading.Paid.Amount).ToList();
        if (open.Count == 0)
        {
            // What is past due by now is so for another statement.
            return found[0].Heading;
        }

        foreach (var (heading, payer) in open)
        {
            await AddPayment(connection, heading, payer, postingMonth, now);
        }

        // No card is asked for it any more, neither today nor when another one is left.
        await connection.Run(
            """
            update collections set state = 5, lease_until = 0 where state in (1, 4) and idempotency in (
                select l.idempotency from ledger l join statements s on s.payer_id = l.payer_id and s.month = l.month where s.number = @number and l.kind = 1)
            """,
            ("number", number));

        await connection.Run(
            """
            update subscriptions set state = @active, past_due_since = null, due_at = period_to, version = version + 1
            where state = @pastDue and account_id in (
                select l.account_id from ledger l join statements s on s.payer_id = l.payer_id and s.month = l.month
                join accounts a on a.id = l.account_id and coalesce(a.reseller_id, a.id) = l.payer_id where s.number = @number and l.kind = 1)
            """,
            ("active", SubscriptionState.Active), ("pastDue", SubscriptionState.PastDue), ("number", number));
        var paid = found[0].Heading;
        return paid with { Paid = paid.Total };
    });

    public Task<IReadOnlyList<int>> Charged(string number) => database.Read<IReadOnlyList<int>>(async connection => await connection.All(
        """
        select distinct l.account_id from ledger l
        join statements s on s.payer_id = l.payer_id and s.month = l.month and l.net + l.vat > 0
            and not exists (select 1 from collections c where c.idempotency = l.idempotency and c.state in (3, 5))
        join subscriptions r on r.account_id = l.account_id and r.state = 3
        join accounts a on a.id = l.account_id and coalesce(a.reseller_id, a.id) = l.payer_id
        where s.number = @number and l.kind = 1 order by l.account_id
        """,
        row => row.GetInt32(0),
        ("number", number)));

    private static async Task AddPayment(DbConnection connection, StatementHeading heading, int payer, string postingMonth, Instant now)
    {
        var open = heading.Total - heading.Paid;
        var zero = Money.Zero(open.Currency);
        await Ledger.Add(connection, new LedgerEntry
        {
            PayerId = payer,
            AccountId = payer,
            AccountName = heading.Number!,
            PlanCode = "",
            PlanName = "",
            Kind = LedgerKind.Payment,
            Month = postingMonth,
            Price = new Price(-open, zero, -open, zero),
            At = now,
            Key = $"payment:{heading.Number}:{open.Currency}",
            Reference = heading.Month,
        });
    }

    private static StatementHeading Heading(DbDataReader row)
    {
        var currency = row.GetString(3);
        return new StatementHeading
        {
            Month = row.GetString(0),
            Number = row.TextOrNull(1),
            IssuedAt = row.InstantOrNull(2),
            Net = Money.OfMinor(Convert.ToInt64(row.GetValue(4), System.Globalization.CultureInfo.InvariantCulture), currency),
            Vat = Money.OfMinor(Convert.ToInt64(row.GetValue(5), System.Globalization.CultureInfo.InvariantCulture), currency),
            Lines = Convert.ToInt32(row.GetValue(6), System.Globalization.CultureInfo.InvariantCulture),
            Paid = Money.OfMinor(Convert.ToInt64(row.GetValue(7), System.Globalization.CultureInfo.InvariantCulture), currency),
            PayerId = row.GetInt32(8),
        };
    }
}
