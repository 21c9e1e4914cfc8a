namespace Slotwright.Pages;

/// <summary>One labelled field of a form with its hint and error.</summary>
/// <param name="Name">As posted.</param>
/// <param name="Label">As read.</param>
/// <param name="Value">What was typed.</param>
public sealed record FieldView(string Name, string Label, string? Value)
{
    /// <summary>Type of the input, or <c>lines</c> for a text area.</summary>
    public string Kind { get; init; } = "text";

    /// <summary>Null: nothing is wrong.</summary>
    public string? Error { get; init; }

    public string? Hint { get; init; }

    public string? Autocomplete { get; init; }

    public int MostCharacters { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>The page opens with it.</summary>
    public bool HasFocus { get; init; }

    public string Id => $"field-{Name}";

    /// <summary>Ids of what explains the field; null when nothing does.</summary>
    public string? DescribedBy => (Hint, Error) switch
    {
        (null, null) => null,
        (not null, null) => $"{Id}-hint",
        (null, not null) => $"{Id}-error",
        _ => $"{Id}-error {Id}-hint",
    };
}
