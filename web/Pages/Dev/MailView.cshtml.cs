using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Mail;

namespace Slotwright.Pages.Dev;

/// <summary>One written mail with its parts; in Development only.</summary>
public sealed class MailViewModel(IWebHostEnvironment environment) : PageModel
{
    public WrittenMail Mail { get; private set; } = null!;

    public async Task<IActionResult> OnGet(string id)
    {
        if (!environment.IsDevelopment()
            || HttpContext.RequestServices.GetService<IWrittenMails>() is not { } mails
            || await mails.Read(id) is not { } mail)
        {
            return NotFound();
        }

        Mail = mail;
        return Page();
    }
}
