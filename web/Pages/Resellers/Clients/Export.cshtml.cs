using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using NodaTime;
using NodaTime.Text;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Clients;

/// <summary>Everything of one client as a ZIP, written while it is read.</summary>
public sealed class ExportModel(Grains grains, IClock clock) : PageModel
{
    public async Task<IActionResult> OnGet(int client)
    {
        var resellerId = HttpContext.Account().Id;
        if (await grains.Reseller(resellerId).ExportSetUp(client) is not { } setUp)
        {
            return NotFound();
        }

        var day = LocalDatePattern.Iso.Format(clock.GetCurrentInstant().InUtc().Date);
        Response.ContentType = "application/zip";
        Response.Headers.ContentDisposition = $"attachment; filename=\"{setUp.Face.Name}-{day}.zip\"";
        if (!await new ClientArchive(grains, resellerId, setUp).Write(Response.Body, HttpContext.RequestAborted))
        {
            // No longer this reseller's: what was begun must not look whole.
            HttpContext.Abort();
        }

        return new EmptyResult();
    }
}
