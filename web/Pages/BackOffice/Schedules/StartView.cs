namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>The start form with what is wrong with it.</summary>
public sealed record StartView(StartForm Form, IReadOnlyDictionary<string, string> Errors)
{
    public string? Wrong(string field) => Errors.GetValueOrDefault(field);
}
