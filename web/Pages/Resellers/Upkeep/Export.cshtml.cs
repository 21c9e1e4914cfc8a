using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;
using NodaTime;
using NodaTime.Text;
using Slotwright.Exports;
using Slotwright.Localisation;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Upkeep;

/// <summary>All clients of the reseller as a file: a line each, in the reader's language and the time of the reseller's zone.</summary>
public sealed class ExportModel(ClientSheet sheet, IClock clock) : PageModel
{
    public async Task<IActionResult> OnGet(string format)
    {
        var account = HttpContext.Account();
        var zone = TimeWords.Zone(account.Brand.TimeZone);
        var lines = sheet.Lines(account.Id);
        var name = $"{account.Name}-{LocalDatePattern.Iso.Format(clock.GetCurrentInstant().InZone(zone).Date)}.{format}";
        if (format == "xlsx")
        {
            return File(await Workbook(lines, zone), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", name);
        }

        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = name }.ToString();
        await sheet.WriteCsv(Response.Body, lines, zone, HttpContext.RequestAborted);
        return new EmptyResult();
    }

    /// <summary>A workbook is an archive whose parts are written in turns: on disk, until it is sent.</summary>
    private async Task<Stream> Workbook(IAsyncEnumerable<Slotwright.Resellers.ClientExportLine> lines, DateTimeZone zone)
    {
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
        try
        {
            await sheet.WriteExcel(file, lines, zone, HttpContext.RequestAborted);
            file.Position = 0;
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
