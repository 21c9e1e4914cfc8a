using System.Globalization;
using CsvHelper;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Localisation;

namespace Slotwright.Billing;

/// <summary>A statement as a table for programs: one row per line, amounts with a point, dates as 2026-12-09, UTF-8 with a mark that spreadsheets know it by.</summary>
public sealed class StatementCsv(IStringLocalizer<BillingWords> text)
{
    // A text that a spreadsheet would reckon is shown as a text; numbers are written as such.
    private static readonly CsvWriterOptions Options = new() { WriteByteOrderMark = true, Injection = CsvInjection.Escape };

    public byte[] Write(Statement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        using var stream = new MemoryStream();
        using (var csv = CsvWriter.Create(stream, Options, leaveOpen: true))
        {
            foreach (var column in (string[])["Number", "Client", "Plan", "Kind", "From", "To", "List", "Discount", "Net", "Vat", "Total", "Currency"])
            {
                csv.WriteField(text[$"Statement.{column}"].Value);
            }

            csv.EndRecord();
            foreach (var line in statement.Lines)
            {
                Row(csv, statement, line);
            }
        }

        return stream.ToArray();
    }

    private void Row(CsvWriter csv, Statement statement, StatementLine line)
    {
        csv.WriteField(statement.Heading.Number ?? "");
        csv.WriteField(line.AccountName);
        csv.WriteField(line.PlanName);
        csv.WriteField(text[$"Ledger.{line.Kind}"].Value);
        csv.WriteField(Day(line.PeriodFrom, statement));
        csv.WriteField(Day(line.PeriodTo, statement));
        foreach (var amount in (Money[])[line.Price.List, line.Price.Discount, line.Price.Net, line.Price.Vat, line.Price.Total])
        {
            csv.WriteField(amount.Amount, "F" + Money.Digits(amount.Currency).ToString(CultureInfo.InvariantCulture));
        }

        csv.WriteField(line.Price.Net.Currency);
        csv.EndRecord();
    }

    private static string Day(Instant at, Statement statement) =>
        at.InZone(TimeWords.Zone(statement.TimeZone)).Date.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
