using NodaTime;
using NodaTime.TimeZones;
using Slotwright.Appointments;

namespace Slotwright.Schedules;

public sealed class ZoneKeepingTests
{
    private static readonly LocalDateTime Promised = new(2026, 12, 9, 14, 30);

    [Fact]
    [Trait("Fault", "24")]
    public void An_appointment_made_under_old_rules_keeps_its_wall_clock_time_under_new_ones()
    {
        var made = Placed(OldVancouver());
        Assert.Equal(Instant.FromUtc(2026, 12, 9, 22, 30), made.Start);

        var settled = ZoneKeeping.Resettle(made, DateTimeZoneProviders.Tzdb["America/Vancouver"])!;

        Assert.Equal(Instant.FromUtc(2026, 12, 9, 21, 30), settled.Start);
        Assert.Equal(Duration.FromMinutes(30), settled.End - settled.Start);
        Assert.Equal(-7 * 3600, settled.UtcOffset);
        Assert.Null(ZoneKeeping.Resettle(settled, DateTimeZoneProviders.Tzdb["America/Vancouver"]));
    }

    [Fact]
    public void An_appointment_whose_rules_did_not_change_stays()
    {
        var berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        Assert.Null(ZoneKeeping.Resettle(Placed(berlin), berlin));

        // The second pass of a repeated hour is as good as the first.
        var repeated = berlin.MapLocal(new LocalDateTime(2027, 10, 31, 2, 30));
        Assert.Null(ZoneKeeping.Resettle(At(repeated.First()), berlin));
        Assert.Null(ZoneKeeping.Resettle(At(repeated.Last()), berlin));
    }

    /// <summary>The zone's rules as they were known in 2019, before permanent summer time was decided.</summary>
    private static DateTimeZone OldVancouver()
    {
        using var data = typeof(ZoneKeepingTests).Assembly.GetManifestResourceStream("tzdb-2019c.nzd")!;
        return TzdbDateTimeZoneSource.FromStream(data).ForId("America/Vancouver");
    }

    private static Appointment Placed(DateTimeZone zone) => At(zone.ResolveLocal(Promised, Resolvers.StrictResolver));

    private static Appointment At(ZonedDateTime start) => new()
    {
        Id = 1,
        AccountId = 1,
        ScheduleId = 1,
        ResourceId = 1,
        Kind = AppointmentKind.Appointment,
        Status = AppointmentStatus.Live,
        Start = start.ToInstant(),
        End = start.ToInstant() + Duration.FromMinutes(30),
        Zone = start.Zone.Id,
        UtcOffset = start.Offset.Seconds,
        Customer = CustomerDetails.None,
        Language = "en",
        Revision = 1,
        CreatedAt = start.ToInstant(),
        CreatedBy = "",
        UpdatedAt = start.ToInstant(),
        UpdatedBy = "",
        ManageSalt = "",
    };
}
