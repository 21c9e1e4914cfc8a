using System.Globalization;
using NodaTime;
using Slotwright.Schedules;

namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>A week of opening hours as it stands in the form: seven days of rows, whatever was typed in them.</summary>
public sealed record HoursForm(IReadOnlyList<DayRows> Days)
{
    private const int MostRows = 12;

    public static HoursForm Of(WeeklyHours week) => new([.. Enumerable.Range(1, 7).Select(day => DayRows.Of(
        day, [.. week.Spans.Where(span => (int)span.Day == day).Select(span => span.Span).OrderBy(span => span.From)]))]);

    public static HoursForm Read(IFormCollection form) => new([.. Enumerable.Range(1, 7).Select(day => DayRows.Read(form, day))]);

    /// <summary>After "add-3" (another row on Wednesday), "copy-1-days", "copy-1-week" (Monday's rows to weekdays, to all) or "clear-3".</summary>
    public HoursForm After(string press)
    {
        var parts = press.Split('-');
        if (parts.Length < 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var day) || day is < 1 or > 7)
        {
            return this;
        }

        var source = Days[day - 1];
        return parts[0] switch
        {
            "add" when source.Rows.Count < MostRows => With(day, source with { Rows = [.. source.Rows, new SpanRow("", "")] }),
            "clear" => With(day, source with { Rows = [new SpanRow("", "")] }),
            "copy" => new HoursForm([.. Days.Select(other => parts.ElementAtOrDefault(2) == "days" && other.Day > 5 ? other : source with { Day = other.Day })]),
            _ => this,
        };
    }

    public bool IsRight => Days.All(day => day.Rows.All(row => row.Error is null));

    /// <summary>Only when <see cref="IsRight"/>.</summary>
    public WeeklyHours ToWeek() => new()
    {
        Spans = [.. Days.SelectMany(day => day.Rows.Select(row => row.Span).OfType<OpeningSpan>().Select(span => new WeeklySpan((IsoDayOfWeek)day.Day, span)))],
    };

    private HoursForm With(int day, DayRows rows) => new([.. Days.Select(other => other.Day == day ? rows : other)]);
}

/// <summary>The rows of one day, 1 for Monday.</summary>
public sealed record DayRows(int Day, IReadOnlyList<SpanRow> Rows)
{
    public string FromName => string.Create(CultureInfo.InvariantCulture, $"d{Day}-from");

    public string ToName => string.Create(CultureInfo.InvariantCulture, $"d{Day}-to");

    public bool IsClosed => Rows.All(row => row.IsEmpty);

    public static DayRows Of(int day, IReadOnlyList<OpeningSpan> spans) =>
        new(day, spans.Count == 0 ? [new SpanRow("", "")] : [.. spans.Select(SpanRow.Of)]);

    public static DayRows Read(IFormCollection form, int day)
    {
        var rows = new DayRows(day, []);
        return rows with { Rows = SpanRow.Read(form, rows.FromName, rows.ToName) };
    }
}

/// <summary>One span as typed.</summary>
public sealed record SpanRow(string From, string To)
{
    private const int MostRows = 12;

    public bool IsEmpty => From.Length == 0 && To.Length == 0;

    /// <summary>Name of the sentence that says what is wrong; null: nothing, or the row is empty.</summary>
    public string? Error => IsEmpty ? null
        : TypedTime.Time(From) is not { } from || TypedTime.Time(To) is not { } to ? "Hours.TimeShape"
        : from == to && from != LocalTime.Midnight ? "Hours.NoLength"
        : null;

    public OpeningSpan? Span => TypedTime.Time(From) is { } from && TypedTime.Time(To) is { } to ? new OpeningSpan(from, to) : null;

    public static SpanRow Of(OpeningSpan span) => new(TypedTime.Write(span.From), TypedTime.Write(span.To));

    /// <summary>Rows of two fields that are posted several times; at least one.</summary>
    public static IReadOnlyList<SpanRow> Read(IFormCollection form, string fromName, string toName)
    {
        var (from, to) = (form[fromName], form[toName]);
        var rows = Enumerable.Range(0, Math.Clamp(Math.Max(from.Count, to.Count), 1, MostRows))
            .Select(row => new SpanRow(Typed(from.ElementAtOrDefault(row)), Typed(to.ElementAtOrDefault(row)))).ToList();
        return rows.All(row => row.IsEmpty) ? [rows[0]] : rows;
    }

    private static string Typed(string? text) => TypedText.Line(text) is { Length: <= 20 } line ? line : "?";
}
