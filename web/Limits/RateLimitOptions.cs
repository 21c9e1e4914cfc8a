using System.ComponentModel.DataAnnotations;

namespace Slotwright.Limits;

/// <summary>
/// Section <c>RateLimits</c>: how much one caller may ask for, and how much is served at once. Counted per web node, so a cluster of n nodes grants
/// up to n times as much.
/// </summary>
public sealed class RateLimitOptions
{
    public const string Section = "RateLimits";

    /// <summary>False switches every limit of this section off, as load programs do openly.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Bookings by visitors: forms sent per address and minute.</summary>
    [Range(1, 1_000_000)]
    public int PublicBookingsPerAddressAndMinute { get; set; } = 30;

    /// <summary>Bookings by visitors: asked for per account and hour, with a form that can be booked.</summary>
    [Range(1, 100_000_000)]
    public int PublicBookingsPerAccountAndHour { get; set; } = 2_000;

    /// <summary>Free times read by visitors' pages, per address and minute.</summary>
    [Range(1, 1_000_000)]
    public int PublicReadsPerAddressAndMinute { get; set; } = 1_200;

    /// <summary>Calendar feeds read per address and minute: also what a stranger may guess.</summary>
    [Range(1, 1_000_000)]
    public int FeedReadsPerAddressAndMinute { get; set; } = 120;

    /// <summary>Reads of one calendar feed per minute, from wherever.</summary>
    [Range(1, 1_000_000)]
    public int FeedReadsPerFeedAndMinute { get; set; } = 20;

    /// <summary>API calls per key and second, sustained.</summary>
    [Range(1, 1_000_000)]
    public int ApiCallsPerKeyAndSecond { get; set; } = 20;

    /// <summary>API calls that a key may make at once after a pause.</summary>
    [Range(1, 1_000_000)]
    public int ApiBurstPerKey { get; set; } = 40;

    /// <summary>API calls with wrong credentials per address and minute; after that the address waits, whatever it sends.</summary>
    [Range(1, 1_000_000)]
    public int ApiStrangersPerAddressAndMinute { get; set; } = 60;

    /// <summary>Attempts to sign in per account and address and minute.</summary>
    [Range(1, 1_000_000)]
    public int SignInsPerAccountAndMinute { get; set; } = 5;

    /// <summary>Attempts to sign in per address and minute.</summary>
    [Range(1, 1_000_000)]
    public int SignInsPerAddressAndMinute { get; set; } = 50;

    /// <summary>New accounts per address and hour.</summary>
    [Range(1, 1_000_000)]
    public int SignUpsPerAddressAndHour { get; set; } = 10;

    /// <summary>New accounts per e-mail and hour, of their own or made for them by a reseller, and hand-overs to it: each of them is a mail.</summary>
    [Range(1, 1_000_000)]
    public int SignUpsPerEmailAndHour { get; set; } = 3;

    /// <summary>Pages of one address that listen for changes at a time. One more works, and hears nothing.</summary>
    [Range(1, 1_000_000)]
    public int LiveConnectionsPerAddress { get; set; } = 100;

    /// <summary>Pages that listen for changes at a time, all addresses together.</summary>
    [Range(1, 1_000_000)]
    public int LiveConnections { get; set; } = 10_000;

    /// <summary>Requests served at once. A fifth of them is kept for bookings, which are therefore shed last.</summary>
    [Range(10, 1_000_000)]
    public int ConcurrentRequests { get; set; } = 1_000;
}
