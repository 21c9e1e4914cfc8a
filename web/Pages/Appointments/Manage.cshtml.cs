using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Calendars;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Appointments;

/// <summary>Confirmation of a booking and the page to which its mails lead; shows, and changes nothing.</summary>
public sealed class ManageModel(ManagedReader appointments) : PageModel
{
    public ManagedView View { get; private set; } = null!;

    public AppointmentCalendar Calendar => appointments.Calendar(HttpContext, View);

    /// <summary>What was done a moment ago: <c>1</c> booked, <c>moved</c>; null: the page was opened by its link.</summary>
    public string? Done { get; private set; }

    public async Task<IActionResult> OnGet(int id, string token, string? done)
    {
        var account = HttpContext.Account();
        if (await appointments.View(account.Name, account.Id, id, token) is not { } view)
        {
            return NotFound();
        }

        (View, Done) = (view, done);
        return Page();
    }
}
