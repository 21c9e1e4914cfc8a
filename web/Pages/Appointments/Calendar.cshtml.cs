using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Appointments;

/// <summary>The appointment as a file for a calendar.</summary>
public sealed class CalendarModel(ManagedReader appointments) : PageModel
{
    public async Task<IActionResult> OnGet(int id, string token) =>
        await appointments.View(HttpContext.Account().Name, HttpContext.Account().Id, id, token) is { } view
            ? File(Encoding.UTF8.GetBytes(appointments.Calendar(HttpContext, view).File()), "text/calendar; charset=utf-8", "appointment.ics")
            : NotFound();
}
