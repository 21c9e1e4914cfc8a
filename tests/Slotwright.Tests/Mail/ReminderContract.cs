using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Storage;

namespace Slotwright.Mail;

/// <summary>Reminders of the same rows on both databases. The appointment is on Thursday 10 December, 13:30 UTC; it is Monday, 9:00.</summary>
public abstract class ReminderContract
{
    private static readonly Instant Start = Samples.Haircut().Start;
    private static readonly Instant Due = Start - Duration.FromHours(24);

    /// <summary>Settings of an empty database; null: SQLite in the world's own folder.</summary>
    protected abstract ValueTask<Dictionary<string, string?>?> NewDatabase();

    [Fact, Trait("Fault", "20")]
    public async Task A_reminder_goes_out_when_it_is_due_and_once()
    {
        await using var world = await Booked();
        var process = world.Process();
        await process.Round();

        Pass(world, Due - Duration.FromSeconds(1));
        await process.Round();
        var before = Reminders(world);
        Pass(world, Due);
        await process.Round();
        await world.Process().Round();

        Assert.Empty(before);
        var mail = Assert.Single(Reminders(world));
        Assert.Equal("Reminder: your appointment at The Corner Barber, Thursday 10 December, 14:30", mail.Subject);
        Assert.Equal("jane@customer.example", Assert.Single(mail.To.Mailboxes).Address);
        Assert.DoesNotContain("calendar", mail.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_move_takes_the_reminder_along_and_a_cancellation_takes_it_away()
    {
        await using var world = await Booked();
        var process = world.Process();
        await process.Round();
        var later = Samples.Haircut().MovedTo(Start + Duration.FromDays(2));
        await world.Fact(ChangeKind.Moved, later, Start);
        await process.Round();

        Pass(world, Due + Duration.FromHours(1));
        await process.Round();
        var atOldTime = Reminders(world).Count;
        Pass(world, Due + Duration.FromDays(2));
        await process.Round();
        var atNewTime = Reminders(world);
        await world.Fact(ChangeKind.Booked, Samples.Haircut(102).MovedTo(Start + Duration.FromDays(4)));
        await process.Round();
        await world.Fact(ChangeKind.Cancelled, Samples.Haircut(102).MovedTo(Start + Duration.FromDays(4)).Cancelled());
        Pass(world, Start + Duration.FromDays(4) - Duration.FromHours(1));
        await process.Round();

        Assert.Equal(0, atOldTime);
        Assert.Contains("Saturday 12 December", Assert.Single(atNewTime).Subject!, StringComparison.Ordinal);
        Assert.Single(Reminders(world));
    }

    [Fact, Trait("Fault", "21")]
    public async Task What_came_due_while_everything_was_down_is_sent_after_it_and_never_after_the_start()
    {
        await using var world = await Booked();
        await world.Fact(ChangeKind.Booked, Samples.Haircut(102).MovedTo(Start + Duration.FromDays(1)));
        var before = world.Process();
        await before.Round();
        await world.Stop(before);

        Pass(world, Start);
        var process = world.Process();
        await process.Round();
        await process.Round();

        Assert.Contains("Friday 11 December", Assert.Single(Reminders(world)).Subject!, StringComparison.Ordinal);
        Assert.Equal("The appointment has begun", (await Row(world, 101)).LastError);
    }

    [Fact, Trait("Fault", "20")]
    public async Task A_clock_that_jumps_an_hour_and_back_makes_no_second_reminder_and_no_late_one()
    {
        await using var world = await Booked();
        await world.Fact(ChangeKind.Booked, Samples.Haircut(102).MovedTo(Start + Duration.FromMinutes(90)));
        var process = world.Process();
        await process.Round();
        var outbox = process.Services.GetRequiredService<Outbox>();

        // Taken by a process whose clock was an hour ahead and that died with the row in hand.
        Pass(world, Due + Duration.FromHours(1));
        Assert.Single(await outbox.LeaseDue(Outbox.PlatformLane, "ahead", 10));
        await world.Run("update deliveries set lease_until = lease_until + 3600000 where state = 1 and lease_owner = 'ahead'");
        await process.Round();
        await process.Round();
        Pass(world, Due + Duration.FromMinutes(90));
        await process.Round();
        await process.Round();

        Assert.Equal(2, Reminders(world).Count);
        Assert.Equal(2, Reminders(world).DistinctBy(mail => mail.MessageId).Count());
    }

    [Fact]
    public async Task Five_minutes_between_two_clocks_break_no_lease()
    {
        await using var world = await Booked();
        var process = world.Process();
        await process.Round();
        Pass(world, Due);
        var outbox = process.Services.GetRequiredService<Outbox>();
        Assert.Single(await outbox.LeaseDue(Outbox.PlatformLane, "ahead", 10));
        await world.Run("update deliveries set lease_until = lease_until + 300000 where state = 1 and lease_owner = 'ahead'");

        Assert.Empty(await outbox.LeaseDue(Outbox.PlatformLane, "behind", 10));
    }

    [Fact]
    public async Task A_schedule_says_when_it_reminds_and_the_last_word_counts()
    {
        await using var world = await Booked();
        var process = world.Process();
        await process.Round();

        world.Brand.Face = Samples.Chairs with { ReminderHours = 2 };
        Pass(world, Due);
        await process.Round();
        var aDayBefore = Reminders(world).Count;
        var waitsForMail = await process.Services.GetRequiredService<Outbox>().OldestWaiting();
        Pass(world, Start - Duration.FromHours(2));
        await process.Round();
        var twoHoursBefore = Reminders(world).Count;
        await world.Fact(ChangeKind.Booked, Samples.Haircut(103).MovedTo(Start + Duration.FromDays(3)));
        await process.Round();
        world.Brand.Face = Samples.Chairs;
        Pass(world, Start + Duration.FromDays(3) - Duration.FromHours(1));
        await process.Round();

        Assert.Equal((0, 1), (aDayBefore, twoHoursBefore));
        Assert.Null(waitsForMail);
        Assert.Single(Reminders(world));
        Assert.Equal("The schedule sends no reminders any more", (await Row(world, 103)).LastError);
    }

    [Fact]
    public async Task Nobody_is_reminded_of_what_was_booked_in_the_last_hours_or_without_an_address()
    {
        await using var world = await Booked();
        world.Time.Advance((Due - world.Now).ToTimeSpan());
        await world.Fact(ChangeKind.Booked, Samples.Haircut(104));
        await world.Fact(ChangeKind.Booked, Samples.Haircut(105, email: "").MovedTo(Start + Duration.FromDays(3)));
        await world.Process().Round();

        Assert.DoesNotContain(await world.Rows(), row => row.Role == (int)DeliveryRole.Reminder && row.ChangeId != 101);
    }

    private async Task<MailWorld> Booked()
    {
        var world = await MailWorld.Open(await NewDatabase());
        world.Brand.Face = Samples.Chairs with { ReminderHours = 24 };
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, Samples.Haircut());
        return world;
    }

    private static void Pass(MailWorld world, Instant until) => world.Time.Advance((until - world.Now).ToTimeSpan());

    private static async Task<MailWorld.Row> Row(MailWorld world, int changeId) =>
        (await world.Rows()).Single(row => row.ChangeId == changeId && row.Role == (int)DeliveryRole.Reminder);

    private static List<MimeKit.MimeMessage> Reminders(MailWorld world) => [.. world.Written().Where(mail => mail.Subject!.StartsWith("Reminder", StringComparison.Ordinal))];
}

public sealed class SqliteReminderTests : ReminderContract
{
    protected override ValueTask<Dictionary<string, string?>?> NewDatabase() => ValueTask.FromResult<Dictionary<string, string?>?>(null);
}

public sealed class PostgresReminderTests(PostgresServer server) : ReminderContract
{
    protected override async ValueTask<Dictionary<string, string?>?> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());
}
