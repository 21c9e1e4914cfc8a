using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Mail;

namespace Slotwright.Pages.Dev;

/// <summary>Mails that were written to files because no server sends them; in Development only.</summary>
public sealed class MailListModel(IWebHostEnvironment environment, IConfiguration configuration) : PageModel
{
    public IReadOnlyList<WrittenMailListing> Mails { get; private set; } = [];

    /// <summary>Its dashboard is worth a look.</summary>
    public bool IsLiving => configuration.GetValue<bool>("Demo:Traffic");

    public async Task<IActionResult> OnGet()
    {
        if (!environment.IsDevelopment() || HttpContext.RequestServices.GetService<IWrittenMails>() is not { } mails)
        {
            return NotFound();
        }

        Mails = await mails.List();
        return Page();
    }
}
