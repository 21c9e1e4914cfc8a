using NodaTime;
using Slotwright.Schedules;

namespace Slotwright.Pages;

/// <summary>Until when an appointment can be cancelled online.</summary>
/// <param name="Schedule">Whose rules they are.</param>
/// <param name="Start">The time that is chosen; null: none yet.</param>
public sealed record DeadlineView(ScheduleFace Schedule, Instant? Start);
