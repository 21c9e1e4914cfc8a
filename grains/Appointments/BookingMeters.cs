using System.Diagnostics.Metrics;

namespace Slotwright.Appointments;

/// <summary>Counts what agendas decide, for whoever watches; no tenant is a label.</summary>
internal static class BookingMeters
{
    private static readonly Meter Meter = new("Slotwright");
    private static readonly Counter<long> Stored = Meter.CreateCounter<long>("slotwright.bookings", "{change}", "Stored changes by kind.");
    private static readonly Counter<long> Refused = Meter.CreateCounter<long>("slotwright.refusals", "{command}", "Refused commands by reason.");

    public static void Count(ChangeKind kind) => Stored.Add(1, new KeyValuePair<string, object?>("kind", kind.ToString()));

    public static void Count(BookingRefusal refusal) => Refused.Add(1, new KeyValuePair<string, object?>("reason", refusal.ToString()));
}
