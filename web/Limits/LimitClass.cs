namespace Slotwright.Limits;

/// <summary>Which limits bind a page or endpoint; put on it by <see cref="LimitedAttribute"/>. Reads of a page are never counted as its posts are.</summary>
public enum LimitClass
{
    /// <summary>Only the limit on what is served at once.</summary>
    None = 0,

    /// <summary>A visitor books, moves or cancels: its posts are counted per address, and are shed last. Bookings are also counted per account, by <see cref="BookingPace"/>.</summary>
    PublicBooking = 1,

    /// <summary>A visitor's page reads free times.</summary>
    PublicRead = 2,

    /// <summary>Its posts are attempts to sign in: counted per address, and per account and address.</summary>
    SignIn = 3,

    /// <summary>Bookings by API, which the API's own pace counts: shed last.</summary>
    ApiBooking = 4,

    /// <summary>A calendar program reads a feed: counted per address and per feed.</summary>
    Feed = 5,
}

/// <summary>Says of a page model, action or endpoint which limits bind it.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class LimitedAttribute(LimitClass limitClass) : Attribute
{
    public LimitClass Class { get; } = limitClass;
}
