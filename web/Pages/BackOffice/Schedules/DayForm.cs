using NodaTime.Text;
using Slotwright.Schedules;

namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>One exception as typed: some days that are closed or have other hours.</summary>
public sealed record DayForm
{
    public string From { get; init; } = "";

    /// <summary>Empty: the first day alone.</summary>
    public string To { get; init; } = "";

    /// <summary>A resource's id; anything else: the whole schedule.</summary>
    public string Whose { get; init; } = "";

    public bool IsOpen { get; init; }

    public IReadOnlyList<SpanRow> Rows { get; init; } = [new("", ""), new("", "")];

    public string Note { get; init; } = "";

    public static DayForm Of(SpecialHours special) => new()
    {
        From = LocalDatePattern.Iso.Format(special.From),
        To = special.To == special.From ? "" : LocalDatePattern.Iso.Format(special.To),
        Whose = special.ResourceId?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
        IsOpen = special.Spans.Count > 0,
        Rows = [.. special.Spans.Select(SpanRow.Of), new SpanRow("", "")],
        Note = special.Note,
    };

    public static DayForm Read(IFormCollection form) => new()
    {
        From = TypedText.Line(form["from"]),
        To = TypedText.Line(form["to"]),
        Whose = TypedText.Line(form["whose"]),
        IsOpen = form["open"] == "yes",
        Rows = SpanRow.Read(form, "span-from", "span-to") is [var only] ? [only, new SpanRow("", "")] : SpanRow.Read(form, "span-from", "span-to"),
        Note = TypedText.Line(form["note"]),
    };

    /// <summary>Field and name of the sentence that says what is wrong with it; empty when all is well.</summary>
    public IReadOnlyDictionary<string, string> Errors()
    {
        var errors = new Dictionary<string, string>();
        var (from, to) = (TypedTime.Date(From), To.Length == 0 ? TypedTime.Date(From) : TypedTime.Date(To));
        if (from is null)
        {
            errors["from"] = "Days.DateShape";
        }

        if (to is null && To.Length > 0)
        {
            errors["to"] = "Days.DateShape";
        }
        else if (to < from)
        {
            errors["to"] = "Days.Backwards";
        }

        if (IsOpen && Rows.Select(row => row.Error).FirstOrDefault(error => error is not null) is { } error)
        {
            errors["spans"] = error;
        }
        else if (IsOpen && Rows.All(row => row.IsEmpty))
        {
            errors["spans"] = "Days.HoursMissing";
        }

        if (Note.Length > 100)
        {
            errors["note"] = "Days.NoteTooLong";
        }

        return errors;
    }

    /// <summary>Only without <see cref="Errors"/>.</summary>
    public SpecialHours ToSpecial(ScheduleDefinition definition) => new()
    {
        From = TypedTime.Date(From)!.Value,
        To = TypedTime.Date(To) ?? TypedTime.Date(From)!.Value,
        ResourceId = TypedTime.Number(Whose) is { } id && definition.Resources.Any(resource => resource.Id == id) ? id : null,
        Spans = IsOpen ? [.. Rows.Where(row => !row.IsEmpty).Select(row => row.Span).OfType<OpeningSpan>()] : [],
        Note = Note,
    };
}
