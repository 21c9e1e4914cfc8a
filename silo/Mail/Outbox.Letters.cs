using Dapper;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Storage;

namespace Slotwright.Mail;

/// <summary>Whether a leased delivery is still wanted, and what it is to say; asked right before it is rendered.</summary>
internal sealed partial class Outbox
{
    /// <summary>
    /// The last word counts: a booking or move that was moved or cancelled meanwhile is dropped, since the mail about that says
    /// all there is to know. A cancellation is always told, also to someone whose confirmation never went out: they saw the
    /// booking on the page. Nothing is told about an appointment that is over. What goes out says how things stand now, to the
    /// address that the appointment has now.
    /// </summary>
    public Task<Letter> Open(Delivery delivery) => delivery.IsAboutLimit ? OpenLimit(delivery)
        : delivery.Role == DeliveryRole.Person ? OpenPerson(delivery)
        : delivery.Role == DeliveryRole.Reminder ? OpenReminder(delivery)
        : delivery.Role == DeliveryRole.CustomerLink ? OpenCustomerLink(delivery)
        : OpenAppointment(delivery);

    private async Task<Letter> OpenReminder(Delivery delivery) => await AsReminder(await OpenAppointment(delivery));

    private async Task<Letter> OpenAppointment(Delivery delivery)
    {
        var (changes, host, lastTold, knownAs) = await database.Read(async connection =>
        {
            // The first condition on kind is the one of the index; SQLite wants it word for word.
            using var rows = await connection.QueryMultipleAsync(
                """
                select id as "Id", kind as "Kind", version as "Version", snapshot as "Snapshot", moved_from_start as "MovedFromStart"
                from changes where appointment_id = @AppointmentId and kind not in (1, 5) and account_id = @AccountId;
                select id as "Id", kind as "Kind", version as "Version", snapshot as "Snapshot", moved_from_start as "MovedFromStart"
                from changes where id = @ChangeId;
                select normalised from names where kind = 'host' and owner = @AccountId and current = 1 and released_at is null order by normalised limit 1;
                select c.moved_from_start
                from deliveries d join changes c on c.id = d.change_id
                where d.appointment_id = @AppointmentId and d.role = @Role and d.kind = 2 and d.state <> 2 and d.version <= @Version
                  and d.version > (
                      select coalesce(max(s.version), 0) from deliveries s where s.appointment_id = @AppointmentId and s.role = @Role and s.state = 2)
                order by d.version limit 1;
                select c.snapshot
                from deliveries s join changes c on c.id = s.change_id
                where s.appointment_id = @AppointmentId and s.role = @Role and s.state = 2
                order by s.version desc limit 1
                """,
                new { delivery.AppointmentId, delivery.AccountId, delivery.ChangeId, Role = (int)delivery.Role, delivery.Version });
            var all = (await rows.ReadAsync<ChangeRow>()).Concat(await rows.ReadAsync<ChangeRow>()).DistinctBy(row => row.Id).ToList();
            return (all, (await rows.ReadAsync<string>()).FirstOrDefault(), (await rows.ReadAsync<long?>()).FirstOrDefault(), (await rows.ReadAsync<string>()).FirstOrDefault());
        });
        var told = changes.Find(row => row.Id == delivery.ChangeId);
        if (told is null)
        {
            return new Letter { Delivery = delivery, Unwanted = "The appointment was erased" };
        }

        var appointment = AppointmentSnapshot.Read(changes.MaxBy(row => row.Version)!.Snapshot);
        var recipient = delivery.Role is DeliveryRole.Customer or DeliveryRole.Reminder ? appointment.Customer.Email.Trim() : delivery.Recipient;
        return new Letter
        {
            Delivery = delivery with { Recipient = recipient },
            Appointment = appointment,
            // Of several moves in a row only the last is told; the time the reader knows is where the first of them began.
            MovedFromStart = told.Kind == (int)ChangeKind.Moved && (lastTold ?? told.MovedFromStart) is { } start ? Instant.FromUnixTimeMilliseconds(start) : null,
            KnownEnd = told.Kind == (int)ChangeKind.Moved && knownAs is not null ? AppointmentSnapshot.Read(knownAs).End : null,
            OwnHost = host,
            Unwanted =
                changes.Exists(row => row.Version > told.Version && (ChangeKind)row.Kind is ChangeKind.Moved or ChangeKind.Cancelled)
                    ? "A later mail says more"
                : told.Kind == (int)ChangeKind.Moved && delivery.Role != DeliveryRole.Reminder && knownAs is not null && IsSamePlace(AppointmentSnapshot.Read(knownAs), appointment)
                    ? "It was moved back before anybody was told"
                : appointment.End <= clock.GetCurrentInstant() ? "The appointment is over"
                : recipient.Length == 0 ? "There is no address any more"
                : null,
        };
    }

    private static bool IsSamePlace(Appointment known, Appointment present) =>
        known.Start == present.Start && known.End == present.End && known.ResourceId == present.ResourceId;

    private async Task<Letter> OpenLimit(Delivery delivery)
    {
        var (snapshot, account, later, host, toldToday) = await database.Read(async connection =>
        {
            using var rows = await connection.QueryMultipleAsync(
                """
                select snapshot from changes where id = @ChangeId;
                select allowed as "Allowed", trial_ends_at as "TrialEndsAt", near_sent as "Near", full_sent as "Full", refused_sent as "Refused"
                from accounts where id = @AccountId;
                select count(*) from deliveries
                where account_id = @AccountId and role = @Role and kind >= 20 and (fact_at > @FactAt or (fact_at = @FactAt and kind > @Kind));
                select normalised from names where kind = 'host' and owner = @AccountId and current = 1 and released_at is null order by normalised limit 1;
                select c.snapshot from deliveries d join changes c on c.id = d.change_id
                where d.account_id = @AccountId and d.role = @Role and d.kind = @Kind and d.kind >= 20 and d.state = 2 and d.sent_at > @Yesterday
                """,
                new
                {
                    delivery.ChangeId,
                    delivery.AccountId,
                    Role = (int)delivery.Role,
                    Kind = (int)delivery.Kind,
                    FactAt = Milliseconds(delivery.FactAt),
                    Yesterday = Milliseconds(clock.GetCurrentInstant() - Duration.FromDays(1)),
                });
            return (
                (await rows.ReadAsync<string>()).FirstOrDefault(),
                (await rows.ReadAsync<AccountLimit>()).FirstOrDefault(),
                (await rows.ReadAsync<long>()).First() > 0,
                (await rows.ReadAsync<string>()).FirstOrDefault(),
                (await rows.ReadAsync<string>()).AsList());
        });
        if (snapshot is null || account is null)
        {
            return new Letter { Delivery = delivery, Unwanted = "The account is gone" };
        }

        // Its reseller may be another by now: one that was merged with the first.
        var copyTo = delivery.Role == DeliveryRole.ResellerCopy ? (await brand.Account(delivery.AccountId))?.Support?.Email.Trim() ?? "" : null;
        var limit = LimitSnapshot.Read(snapshot);
        return new Letter
        {
            Delivery = copyTo is null ? delivery : delivery with { Recipient = copyTo },
            Limit = limit,
            OwnHost = host,
            Unwanted =
                later ? "A later mail says more"
                : copyTo is "" ? "Nobody looks after the account who could be written to"
                : account.Allowed != limit.Allowed || account.TrialEndsAt > Now ? "The limit has changed"
                : !account.StillAt(delivery.Kind) ? "There is room again"

                // Rooms that empty and fill again and again are told of once a day.
                : toldToday.Exists(told => LimitSnapshot.Read(told).Allowed == limit.Allowed) ? "The same was told within the last day"
                : null,
        };
    }

    private sealed class ChangeRow
    {
        public int Id { get; set; }

        public int Kind { get; set; }

        public long Version { get; set; }

        public string Snapshot { get; set; } = "";

        public long? MovedFromStart { get; set; }
    }

    private sealed class AccountLimit
    {
        public int Allowed { get; set; }

        public long? TrialEndsAt { get; set; }

        public int Near { get; set; }

        public int Full { get; set; }

        public int Refused { get; set; }

        // The writer takes a mark back when the use falls below its threshold.
        public bool StillAt(ChangeKind kind) => kind switch
        {
            ChangeKind.LimitNear => Near,
            ChangeKind.LimitReached => Full,
            _ => Refused,
        } != 0;
    }
}
