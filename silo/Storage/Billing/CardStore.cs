using System.Data.Common;
using NodaTime;
using Slotwright.Billing;

namespace Slotwright.Storage.Billing;

/// <summary>A charge that is to be taken from a card.</summary>
internal sealed record Collection(string Key, int PayerId, int AccountId, Money Amount, int Attempts, string? Customer, string? Card);

/// <summary>Cards as their provider calls them, what is to be taken from them, and what was reported. Each method is one transaction.</summary>
internal sealed class CardStore(IDatabase database)
{
    private const int Due = 1;
    private const int Paid = 3;
    private const int Failed = 4;
    private const int SettledOtherwise = 5;

    public async Task<string?> Customer(int payerId) => (string?)await database.Read(connection =>
        connection.Scalar("select customer from payers where account_id = @id", ("id", payerId)));

    public async Task<int?> PayerOf(string customer) => await database.Read(connection =>
        connection.Scalar("select account_id from payers where customer = @customer", ("customer", customer))) is { } id
        ? Convert.ToInt32(id, System.Globalization.CultureInfo.InvariantCulture)
        : null;

    /// <summary>The first one stands: answers the customer that the payer has now.</summary>
    public Task<string> Remember(int payerId, string customer) => database.Write(async connection =>
    {
        await connection.Run(
            "insert into payers (account_id, customer) values (@id, @customer) on conflict (account_id) do update set customer = coalesce(payers.customer, excluded.customer)",
            ("id", payerId), ("customer", customer));
        return (string)(await connection.Scalar("select customer from payers where account_id = @id", ("id", payerId)))!;
    });

    public Task<bool> IsTaken(string eventId) => database.Read(async connection =>
        await connection.Scalar("select id from payment_events where id = @id", ("id", eventId)) is not null);

    /// <summary>Notes a report that says nothing more. False: it was noted before.</summary>
    public Task<bool> Take(string eventId, Instant now) => database.Write(connection => Note(connection, eventId, now));

    /// <summary>A card was left: charges are taken from it from now on, and what another card did not give is asked of it at once.</summary>
    public Task<bool> LeaveCard(string eventId, int payerId, string card, Instant now) => database.Write(async connection =>
    {
        if (!await Note(connection, eventId, now))
        {
            return false;
        }

        await connection.Run("update payers set card = @card, method = @method where account_id = @id", ("card", card), ("method", PaymentMethod.Card), ("id", payerId));
        await connection.Run(
            """
            update collections set state = @due, due_at = @now, lease_until = 0
            where payer_id = @id and state = @failed and account_id in (select account_id from subscriptions where state = @pastDue)
            """,
            ("due", Due), ("failed", Failed), ("now", now), ("id", payerId), ("pastDue", SubscriptionState.PastDue));
        return true;
    });

    /// <summary>A card was removed on the provider's page: its payer pays by invoice until another is left.</summary>
    public Task<bool> LoseCard(string eventId, string card, Instant now) => database.Write(async connection =>
    {
        if (!await Note(connection, eventId, now))
        {
            return false;
        }

        await connection.Run("update payers set card = null, method = @method where card = @card", ("card", card), ("method", PaymentMethod.Invoice));
        return true;
    });

    public Task<IReadOnlyList<Collection>> LeaseDue(Instant now, Instant until, int atMost) => database.Write<IReadOnlyList<Collection>>(async connection =>
    {
        var locking = database.Dialect == Dialect.PostgreSql ? "for update skip locked" : "";
        var keys = await connection.All(
            $"""
            update collections set lease_until = @until where idempotency in (
                select idempotency from collections where state = @due and due_at <= @now and (lease_until <= @now or lease_until > @never)
                order by due_at limit @most {locking})
            returning idempotency
            """,
            row => row.GetString(0),
            ("until", until), ("due", Due), ("now", now), ("never", until + Duration.FromMinutes(10)), ("most", atMost));
        var leased = new List<Collection>();
        foreach (var key in keys)
        {
            leased.Add((await Find(connection, key))!);
        }

        return leased;
    });

    /// <summary>Null: there is no such charge. Paid: from the card, or it was settled otherwise; nothing is to be taken any more.</summary>
    public Task<(Collection Collection, bool IsPaid)?> Find(string key) => database.Read<(Collection, bool)?>(async connection =>
        await Find(connection, key) is { } found
            ? (found, await connection.Scalar("select idempotency from collections where idempotency = @key and state in (@paid, @otherwise)", ("key", key), ("paid", Paid), ("otherwise", SettledOtherwise)) is not null)
            : null);

    /// <summary>
    /// Books the payment of a charge, once, and ends what was past due because of it; whoever says so again changes nothing. False: there is no such charge.
    /// </summary>
    public Task<bool> Pay(string? eventId, string key, string postingMonth, Instant now) => database.Write(async connection =>
    {
        if (eventId is not null)
        {
            await Note(connection, eventId, now);
        }

        if (await Find(connection, key) is not { } collection)
        {
            return false;
        }

        var zero = Money.Zero(collection.Amount.Currency);
        var month = (string?)await connection.Scalar("select month from ledger where idempotency = @key", ("key", key)) ?? postingMonth;
        var isNew = await Ledger.Add(connection, new LedgerEntry
        {
            PayerId = collection.PayerId,
            AccountId = collection.AccountId,
            AccountName = "",
            PlanCode = "",
            PlanName = "",
            Kind = LedgerKind.Payment,
            Month = postingMonth,
            Price = new Price(-collection.Amount, zero, -collection.Amount, zero),
            At = now,
            Key = "payment:" + key,
            Reference = month,
        });
        if (!isNew)
        {
            // What it ended was ended then; what is past due by now is so for another charge.
            return true;
        }

        await connection.Run("update collections set state = @paid where idempotency = @key", ("paid", Paid), ("key", key));
        await connection.Run(
            """
            update subscriptions set state = @active, past_due_since = null, due_at = period_to, version = version + 1
            where account_id = @account and state = @pastDue
              and exists (select 1 from accounts a where a.id = @account and coalesce(a.reseller_id, a.id) = @payer)
              and not exists (select 1 from collections c where c.account_id = @account and c.payer_id = @payer and c.state = @failed)
            """,
            ("payer", collection.PayerId),
            ("active", SubscriptionState.Active), ("pastDue", SubscriptionState.PastDue), ("account", collection.AccountId), ("failed", Failed));
        return true;
    });

    /// <summary>The card gave nothing; the next attempt carries another number. False: it was paid meanwhile, or another attempt is under way.</summary>
    public Task<bool> Fail(string? eventId, Collection collection, Instant now) => database.Write(async connection =>
    {
        if (eventId is not null)
        {
            await Note(connection, eventId, now);
        }

        return await connection.Run(
            "update collections set state = @failed, attempts = attempts + 1, lease_until = 0 where idempotency = @key and state = @due and attempts = @attempts",
            ("failed", Failed), ("key", collection.Key), ("due", Due), ("attempts", collection.Attempts)) == 1;
    });

    private static async Task<bool> Note(DbConnection connection, string eventId, Instant now) =>
        await connection.Run("insert into payment_events (id, at) values (@id, @now) on conflict (id) do nothing", ("id", eventId), ("now", now)) == 1;

    private static Task<Collection?> Find(DbConnection connection, string key) => connection.First(
        """
        select c.idempotency, c.payer_id, c.account_id, c.amount, c.currency, c.attempts, p.customer, p.card
        from collections c left join payers p on p.account_id = c.payer_id where c.idempotency = @key
        """,
        row => new Collection(
            row.GetString(0), row.GetInt32(1), row.GetInt32(2), Money.OfMinor(row.GetInt64(3), row.GetString(4)), row.GetInt32(5), row.TextOrNull(6), row.TextOrNull(7)),
        ("key", key));
}
