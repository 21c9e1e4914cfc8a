using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Localisation;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice;

/// <summary>Who comes on one day, over all schedules of the account, and how much of the plan is used.</summary>
public sealed class TodayModel(Grains grains, DayBook book, IClock clock) : PageModel
{
    public LocalDate Day { get; private set; }

    public LocalDate Today { get; private set; }

    public IReadOnlyList<DayEntry> Entries { get; private set; } = [];

    public IReadOnlyList<ScheduleFace> Schedules { get; private set; } = [];

    public AccountUsage Usage { get; private set; } = null!;

    private Instant Now { get; set; }

    /// <summary>Appointments of the day, blocks aside.</summary>
    public int Expected => Entries.Count(entry => entry.IsExpected);

    public async Task OnGet(string? day)
    {
        var account = HttpContext.Account();
        var zone = TimeWords.Zone(account.Brand.TimeZone);
        Now = clock.GetCurrentInstant();
        Today = Now.InZone(zone).Date;
        Day = OfficeDay.Read(day) ?? Today;
        Usage = (await grains.Account(account.Id).Usage())!;
        Schedules = await book.Schedules(account.Id);
        Entries = await book.Between(account.Id, zone.AtStartOfDay(Day).ToInstant(), zone.AtStartOfDay(Day.PlusDays(1)).ToInstant());
    }

    /// <summary>Taking place now.</summary>
    public bool IsNow(DayEntry entry) => entry.Appointment.Start <= Now && entry.Appointment.End > Now;

    /// <summary>The first appointment, or those of the same minute, still to begin today.</summary>
    public bool IsNext(DayEntry entry) =>
        Day == Today && entry.IsExpected && entry.Appointment.Start > Now
        && Entries.First(other => other.IsExpected && other.Appointment.Start > Now).Appointment.Start == entry.Appointment.Start;

    public bool IsOver(DayEntry entry) => entry.Appointment.End <= Now;
}
