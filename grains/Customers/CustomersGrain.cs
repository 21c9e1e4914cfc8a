using NodaTime;
using Orleans.Concurrency;
using Slotwright.Appointments;
using Slotwright.Platform;

namespace Slotwright.Customers;

/// <summary>Keeps nothing: all of it is in the rows.</summary>
[Reentrant, GrainType("customers")]
public sealed class CustomersGrain(ICustomerStore store, IIds ids, ISecrets secrets, IClock clock) : Grain, ICustomersGrain
{
    private const int MostPerEmail = 3;
    private const int MostPerAccount = 200;
    private const int MostUpcoming = 100;
    private const int MostPast = 20;

    private static readonly Duration Remembered = Duration.FromDays(90);

    private int AccountId => GrainKeys.AccountOf(this.GetPrimaryKeyString())!.Value;

    public async Task SendLink(string email, string language)
    {
        var normalised = Names.FoldEmail(email);
        var now = clock.GetCurrentInstant();
        if (!EmailAddresses.IsValid(normalised) || !await store.Knows(AccountId, normalised, now - Remembered))
        {
            return;
        }

        await store.Send(
            CustomerLink.New(AccountId, normalised, language, now), await ids.Next(IdKind.Change), await ids.Next(IdKind.Delivery), MostPerEmail, MostPerAccount);
    }

    public async Task<OwnAppointments?> Open(string token)
    {
        var now = clock.GetCurrentInstant();
        if (CustomerLink.IdOf(secrets, token) is not { } id || await store.Find(id) is not { } link || !link.IsGood(AccountId, now))
        {
            return null;
        }

        var all = await store.Appointments(AccountId, link.Email, now - Remembered, 1_000);
        return new OwnAppointments
        {
            Email = link.Email,
            Upcoming = [.. all.Where(appointment => IsAhead(appointment, now)).Take(MostUpcoming).Select(Opened)],

            // Of older ones the links no longer open anything.
            Past = [.. all.Where(appointment => !IsAhead(appointment, now) && appointment.End + ManageToken.Lifetime >= now).Reverse().Take(MostPast).Select(Opened)],
        };
    }

    private static bool IsAhead(Appointment appointment, Instant now) => appointment.Status == AppointmentStatus.Live && appointment.End > now;

    private OwnAppointment Opened(Appointment appointment) => new(appointment, ManageToken.Of(secrets, appointment));
}
