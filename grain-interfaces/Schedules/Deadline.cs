using NodaTime;

namespace Slotwright.Schedules;

/// <summary>Until when a customer may change what is booked: the rule, for the agenda that keeps it and for the pages and mails that tell of it.</summary>
public static class Deadline
{
    /// <param name="minutesBefore">The schedule's deadline; null: customers never may.</param>
    /// <param name="start">When the appointment begins.</param>
    /// <param name="now">That instant itself is still in time.</param>
    public static bool IsOpen(int? minutesBefore, Instant start, Instant now) => minutesBefore is { } minutes && now + Duration.FromMinutes(minutes) <= start;
}
