using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Slotwright.Platform;

namespace Slotwright.Billing;

/// <summary>A statement as a file.</summary>
public sealed class StatementFiles(StatementPdf pdf, StatementCsv csv, IOptions<PlatformOptions> platform)
{
    /// <summary>Null: that is no kind of file.</summary>
    public IActionResult? Answer(Statement statement, string kind) => kind switch
    {
        "pdf" => new FileContentResult(pdf.Write(statement, platform.Value.Name), "application/pdf") { FileDownloadName = Name(statement, "pdf") },
        "csv" => new FileContentResult(csv.Write(statement), "text/csv; charset=utf-8") { FileDownloadName = Name(statement, "csv") },
        _ => null,
    };

    private static string Name(Statement statement, string extension) => $"statement-{statement.Heading.Number ?? statement.Heading.Month}.{extension}";
}
