using Slotwright.Appointments;
using Slotwright.Tenancy;

namespace Slotwright.Customers;

/// <summary>What the customers of one account may see without a login, by a link that is mailed to them. Key: the account's id.</summary>
[TenantGrain, Alias("slotwright.customers-grain")]
public interface ICustomersGrain : IGrainWithStringKey
{
    /// <summary>
    /// Mails a link to the appointments of that e-mail when there are any; whoever asks learns nothing either way. At most 3 an hour go
    /// to one address, and 200 an hour out of one account. <paramref name="language"/> is the mail's: <c>en</c>, <c>fr</c> or <c>nl</c>.
    /// </summary>
    [Alias("send-link")]
    Task SendLink(string email, string language);

    /// <summary>What the holder of a link sees; null: no such link, or it is older than an hour. Changes nothing.</summary>
    [Alias("open")]
    Task<OwnAppointments?> Open(string token);
}

/// <summary>The appointments of one e-mail at one account.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.own-appointments")]
public sealed record OwnAppointments
{
    /// <summary>As it was asked with.</summary>
    [Id(0)] public required string Email { get; init; }

    /// <summary>Not yet ended, ascending by start; 100 at most.</summary>
    [Id(1)] public required IReadOnlyList<OwnAppointment> Upcoming { get; init; }

    /// <summary>Ended within the last 90 days, or cancelled though still ahead; latest first; 20 at most.</summary>
    [Id(2)] public required IReadOnlyList<OwnAppointment> Past { get; init; }
}

/// <summary>One of them with the token that its own page opens with.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.own-appointment")]
public sealed record OwnAppointment([property: Id(0)] Appointment Appointment, [property: Id(1)] string ManageToken);
