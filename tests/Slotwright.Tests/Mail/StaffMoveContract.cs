using MimeKit;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Storage;

namespace Slotwright.Mail;

/// <summary>Staff drag an appointment, look, and may take it back: what its customer hears of that, on both databases.</summary>
public abstract class StaffMoveContract
{
    private static readonly Appointment Haircut = Samples.Haircut();
    private static readonly Appointment Later = Haircut.MovedTo(Haircut.Start + Duration.FromHours(1));
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Settings of an empty database; null: SQLite in the world's own folder.</summary>
    protected abstract ValueTask<Dictionary<string, string?>?> NewDatabase();

    [Fact]
    public async Task Move_by_staff_is_told_after_a_minute_and_one_by_the_customer_at_once()
    {
        await using var world = await Told();
        var process = world.Process();
        await world.Fact(ChangeKind.Moved, Later, Haircut.Start, ActorKind.Staff);

        await process.Round();
        var atOnce = Moves(world);
        world.Time.Advance(Minute);
        await process.Round();
        var afterAMinute = Moves(world);
        await world.Fact(ChangeKind.Moved, Haircut, Later.Start);
        await process.Round();

        Assert.Equal((0, 2, 4), (atOnce, afterAMinute, Moves(world)));
    }

    [Fact]
    public async Task Move_that_staff_took_back_is_told_to_nobody_and_the_reminder_still_comes()
    {
        await using var world = await Told();
        var process = world.Process();
        await world.Fact(ChangeKind.Moved, Later, Haircut.Start, ActorKind.Staff);
        await process.Round();
        await world.Fact(ChangeKind.Moved, Haircut, Later.Start, ActorKind.Staff);
        await process.Round();

        world.Time.Advance(Minute);
        await process.Round();
        world.Time.Advance((Haircut.Start - Duration.FromHours(24) - world.Now).ToTimeSpan());
        await process.Round();

        Assert.Equal(0, Moves(world));
        Assert.Single(world.Written(), mail => IsReminder(mail));
    }

    [Fact]
    public async Task Move_that_was_taken_back_before_the_booking_was_told_is_told_as_it_stands()
    {
        await using var world = await MailWorld.Open(await NewDatabase());
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, Haircut);
        await world.Fact(ChangeKind.Moved, Later, Haircut.Start, ActorKind.Staff);
        await world.Fact(ChangeKind.Moved, Haircut, Later.Start, ActorKind.Staff);
        var process = world.Process();
        await process.Round();

        world.Time.Advance(Minute);
        await process.Round();

        Assert.Equal(2, world.Written().Count);
        Assert.All(world.Written(), mail => Assert.Contains("Thursday 10 December, 14:30", mail.Subject, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Move_to_another_resource_and_time_and_back_to_the_time_alone_is_told()
    {
        await using var world = await Told();
        var process = world.Process();
        await world.Fact(ChangeKind.Moved, Later with { ResourceId = 2 }, Haircut.Start, ActorKind.Staff);
        await world.Fact(ChangeKind.Moved, Haircut with { ResourceId = 2 }, Later.Start, ActorKind.Staff);
        await process.Round();

        world.Time.Advance(Minute);
        await process.Round();

        Assert.Equal(2, Moves(world));
    }

    [Theory]
    [InlineData("en", "New length at The Corner Barber: Thursday 10 December, 14:30, now until 15:30", "now lasts until 15:30.")]
    [InlineData("fr", "Nouvelle durée chez The Corner Barber : jeudi 10 décembre à 14 h 30, maintenant jusqu’à 15 h 30", "dure maintenant jusqu’à 15 h 30.")]
    [InlineData("nl", "Nieuwe duur bij The Corner Barber: donderdag 10 december om 14:30 uur, nu tot 15:30 uur", "duurt nu tot 15:30 uur.")]
    public async Task Move_of_the_end_alone_is_told_as_another_length(string language, string subject, string sentence)
    {
        var booked = Samples.Haircut(language: language);
        await using var world = await Told(booked);
        await world.Fact(ChangeKind.Moved, booked with { End = booked.End + Duration.FromMinutes(30) }, booked.Start, ActorKind.Staff);
        var process = world.Process();
        await process.Round();
        world.Time.Advance(Minute);

        await process.Round();

        var mail = Assert.Single(world.Written(), mail => Plain(mail.Subject) == subject);
        Assert.Contains(sentence, Plain(mail.TextBody), StringComparison.Ordinal);
        Assert.Contains(sentence, Plain(System.Net.WebUtility.HtmlDecode(mail.HtmlBody)), StringComparison.Ordinal);
    }

    private static string Plain(string? text) => (text ?? "").Replace('\u00A0', ' ');

    private async Task<MailWorld> Told(Appointment? booked = null)
    {
        var world = await MailWorld.Open(await NewDatabase());
        world.Brand.Face = Samples.Chairs with { ReminderHours = 24 };
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, booked ?? Haircut);
        await world.Process().Round();
        Assert.Equal(2, world.Written().Count);
        return world;
    }

    /// <summary>Beside the two mails that told of the booking, and of reminders.</summary>
    private static int Moves(MailWorld world) => world.Written().Count(mail => !IsReminder(mail)) - 2;

    private static bool IsReminder(MimeMessage mail) => mail.Subject!.StartsWith("Reminder", StringComparison.Ordinal);
}

public sealed class SqliteStaffMoveTests : StaffMoveContract
{
    protected override ValueTask<Dictionary<string, string?>?> NewDatabase() => ValueTask.FromResult<Dictionary<string, string?>?>(null);
}

public sealed class PostgresStaffMoveTests(PostgresServer server) : StaffMoveContract
{
    protected override async ValueTask<Dictionary<string, string?>?> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());
}
