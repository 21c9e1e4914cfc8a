namespace Slotwright.Pages.BackOffice;

/// <summary>The buttons by which staff note that a customer came or did not.</summary>
/// <param name="Entry">Live, and no block.</param>
/// <param name="Day">The day of Today's page to come back to, as addresses write it; empty: the appointment's own page.</param>
public sealed record AttendanceView(DayEntry Entry, string Day);
