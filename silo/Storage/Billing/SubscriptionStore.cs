using System.Data.Common;
using NodaTime;
using Slotwright.Billing;
using Slotwright.Storage.Accounts;
using Slotwright.Storage.Team;
using Slotwright.Team;

namespace Slotwright.Storage.Billing;

internal sealed class SubscriptionStore(IDatabase database) : ISubscriptionStore
{
    private const string Select = """
        select a.id, a.name, a.reseller_id, a.is_reseller, coalesce(a.paused_at, a.suspended_at), a.plan, a.trial_started_at, a.trial_ends_at,
            o.id, o.email, coalesce(p.method, 1),
            (select l.payer_id from ledger l where l.account_id = a.id and l.kind = 1 order by l.at desc, l.id desc limit 1),
            s.plan, s.state, s.anchor_day, s.period_from, s.period_to, s.paid_net, s.currency, s.next_plan, s.cancel_at_end, s.past_due_since, s.due_at, s.version
        from accounts a
        join accounts y on y.id = coalesce(a.reseller_id, a.id)
        join persons o on o.id = y.owner_person_id
        left join payers p on p.account_id = y.id
        left join subscriptions s on s.account_id = a.id
        """;

    public Task<StoredSubscription?> Load(int accountId) =>
        database.Read(connection => connection.First($"{Select} where a.id = @id", Read, ("id", accountId)));

    public Task<IReadOnlyList<StoredSubscription>> OfClients(int resellerId) => database.Read<IReadOnlyList<StoredSubscription>>(async connection =>
        await connection.All($"{Select} where a.reseller_id = @reseller order by a.id", Read, ("reseller", resellerId)));

    public async Task<bool> Apply(BilledAccount judged, BillingStep step, int allowed, PersonLetter? letter, Instant now)
    {
        try
        {
            return await database.Write(async connection =>
            {
                if (!await Store(connection, judged, step, allowed, now))
                {
                    throw new Overtaken();
                }

                if (letter is not null)
                {
                    await connection.Queue(letter, now);
                }

                return true;
            });
        }
        catch (Overtaken)
        {
            return false;
        }
    }

    public Task<IReadOnlyList<int>> LeaseDue(Instant now, Instant until, int atMost) => database.Write<IReadOnlyList<int>>(async connection => await connection.All(
        LeaseStatement(database.Dialect),
        row => row.GetInt32(0),
        ("now", now), ("until", until), ("never", until + Duration.FromMinutes(10)), ("most", atMost)));

    /// <summary>
    /// What was paused is due when it is open again, which nobody writes into this row. Each of the two has its own index, and the state stands in the
    /// text: an index of a part of the rows serves only what names that part word for word.
    /// </summary>
    internal static string LeaseStatement(Dialect dialect) =>
        $"""
        update subscriptions set lease_until = @until where account_id in (
            select s.account_id from subscriptions s
            where s.account_id in (
                select d.account_id from subscriptions d where d.due_at <= @now
                union all
                select p.account_id from subscriptions p join accounts a on a.id = p.account_id
                where p.state = {(int)SubscriptionState.Paused} and a.paused_at is null and a.suspended_at is null)
              and (s.lease_until <= @now or s.lease_until > @never)
            order by s.account_id limit @most {(dialect == Dialect.PostgreSql ? "for update of s skip locked" : "")})
        returning account_id
        """;

    private static async Task<bool> Store(DbConnection connection, BilledAccount judged, BillingStep step, int allowed, Instant now)
    {
        // Taking the account's row first keeps its relation still until the end.
        var isAsJudged = await connection.Run(
            """
            update accounts set plan = plan
            where id = @id and coalesce(reseller_id, 0) = @reseller and is_reseller = @isReseller
              and case when paused_at is null and suspended_at is null then 0 else 1 end = @isPaused
            """,
            ("id", judged.Id), ("reseller", judged.ResellerId ?? 0), ("isReseller", judged.IsReseller), ("isPaused", judged.IsPaused)) == 1;
        if (!isAsJudged || !await StoreRow(connection, step.Row))
        {
            return false;
        }

        foreach (var entry in step.Entries)
        {
            if (!await Ledger.Add(connection, entry.Kind == LedgerKind.Credit ? entry with { Reference = await Ledger.Lessened(connection, entry) } : entry))
            {
                return false;
            }

            if (judged.HasCard && entry.Kind == LedgerKind.Charge)
            {
                await Ledger.Collect(connection, entry, now);
            }
        }

        if (step.Row.State == SubscriptionState.Lapsed)
        {
            // What was not delivered is credited: a card that is left later is asked for what is charged from then on.
            await connection.Run("update collections set state = 5, lease_until = 0 where account_id = @account and state in (1, 4)", ("account", judged.Id));
        }

        if (judged.PlanCode != step.PlanCode)
        {
            await AccountStore.SetPlan(connection, judged.Id, step.PlanCode, allowed, now);
        }

        return true;
    }

    private static async Task<bool> StoreRow(DbConnection connection, SubscriptionRow row)
    {
        (string, object?)[] parameters =
        [
            ("account", row.AccountId),
            ("plan", row.PlanCode),
            ("state", row.State),
            ("anchor", row.AnchorDay),
            ("from", row.PeriodFrom),
            ("to", row.PeriodTo),
            ("paid", row.Paid.Minor()),
            ("currency", row.Paid.Currency),
            ("next", row.NextPlan),
            ("cancelled", row.IsCancelled),
            ("pastDue", row.PastDueSince),
            ("due", row.DueAt),
            ("version", row.Version),
        ];
        return await connection.Run(
            row.Version == 0
                ? """
                  insert into subscriptions (
                      account_id, plan, state, anchor_day, period_from, period_to, paid_net, currency, next_plan, cancel_at_end, past_due_since, due_at, version)
                  values (@account, @plan, @state, @anchor, @from, @to, @paid, @currency, @next, @cancelled, @pastDue, @due, @version + 1)
                  on conflict (account_id) do nothing
                  """
                : """
                  update subscriptions set plan = @plan, state = @state, anchor_day = @anchor, period_from = @from, period_to = @to, paid_net = @paid,
                      currency = @currency, next_plan = @next, cancel_at_end = @cancelled, past_due_since = @pastDue, due_at = @due, version = @version + 1,
                      lease_until = 0
                  where account_id = @account and version = @version
                  """,
            parameters) == 1;
    }

    private static StoredSubscription Read(DbDataReader row) => new(
        new BilledAccount
        {
            Id = row.GetInt32(0),
            Name = row.GetString(1),
            ResellerId = row.NumberOrNull(2),
            IsReseller = row.FlagAt(3),
            IsPaused = !row.IsDBNull(4),
            PlanCode = row.GetString(5),
            TrialStartedAt = row.InstantOrNull(6),
            TrialEndsAt = row.InstantOrNull(7),
            Payer = new PayingPerson(row.GetInt32(8), row.GetString(9)),
            HasCard = row.GetInt32(10) == (int)PaymentMethod.Card,
            ChargedTo = row.NumberOrNull(11),
        },
        row.IsDBNull(12) ? null : new SubscriptionRow
        {
            AccountId = row.GetInt32(0),
            PlanCode = row.GetString(12),
            State = (SubscriptionState)row.GetInt32(13),
            AnchorDay = row.GetInt32(14),
            PeriodFrom = row.InstantAt(15),
            PeriodTo = row.InstantAt(16),
            Paid = Money.OfMinor(row.GetInt64(17), row.GetString(18)),
            NextPlan = row.TextOrNull(19),
            IsCancelled = row.FlagAt(20),
            PastDueSince = row.InstantOrNull(21),
            DueAt = row.InstantOrNull(22),
            Version = row.GetInt32(23),
        });

    /// <summary>Rolls everything back: it was judged by what is no more so.</summary>
    private sealed class Overtaken : Exception;
}
