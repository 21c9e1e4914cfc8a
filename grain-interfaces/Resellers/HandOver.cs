namespace Slotwright.Resellers;

/// <summary>Gives a client account another administrator; asked by whoever acts for it as its reseller.</summary>
/// <param name="Ticket">Of the acting session, which names the client.</param>
/// <param name="Email">Of the administrator from now on; made a person and invited when nobody has it.</param>
/// <param name="Language">Of the letters: <c>en</c>, <c>fr</c> or <c>nl</c>.</param>
[GenerateSerializer, Immutable, Alias("slotwright.hand-over-client")]
public sealed record HandOverClient([property: Id(0)] ActingTicket Ticket, [property: Id(1)] string Email, [property: Id(2)] string Language);

/// <summary>Who administers the account now. Says not whether the address was known.</summary>
[GenerateSerializer, Immutable, Alias("slotwright.handed-over")]
public sealed record HandedOver([property: Id(0)] string Email);

[GenerateSerializer, Alias("slotwright.hand-over-refusal")]
public enum HandOverRefusal
{
    /// <summary>The acting session has ended, or is not one as reseller.</summary>
    Ended = 1,

    /// <summary>The password was shown more than 15 minutes ago.</summary>
    NotConfirmed = 2,

    /// <summary>No e-mail address, or one that nobody may have now.</summary>
    EmailInvalid = 3,

    /// <summary>That person administers it already.</summary>
    Unchanged = 4,
}
