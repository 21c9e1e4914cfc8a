using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Appointments;

/// <summary>Opens an appointment by the link that its customer holds.</summary>
public sealed class ManagedReader(Grains grains)
{
    /// <summary>Null: no such appointment in this account, or not its token; never told apart.</summary>
    public async Task<ManagedAppointment?> Open(int accountId, int appointmentId, string token) =>
        await grains.Account(accountId).ScheduleOf(appointmentId) is { } scheduleId
            ? await Grains.Again(() => grains.Schedule(accountId, scheduleId).Open(appointmentId, token))
            : null;
}
