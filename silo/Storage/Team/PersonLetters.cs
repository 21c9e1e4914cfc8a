using System.Data.Common;
using System.Globalization;
using NodaTime;
using Slotwright.Mail;
using Slotwright.Team;

namespace Slotwright.Storage.Team;

/// <summary>Puts letters to persons into the outbox, within the transaction of what they tell of.</summary>
internal static class PersonLetters
{
    public static async Task Queue(this DbConnection connection, PersonLetter letter, Instant now)
    {
        var account = letter.IsOfNoAccount ? 0 : letter.IsCopy ? letter.AccountId ?? 0 : await AccountOf(connection, letter);
        await connection.Run(
            """
            insert into person_letters (id, person_id, account_id, kind, language, link_id, detail, made_at)
            values (@id, @person, @account, @kind, @language, @link, @detail, @now)
            """,
            ("id", letter.Id),
            ("person", letter.PersonId),
            ("account", account),
            ("kind", letter.Kind),
            ("language", letter.Language),
            ("link", letter.LinkId),
            ("detail", letter.Detail),
            ("now", now));
        await connection.Run(
            """
            insert into deliveries (id, change_id, account_id, appointment_id, version, kind, role, recipient, lane, fact_at, made_at, due_at, message_id)
            values (@id, @letter, @account, 0, 0, @kind, @role, @recipient, @lane, @now, @due, @due, @message)
            """,
            ("id", letter.DeliveryId),
            ("letter", letter.Id),
            ("account", account),
            ("kind", letter.Kind),
            ("role", DeliveryRole.Person),
            ("recipient", letter.Recipient),
            ("lane", Outbox.PlatformLane),
            ("now", now),
            ("due", letter.DueAt ?? now),
            ("message", letter.MessageId));
    }

    /// <summary>The account asked for if the person belongs to it, else their first; 0: they have none, and the platform writes.</summary>
    private static async Task<int> AccountOf(DbConnection connection, PersonLetter letter) => Convert.ToInt32(
        await connection.Scalar(
            """
            select account_id from memberships where person_id = @person
            order by case when account_id = @wanted then 0 else 1 end, account_id limit 1
            """,
            ("person", letter.PersonId), ("wanted", letter.AccountId ?? 0)) ?? 0,
        CultureInfo.InvariantCulture);
}
