namespace Slotwright.Schedules;

/// <summary>Which names a schedule may have: they stand in addresses, so some words are the pages' own.</summary>
public static class ScheduleNames
{
    private static readonly HashSet<string> Reserved = new(StringComparer.Ordinal) { "appointment", "appointments", "my-appointments", "book", "brand" };

    public static bool IsValid(string name)
    {
        var trimmed = name.Trim();
        return trimmed.Length is >= 1 and <= 60
            && trimmed.Any(char.IsLetterOrDigit)
            && !trimmed.Any(character => char.IsControl(character) || char.IsSurrogate(character) || character is '/' or '\\' or '?' or '#' or '%')
            && trimmed is not ("." or "..")
            && !Reserved.Contains(Names.Fold(trimmed));
    }
}
