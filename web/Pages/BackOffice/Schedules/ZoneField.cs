namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>A choice among the zones.</summary>
public sealed record ZoneField(string Name, string Value, string Hint, string? Error);
