using System.Buffers;
using System.Globalization;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;
using Slotwright.Appointments;

namespace Slotwright.Live;

/// <summary>One cached answer, and its JSON once somebody has asked for that.</summary>
public sealed class FreeTimesEntry
{
    private static readonly LocalDateTimePattern WallClock = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    private readonly Lazy<byte[]> json;
    private readonly Lazy<long[]> starts;

    internal FreeTimesEntry(FreeTimes value, Instant askedAt)
    {
        Value = value;
        AskedAt = askedAt;
        Tag = string.Create(CultureInfo.InvariantCulture, $"\"{value.AgendaVersion}-{value.RulesEdition}-{value.ValidUntil.ToUnixTimeSeconds()}-{value.Times.Count}{(value.Holds == 0 ? "" : $"-{value.Holds}")}\"");
        json = new Lazy<byte[]>(Render);
        starts = new Lazy<long[]>(() => [.. Value.Times.Select(time => time.Start.ToUnixTimeSeconds())]);
    }

    public FreeTimes Value { get; }

    /// <summary>When the grain was asked.</summary>
    public Instant AskedAt { get; }

    /// <summary>How often a place had been taken back on this schedule when the grain was asked.</summary>
    internal long TakenBacks { get; init; }

    /// <summary>ETag, quotes included: the same for the same answer to the same question.</summary>
    public string Tag { get; private init; }

    /// <summary>
    /// <c>{"version","edition","zone","valid_until","times":[{"start","at","minutes","resources"}]}</c>: start is wall clock, at is the same in UTC.
    /// </summary>
    public byte[] Json => json.Value;

    /// <summary>Of its times in Unix seconds, ascending.</summary>
    internal long[] Starts => starts.Value;

    /// <summary>The same for an account that takes no bookings now, with a tag of its own: nothing is offered.</summary>
    public FreeTimesEntry WithoutTimes() => new(Value with { Times = [] }, AskedAt) { TakenBacks = TakenBacks, Tag = $"{Tag[..^1]}-closed\"" };

    private byte[] Render()
    {
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(Value.Zone) ?? DateTimeZone.Utc;
        var bytes = new ArrayBufferWriter<byte>(256 + (Value.Times.Count * 96));
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", Value.AgendaVersion);
            writer.WriteNumber("edition", Value.RulesEdition);
            writer.WriteString("zone", Value.Zone);
            writer.WriteString("valid_until", InstantPattern.General.Format(Value.ValidUntil));
            writer.WriteStartArray("times");
            foreach (var time in Value.Times)
            {
                writer.WriteStartObject();
                writer.WriteString("start", WallClock.Format(time.Start.InZone(zone).LocalDateTime));
                writer.WriteString("at", InstantPattern.General.Format(time.Start));
                writer.WriteNumber("minutes", (int)(time.End - time.Start).TotalMinutes);
                writer.WriteStartArray("resources");
                foreach (var resource in time.ResourceIds)
                {
                    writer.WriteNumberValue(resource);
                }

                writer.WriteEndArray();
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return bytes.WrittenSpan.ToArray();
    }
}

/// <summary>An entry or why there is none; exactly one of the two.</summary>
public readonly record struct FoundFreeTimes(FreeTimesEntry? Entry, BookingRefusal? Refusal);
