using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Platform;

namespace Slotwright.Appointments;

/// <summary>The real store, except that the next append can be made to fail as if the database were gone.</summary>
internal sealed class FailingStore
{
    private int failures;

    public void FailNextAppend() => Interlocked.Increment(ref failures);

    public void Wrap(IServiceCollection services)
    {
        var real = services.Last(service => service.ServiceType == typeof(IAgendaStore));
        services.AddSingleton<IAgendaStore>(provider => new Store(Make(real, provider), this));
    }

    private static IAgendaStore Make(ServiceDescriptor real, IServiceProvider provider) =>
        (IAgendaStore)(real.ImplementationInstance
            ?? real.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, real.ImplementationType!));

    private bool Fails() => Interlocked.CompareExchange(ref failures, 0, 1) == 1;

    private sealed class Store(IAgendaStore inner, FailingStore faults) : IAgendaStore
    {
        public Task<AgendaCommit> Append(AgendaWrite write) =>
            faults.Fails() ? throw new StorageUnavailableException("The test took the database away.") : inner.Append(write);

        public Task<LoadedAgenda?> Load(int accountId, int agendaId, Instant from) => inner.Load(accountId, agendaId, from);

        public Task<IReadOnlyList<Appointment>> Touching(int accountId, int agendaId, Instant from, Instant to) => inner.Touching(accountId, agendaId, from, to);

        public Task<long?> TakeEpoch(int agendaId, long loadedVersion) => inner.TakeEpoch(agendaId, loadedVersion);

        public Task<KeyedChange?> FindByKey(int accountId, RepeatKey key) => inner.FindByKey(accountId, key);

        public Task<Appointment?> Find(int accountId, int appointmentId) => inner.Find(accountId, appointmentId);

        public Task<IReadOnlyList<Appointment>> List(int accountId, int scheduleId, AppointmentsQuery query) => inner.List(accountId, scheduleId, query);

        public Task<IReadOnlyList<AppointmentChange>> Changes(int accountId, int scheduleId, ChangesQuery query) => inner.Changes(accountId, scheduleId, query);

        public Task<IReadOnlyList<Appointment>> Day(int accountId, Instant from, Instant to, int limit) => inner.Day(accountId, from, to, limit);

        public Task<FoundAppointments> Find(int accountId, FindQuery query, Instant now) => inner.Find(accountId, query, now);

        public Task<int> CountUpcoming(int accountId, Instant now) => inner.CountUpcoming(accountId, now);
    }
}
