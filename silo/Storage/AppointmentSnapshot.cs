using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;
using Slotwright.Appointments;

namespace Slotwright.Storage;

/// <summary>How a change row keeps the appointment as it stood: JSON by property name. Add members, never rename them.</summary>
public static class AppointmentSnapshot
{
    private static readonly JsonSerializerOptions Options = new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault,
    }.ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);

    public static string Write(Appointment appointment) => JsonSerializer.Serialize(appointment, Options);

    public static Appointment Read(string json) => JsonSerializer.Deserialize<Appointment>(json, Options)!;
}

/// <summary>What a limit's change row keeps, as JSON.</summary>
public sealed record LimitSnapshot(int Used, int Allowed, string Plan, ActorKind? Refused = null)
{
    public string Write() => JsonSerializer.Serialize(this);

    public static LimitSnapshot Read(string json) => JsonSerializer.Deserialize<LimitSnapshot>(json)!;
}
