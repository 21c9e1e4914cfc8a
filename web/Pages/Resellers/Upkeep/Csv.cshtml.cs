using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;
using Slotwright.Exports;
using Slotwright.Localisation;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Upkeep;

/// <summary>All clients of the reseller as a text with commas, written as it is read; words as in <see cref="ExcelModel"/>.</summary>
public sealed class CsvModel(ClientSheet sheet) : PageModel
{
    public async Task<IActionResult> OnGet()
    {
        var account = HttpContext.Account();
        var lines = sheet.Lines(account.Id);
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = sheet.FileName(account, "csv") }.ToString();
        await sheet.WriteCsv(Response.Body, lines, TimeWords.Zone(account.Brand.TimeZone), HttpContext.RequestAborted);
        return new EmptyResult();
    }
}
