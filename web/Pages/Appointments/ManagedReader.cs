using Microsoft.Extensions.Options;
using NodaTime;
using Slotwright.Calendars;
using Slotwright.Platform;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Appointments;

/// <summary>Opens an appointment by the link that its customer holds.</summary>
public sealed class ManagedReader(Grains grains, Faces faces, IClock clock, IOptions<PlatformOptions> platform)
{
    /// <summary>Null: no such appointment in this account, or not its token; never told apart.</summary>
    public async Task<ManagedAppointment?> Open(int accountId, int appointmentId, string token) =>
        await grains.Account(accountId).ScheduleOf(appointmentId) is { } scheduleId
            ? await Grains.Again(() => grains.Schedule(accountId, scheduleId).Open(appointmentId, token))
            : null;

    /// <summary>As <see cref="Open"/>, ready to be shown.</summary>
    public async Task<ManagedView?> View(string accountName, int accountId, int appointmentId, string token)
    {
        if (await Open(accountId, appointmentId, token) is not { } managed)
        {
            return null;
        }

        // While the account is paused an appointment can be seen and cancelled, not moved: that would take a new place.
        var isPaused = await faces.Account(accountId) is { IsPaused: true };
        return ManagedView.Of(accountName, managed with { MayMove = managed.MayMove && !isPaused }, token, clock.GetCurrentInstant());
    }

    /// <summary>For the customer's own calendar.</summary>
    public AppointmentCalendar Calendar(HttpContext context, ManagedView view) =>
        AppointmentCalendar.Of(view, context.Account().Brand.DisplayName, new Uri(context.Absolute(view.Address)), platform.Value.NoReplyAddress.Split('@')[^1]);
}
