namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>A labelled number with its unit.</summary>
/// <param name="Name">As posted.</param>
/// <param name="Label">As read.</param>
/// <param name="Value">What was typed.</param>
/// <param name="Unit">As read behind the field.</param>
/// <param name="Error">Null: nothing is wrong.</param>
public sealed record NumberField(string Name, string Label, string? Value, string Unit, string? Error)
{
    public string Id => $"field-{Name}";

    public string DescribedBy => Error is null ? $"{Id}-unit" : $"{Id}-unit {Id}-error";
}
