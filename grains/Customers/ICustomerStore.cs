using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Customers;

/// <summary>The rows of customers' links, and the appointments behind them.</summary>
public interface ICustomerStore
{
    /// <summary>The account has an appointment of that e-mail that had not ended at <paramref name="since"/>, cancelled ones included.</summary>
    Task<bool> Knows(int accountId, string email, Instant since);

    /// <summary>
    /// Stores the link with the mail that carries it. False: nothing was stored, since the address had <paramref name="mostPerEmail"/> or the
    /// account <paramref name="mostPerAccount"/> links within the link's lifetime.
    /// </summary>
    Task<bool> Send(CustomerLink link, int letterId, int deliveryId, int mostPerEmail, int mostPerAccount);

    Task<CustomerLink?> Find(string id);

    /// <summary>Appointments, never blocks, that had not ended at <paramref name="since"/>; ascending by start.</summary>
    Task<IReadOnlyList<Appointment>> Appointments(int accountId, string email, Instant since, int limit);
}
