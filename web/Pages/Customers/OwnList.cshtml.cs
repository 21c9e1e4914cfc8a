using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Appointments;
using Slotwright.Customers;
using Slotwright.Limits;
using Slotwright.Platform;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Customers;

/// <summary>All appointments of the e-mail that the link was mailed to, each with the way to its own page. Looking changes nothing.</summary>
[Limited(LimitClass.PublicBooking)]
public sealed class OwnListModel(Grains grains, Faces faces) : PageModel
{
    private readonly Dictionary<int, ScheduleFace> schedules = [];

    /// <summary>Null: the link is unknown, or older than an hour.</summary>
    public OwnAppointments? Own { get; private set; }

    public async Task OnGet(string token)
    {
        var account = HttpContext.Account();
        Own = await grains.Customers(account.Id).Open(token);
        if (Own is null)
        {
            Response.StatusCode = StatusCodes.Status410Gone;
            return;
        }

        foreach (var id in Own.Upcoming.Concat(Own.Past).Select(one => one.Appointment.ScheduleId).Distinct())
        {
            if (await faces.Schedule(account.Id, id) is { } schedule)
            {
                schedules[id] = schedule;
            }
        }
    }

    public OwnAppointmentView View(OwnAppointment own)
    {
        var schedule = schedules.GetValueOrDefault(own.Appointment.ScheduleId);
        var resource = schedule is { Resources.Count: > 1 } ? schedule.Resources.FirstOrDefault(one => one.Id == own.Appointment.ResourceId)?.Name : null;
        return new OwnAppointmentView(
            own.Appointment,
            string.Join(" · ", new[] { schedule?.Name, resource, schedule?.Location }.Where(part => !string.IsNullOrEmpty(part))),
            Links.Manage(HttpContext.Account().Name, own.Appointment.Id, own.ManageToken));
    }
}

/// <summary>One line of the list.</summary>
/// <param name="Appointment">As it stands now.</param>
/// <param name="What">Schedule, resource where there are several, and place.</param>
/// <param name="Address">Its own page.</param>
public sealed record OwnAppointmentView(Appointment Appointment, string What, string Address);
