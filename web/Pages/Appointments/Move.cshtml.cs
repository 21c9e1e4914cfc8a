using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Localisation;
using Slotwright.Pages.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Appointments;

/// <summary>Choosing another time for an appointment.</summary>
public sealed class MoveModel(ManagedReader appointments, WeekReader weeks, IClock clock) : PageModel
{
    public ManagedView View { get; private set; } = null!;

    public WeekView? Week { get; private set; }

    public BookingRefusal? Refusal { get; private set; }

    public async Task<IActionResult> OnGet(int id, string token)
    {
        var account = HttpContext.Account();
        if (await appointments.Open(account.Id, id, token) is not { } managed)
        {
            return NotFound();
        }

        View = ManagedView.Of(account.Name, managed, token, clock.GetCurrentInstant());
        if (!managed.MayMove)
        {
            return Redirect(View.Address);
        }

        var choice = WeekChoice.Read(Request.Query, managed.Schedule) with { Length = View.OwnLength };
        if (choice is { Day: null, Week: null })
        {
            // Whoever moves an appointment looks for a time near it.
            choice = choice with { Day = View.Appointment.Start.InZone(TimeWords.Zone(View.Appointment.Zone)).Date };
        }

        var week = await weeks.Read(managed.Schedule, View.Times(choice), id);
        (Week, Refusal) = (week.Value, week.Refusal);
        return Page();
    }
}
