using Slotwright.Appointments;

namespace Slotwright.Mail;

public sealed class WrittenMailsTests
{
    [Fact]
    public async Task List_is_newest_first_and_read_shows_every_part()
    {
        await using var world = await MailWorld.Open();
        await world.Account(Samples.Barber());
        var process = world.Process();
        await world.Fact(ChangeKind.Booked, Samples.Haircut(1, email: ""));
        await process.Round();
        world.Time.Advance(TimeSpan.FromMinutes(1));
        await world.Fact(ChangeKind.Cancelled, Samples.Haircut(1, email: "").Cancelled());
        await process.Round();

        var listed = await process.Written.List();
        var mail = await process.Written.Read(listed[0].Id);

        Assert.Equal(
            ["Cancelled: Jane Doe, Thursday 10 December, 14:30", "New appointment: Jane Doe, Thursday 10 December, 14:30"],
            listed.Select(listing => listing.Subject));
        Assert.Equal("owner@corner-barber.example", listed[0].To);
        Assert.Equal(world.Now, listed[0].Date);
        Assert.NotNull(mail);
        Assert.Contains("An appointment has been cancelled.", mail.Text, StringComparison.Ordinal);
        Assert.StartsWith("<!doctype html>", mail.Html, StringComparison.Ordinal);
        Assert.Contains("METHOD:CANCEL", mail.Calendar, StringComparison.Ordinal);
        Assert.StartsWith("From: ", mail.Raw, StringComparison.Ordinal);
        Assert.Single(await process.Written.List(1));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("20261207T090000000Z-1/../x")]
    [InlineData("20261207T090000000Z-1\n")]
    [InlineData("20990101T000000000Z-1")]
    [InlineData("")]
    public async Task Read_of_what_is_not_listed_is_null(string id)
    {
        await using var world = await MailWorld.Open();

        Assert.Null(await world.Process().Written.Read(id));
        Assert.Empty(await world.Process().Written.List());
    }

    [Fact]
    public async Task Second_attempt_replaces_the_first_file()
    {
        await using var world = await MailWorld.Open();
        await world.Account(Samples.Barber());
        await world.Fact(ChangeKind.Booked, Samples.Haircut(1, email: ""));
        var process = world.Process();
        await process.Round();

        await world.Run("update deliveries set state = 1");
        world.Time.Advance(TimeSpan.FromMinutes(5));
        await process.Round();

        Assert.Single(world.Written());
        Assert.Empty(Directory.GetFiles(world.Folder, "*.part"));
    }
}
