using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using QRCoder;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>The address of a schedule as a QR code, black on white with its quiet zone: <c>svg</c> or <c>png</c>.</summary>
public sealed class CodeModel(Faces faces) : PageModel
{
    private const int PixelsPerModule = 20;

    public async Task<IActionResult> OnGet(int id, string format)
    {
        var account = HttpContext.Account();
        if (format is not ("svg" or "png") || await faces.Schedule(account.Id, id) is not { } schedule)
        {
            return NotFound();
        }

        var address = HttpContext.Absolute(Links.Schedule(account.Name, schedule.Name));
        using var code = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        Response.Headers.CacheControl = "private, no-cache";
        if (format == "png")
        {
            using var png = new PngByteQRCode(code);
            return File(png.GetGraphic(PixelsPerModule), "image/png");
        }

        return File(Encoding.UTF8.GetBytes(Draw(code)), "image/svg+xml");
    }

    /// <summary>One path of squares, a module each.</summary>
    private static string Draw(QRCodeData code)
    {
        var size = code.ModuleMatrix.Count;
        var path = new StringBuilder();
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++)
            {
                if (code.ModuleMatrix[y][x])
                {
                    path.Append(System.Globalization.CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
        }

        return $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {size} {size}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{size}v{size}H0z\"/><path d=\"{path}\"/></svg>";
    }
}
