using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Exports;
using Slotwright.Localisation;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Upkeep;

/// <summary>All clients of the reseller as a workbook: a line each, in the reader's language and the time of the reseller's zone.</summary>
public sealed class ExcelModel(ClientSheet sheet) : PageModel
{
    public async Task<IActionResult> OnGet()
    {
        var account = HttpContext.Account();

        // A workbook is an archive whose parts are written in turns: on disk, until it is sent.
        var file = new FileStream(
            Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
        try
        {
            await sheet.WriteExcel(file, sheet.Lines(account.Id), TimeWords.Zone(account.Brand.TimeZone), HttpContext.RequestAborted);
            file.Position = 0;
            return File(file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", sheet.FileName(account, "xlsx"));
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }
}
