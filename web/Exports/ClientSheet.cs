using System.Data;
using System.Globalization;
using CsvHelper;
using Microsoft.Extensions.Localization;
using MiniExcelLibs;
using NodaTime;
using NodaTime.Text;
using Slotwright.Localisation;
using Slotwright.Resellers;
using Slotwright.Tenancy;

namespace Slotwright.Exports;

/// <summary>The clients of a reseller as a table: read a page at a time and written as it is read, so that its length costs no memory.</summary>
public sealed class ClientSheet(Grains grains, IStringLocalizer<UpkeepWords> text)
{
    private const int PageOfLines = 1000;

    private static readonly LocalDateTimePattern Written = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    private static readonly IReadOnlyList<string> Columns =
        ["Name", "Email", "Status", "Plan", "Used", "Limit", "Domain", "Created", "LastSignIn", "Price", "TrialUsed"];

    /// <summary>Clients in the order in which they were made.</summary>
    public async IAsyncEnumerable<ClientExportLine> Lines(int resellerId)
    {
        var last = 0;
        IReadOnlyList<ClientExportLine> page;
        do
        {
            page = await grains.Reseller(resellerId).ExportClients(last, PageOfLines);
            foreach (var line in page)
            {
                yield return line;
                last = line.AccountId;
            }
        }
        while (page.Count == PageOfLines);
    }

    /// <summary>UTF-8 with its mark, without which some programs take accents for something else; separated by commas (RFC 4180).</summary>
    public async Task WriteCsv(Stream target, IAsyncEnumerable<ClientExportLine> lines, DateTimeZone zone, CancellationToken ending)
    {
        await using var csv = CsvWriter.Create(target, new CsvWriterOptions { WriteByteOrderMark = true }, leaveOpen: true);
        await csv.WriteRecordAsync([.. Columns.Select(Heading)], ending);
        await foreach (var line in lines.WithCancellation(ending))
        {
            await csv.WriteRecordAsync([.. Cells(line, zone).Select(Plain)], ending);
        }

        await csv.FlushAsync(ending);
    }

    /// <summary>A workbook with one sheet: numbers are numbers and dates are dates.</summary>
    public async Task WriteExcel(Stream target, IAsyncEnumerable<ClientExportLine> lines, DateTimeZone zone, CancellationToken ending)
    {
        await using var rows = lines.GetAsyncEnumerator(ending);
        var sheet = text["Export.Sheet"].Value;
        await (await rows.MoveNextAsync()
            ? target.SaveAsAsync(Rows(), sheetName: sheet, cancellationToken: ending)
            : target.SaveAsAsync(Empty(), sheetName: sheet, cancellationToken: ending));

        async IAsyncEnumerable<Dictionary<string, object?>> Rows()
        {
            do
            {
                yield return Columns.Select(Heading).Zip(Cells(rows.Current, zone)).ToDictionary(cell => cell.First, cell => cell.Second is LocalDateTime at ? at.ToDateTimeUnspecified() : cell.Second);
            }
            while (await rows.MoveNextAsync());
        }
    }

    /// <summary>In the order of the columns: texts, numbers and local times.</summary>
    private object?[] Cells(ClientExportLine line, DateTimeZone zone) =>
    [
        SpreadsheetText.Safe(line.Name),
        SpreadsheetText.Safe(line.OwnerEmail),
        text[$"Status.{line.Status}"].Value,
        SpreadsheetText.Safe(line.PlanName),
        line.Upcoming,
        line.Allowed is { } allowed ? allowed : text["Export.NoLimit"].Value,
        SpreadsheetText.Safe(line.Domain),
        line.CreatedAt.InZone(zone).LocalDateTime,
        line.LastSignInAt?.InZone(zone).LocalDateTime,
        SpreadsheetText.Safe(line.Price),
        text[line.TrialUsed ? "Export.Yes" : "Export.No"].Value,
    ];

    private string Heading(string column) => text[$"Export.{column}"].Value;

    private DataTable Empty()
    {
        var table = new DataTable { Locale = CultureInfo.InvariantCulture };
        table.Columns.AddRange([.. Columns.Select(column => new DataColumn(Heading(column)))]);
        return table;
    }

    private static string Plain(object? cell) => cell switch
    {
        null => "",
        LocalDateTime at => Written.Format(at),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };
}
