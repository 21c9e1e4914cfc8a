using System.Diagnostics;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Schedules;
using Slotwright.Time;

namespace Slotwright.Processes;

/// <summary>
/// Debian's vdirsyncer subscribes to a feed and its khal shows what it fetched: programs that were written by others and know
/// nothing of us. <c>tests/run.sh</c> installs them.
/// </summary>
public sealed class CalendarProgramTests
{
    private static readonly Actor Staff = Actor.Staff(1, "owner@harbour-yoga.example");

    [Fact, Trait("Fault", "59")]
    public async Task Khal_shows_what_vdirsyncer_fetched_through_moves_cancellations_and_a_clock_change()
    {
        await using var product = await Product.Start();
        using var folder = new TemporaryFolder();
        var schedule = await product.Schedule("harbour-yoga", "Private lessons");
        var feed = (await schedule.MakeFeed("khal")).Value!;
        Prepare(folder.Path, new Uri(product.Address, Platform.Links.CalendarFeed(feed.Token)));

        // The clocks of London go forward on 28 March 2027.
        var before = await Book(schedule, new LocalDateTime(2027, 3, 27, 9, 0), "Ida; Quill, Åsa 😀");
        await Book(schedule, new LocalDateTime(2027, 3, 29, 9, 0), "Noor de Wit");
        await Run(folder.Path, "vdirsyncer", "-c", "vdirsyncer.conf", "discover", "feed");
        await Run(folder.Path, "vdirsyncer", "-c", "vdirsyncer.conf", "sync");
        Assert.Equal("2027-03-27 09:00 Ida; Quill, Åsa 😀 · Studio CONFIRMED\n2027-03-29 09:00 Noor de Wit · Studio CONFIRMED", await Shown());

        Assert.True((await schedule.Reschedule(new RescheduleAppointment { AppointmentId = before.Id, Start = Moment.OnTheClock(new LocalDateTime(2027, 3, 30, 14, 30)), Actor = Staff })).Accepted);
        product.Clock.AdvanceSeconds(3);
        await Run(folder.Path, "vdirsyncer", "-c", "vdirsyncer.conf", "sync");
        Assert.Equal("2027-03-29 09:00 Noor de Wit · Studio CONFIRMED\n2027-03-30 14:30 Ida; Quill, Åsa 😀 · Studio CONFIRMED", await Shown());

        Assert.True((await schedule.Cancel(new CancelAppointment { AppointmentId = before.Id, Actor = Staff })).Accepted);
        product.Clock.AdvanceSeconds(3);
        await Run(folder.Path, "vdirsyncer", "-c", "vdirsyncer.conf", "sync");
        Assert.Equal("2027-03-29 09:00 Noor de Wit · Studio CONFIRMED\n2027-03-30 14:30 Ida; Quill, Åsa 😀 · Studio CANCELLED", await Shown());

        await schedule.RevokeFeed(feed.Feed.Handle);
        product.Clock.AdvanceSeconds(3);
        var (code, said) = await Ends(folder.Path, "vdirsyncer", "-c", "vdirsyncer.conf", "sync");
        Assert.NotEqual(0, code);
        Assert.Contains(": Gone", said, StringComparison.Ordinal);

        Task<string> Shown() => Run(
            folder.Path, "khal", "-c", "khal.conf", "--no-color", "list", "--day-format", "", "--format", "{start-date} {start-time} {title} {status}", "2027-03-01", "2027-04-30");
    }

    private static void Prepare(string folder, Uri feed)
    {
        File.WriteAllText(Path.Combine(folder, "vdirsyncer.conf"), $"""
            [general]
            status_path = "{folder}/status/"
            [pair feed]
            a = "remote"
            b = "local"
            collections = null
            conflict_resolution = "a wins"
            [storage remote]
            type = "http"
            url = "{feed}"
            [storage local]
            type = "filesystem"
            path = "{folder}/calendar/"
            fileext = ".ics"
            """);
        Directory.CreateDirectory(Path.Combine(folder, "calendar"));
        File.WriteAllText(Path.Combine(folder, "khal.conf"), $"""
            [calendars]
            [[feed]]
            path = {folder}/calendar/
            readonly = True
            [sqlite]
            path = {folder}/khal.db
            [locale]
            local_timezone = Europe/London
            default_timezone = Europe/London
            timeformat = %H:%M
            dateformat = %Y-%m-%d
            longdateformat = %Y-%m-%d
            datetimeformat = %Y-%m-%d %H:%M
            longdatetimeformat = %Y-%m-%d %H:%M
            """);
    }

    private static async Task<Appointment> Book(IScheduleGrain schedule, LocalDateTime at, string name)
    {
        var booked = await schedule.Book(new BookAppointment { Start = Moment.OnTheClock(at), Customer = new CustomerDetails { Name = name }, Language = "en", Actor = Staff });
        Assert.True(booked.Accepted);
        return booked.Value.Appointment;
    }

    private static async Task<string> Run(string folder, string program, params string[] arguments)
    {
        var (code, said) = await Ends(folder, program, arguments);
        Assert.True(code == 0, $"{program} ended with {code}: {said}");
        return said;
    }

    private static async Task<(int Code, string Said)> Ends(string folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var (name, value) in new[] { ("HOME", folder), ("XDG_CACHE_HOME", folder), ("XDG_DATA_HOME", folder), ("XDG_CONFIG_HOME", folder), ("LC_ALL", "C.UTF-8"), ("PYTHONUTF8", "1") })
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var said = string.Join('\n', $"{await output}".Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).Where(line => line.Length > 0));
        return (process.ExitCode, process.ExitCode == 0 ? said : said + await errors);
    }
}
