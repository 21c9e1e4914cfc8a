using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Billing;

namespace Slotwright.Localisation;

/// <summary>Amounts, days and months as the language of the request writes them.</summary>
public static class BillingText
{
    private static CultureInfo Culture => CultureInfo.CurrentUICulture;

    /// <summary>"€8.00", "8,00 €", "€ 8,00".</summary>
    public static string Said(this Money money) => money.In(Culture);

    /// <summary>"20 %".</summary>
    public static string Percent(this decimal percent) => percent.Figure() + "\u00A0%";

    /// <summary>"20", for a sentence that has the sign.</summary>
    public static string Figure(this decimal percent) => percent.ToString("0.##", Culture);

    /// <summary>"9 December 2026", on the clock of that zone.</summary>
    public static string Date(Instant at, string zone) => Date(at.InZone(TimeWords.Zone(zone)).Date);

    /// <summary>"9 December 2026 – 8 January 2027" for [from, to): the last day is named.</summary>
    public static string Period(Instant from, Instant to, string zone)
    {
        var (first, end) = (from.InZone(TimeWords.Zone(zone)).Date, to.InZone(TimeWords.Zone(zone)).Date);
        var last = end > first ? end.PlusDays(-1) : end;
        return last == first ? Date(first) : $"{Date(first)} – {Date(last)}";
    }

    /// <summary>"December 2026" of <c>2026-12</c>.</summary>
    public static string Month(string month) =>
        NodaTime.Text.YearMonthPattern.Iso.Parse(month) is { Success: true, Value: var parsed }
            ? parsed.OnDayOfMonth(1).ToString("MMMM uuuu", Culture)
            : month;

    /// <summary>What remains to be done about a month.</summary>
    public static string Standing(this IStringLocalizer<BillingWords> text, StatementHeading heading)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(heading);
        return heading.IsPaid ? text["Statement.Paid"].Value
            : heading.Number is null ? text["Statement.OpenHint"].Value
            : heading.Rest == heading.Total ? text["Statement.Due"].Value
            : text["Statement.DueRest", heading.Rest.Said()].Value;
    }

    private static string Date(LocalDate date) => date is { Day: 1 } && Culture.TwoLetterISOLanguageName == "fr"
        ? "1er " + date.ToString("MMMM uuuu", Culture)
        : date.ToString("d MMMM uuuu", Culture);
}
