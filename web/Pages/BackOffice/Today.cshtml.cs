using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using NodaTime.Text;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Localisation;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice;

/// <summary>The appointments of one day over all schedules of the account, and how much of the plan is used.</summary>
public sealed class TodayModel(Grains grains, Faces faces, IClock clock) : PageModel
{
    private static readonly LocalDate Earliest = new(1970, 1, 1);
    private static readonly LocalDate Latest = new(9998, 12, 30);

    public LocalDate Day { get; private set; }

    public LocalDate Today { get; private set; }

    public IReadOnlyList<DayEntry> Entries { get; private set; } = [];

    public IReadOnlyList<ScheduleFace> Schedules { get; private set; } = [];

    public AccountUsage Usage { get; private set; } = null!;

    public async Task OnGet(string? day)
    {
        var account = HttpContext.Account();
        var zone = TimeWords.Zone(account.Brand.TimeZone);
        Today = clock.GetCurrentInstant().InZone(zone).Date;
        Day = day is not null && LocalDatePattern.Iso.Parse(day).TryGetValue(Today, out var asked) && asked >= Earliest && asked <= Latest ? asked : Today;
        Usage = (await grains.Account(account.Id).Usage())!;
        Schedules = await AllSchedules(account.Id);
        var (dawn, dusk) = (zone.AtStartOfDay(Day).ToInstant(), zone.AtStartOfDay(Day.PlusDays(1)).ToInstant());
        Entries = DayEntry.Of(await grains.Account(account.Id).Day(dawn, dusk), Schedules);
    }

    private async Task<IReadOnlyList<ScheduleFace>> AllSchedules(int accountId)
    {
        var all = new List<ScheduleFace>();
        foreach (var listing in await faces.Schedules(accountId))
        {
            if (await faces.Schedule(accountId, listing.Id) is { } schedule)
            {
                all.Add(schedule);
            }
        }

        return all;
    }
}

/// <summary>One line of the day.</summary>
/// <param name="Appointment">An appointment or a block.</param>
/// <param name="Start">In the zone of its schedule.</param>
/// <param name="End">In the zone of its schedule.</param>
/// <param name="ScheduleName">Empty when the schedule is no longer known.</param>
/// <param name="ResourceName">Empty when the resource is no longer known.</param>
public sealed record DayEntry(Appointment Appointment, ZonedDateTime Start, ZonedDateTime End, string ScheduleName, string ResourceName)
{
    /// <summary>Ascending by start, as they came.</summary>
    public static IReadOnlyList<DayEntry> Of(IReadOnlyList<Appointment> appointments, IReadOnlyList<ScheduleFace> schedules) =>
        [.. appointments.Select(appointment =>
        {
            var schedule = schedules.FirstOrDefault(known => known.Id == appointment.ScheduleId);
            var zone = TimeWords.Zone(appointment.Zone);
            return new DayEntry(
                appointment,
                appointment.Start.InZone(zone),
                appointment.End.InZone(zone),
                schedule?.Name ?? "",
                schedule?.Resources.FirstOrDefault(resource => resource.Id == appointment.ResourceId)?.Name ?? "");
        })];
}
