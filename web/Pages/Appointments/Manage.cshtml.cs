using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Appointments;

/// <summary>Confirmation of a booking and the page to which its mails lead; shows, and changes nothing.</summary>
public sealed class ManageModel(ManagedReader appointments, IClock clock) : PageModel
{
    public ManagedView View { get; private set; } = null!;

    /// <summary>What was done a moment ago: <c>1</c> booked, <c>moved</c>; null: the page was opened by its link.</summary>
    public string? Done { get; private set; }

    public async Task<IActionResult> OnGet(int id, string token, string? done)
    {
        var account = HttpContext.Account();
        if (await appointments.Open(account.Id, id, token) is not { } managed)
        {
            return NotFound();
        }

        (View, Done) = (ManagedView.Of(account.Name, managed, token, clock.GetCurrentInstant()), done);
        return Page();
    }
}
