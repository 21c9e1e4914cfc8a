using System.Globalization;
using Microsoft.Extensions.Options;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Customers;
using Slotwright.Mail;
using Slotwright.Platform;
using Slotwright.Storage.Appointments;

namespace Slotwright.Storage.Customers;

internal sealed class CustomerStore(IDatabase database, IDispatcherSignal signal, IOptions<PlatformOptions> platform) : ICustomerStore
{
    // By agenda first: that is what the index is on.
    private const string Own =
        "p.agenda_id in (select id from agendas where account_id = @account) and p.account_id = @account and p.ends_at > @since and p.kind = 1 and p.customer_email = @email";

    public Task<bool> Knows(int accountId, string email, Instant since) => database.Read(async connection => await connection.Scalar(
        $"select 1 from appointments p where {Own} limit 1", ("account", accountId), ("email", email), ("since", since)) is not null);

    public async Task<bool> Send(CustomerLink link, int letterId, int deliveryId, int mostPerEmail, int mostPerAccount)
    {
        var since = link.MadeAt - CustomerLink.Lifetime;
        var sent = await database.Write(async connection =>
        {
            // What no longer opens anything is of no use to anyone.
            await connection.Run("delete from customer_links where account_id = @account and made_at <= @since", ("account", link.AccountId), ("since", since));
            var made = await connection.Run(
                """
                insert into customer_links (id, account_id, email, language, made_at, letter_id)
                select @id, @account, @email, @language, @made, @letter
                where (select count(*) from customer_links where account_id = @account and email = @email) < @perEmail
                  and (select count(*) from customer_links where account_id = @account) < @perAccount
                """,
                ("id", link.Id), ("account", link.AccountId), ("email", link.Email), ("language", link.Language), ("made", link.MadeAt),
                ("letter", letterId), ("perEmail", mostPerEmail), ("perAccount", mostPerAccount));
            return made == 1 && await connection.Run(
                $"""
                insert into deliveries (id, change_id, account_id, appointment_id, version, kind, role, recipient, lane, fact_at, made_at, due_at, message_id)
                values (@id, @letter, @account, 0, 0, @kind, @role, @email, {OwnLane.Chosen("@account")}, @made, @made, @made, @message)
                """,
                ("id", deliveryId), ("letter", letterId), ("account", link.AccountId), ("kind", Delivery.OwnAppointmentsKind),
                ("role", DeliveryRole.CustomerLink), ("email", link.Email), ("made", link.MadeAt),
                ("message", string.Create(CultureInfo.InvariantCulture, $"{deliveryId}.{letterId}@{platform.Value.NoReplyAddress.Split('@')[^1]}"))) == 1;
        });
        if (sent)
        {
            signal.Wake();
        }

        return sent;
    }

    public Task<CustomerLink?> Find(string id) => database.Read(connection => connection.First(
        "select id, account_id, email, language, made_at from customer_links where id = @id",
        row => new CustomerLink
        {
            Id = row.GetString(0),
            AccountId = row.GetInt32(1),
            Email = row.GetString(2),
            Language = row.GetString(3),
            MadeAt = row.InstantAt(4),
        },
        ("id", id)));

    public Task<IReadOnlyList<Appointment>> Appointments(int accountId, string email, Instant since, int limit) =>
        database.Read<IReadOnlyList<Appointment>>(async connection => await connection.All(
            $"select {AppointmentRows.Columns} from appointments p where {Own} order by p.starts_at, p.id limit @limit",
            AppointmentRows.Read,
            ("account", accountId), ("email", email), ("since", since), ("limit", limit)));
}
