using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Operator;

/// <summary>Mails that wait for the operator or were given up: sent after all, or never.</summary>
public sealed class MailModel(Grains grains) : PageModel
{
    public IReadOnlyList<KeptMail> Mails { get; private set; } = [];

    /// <summary>How many were just decided on; null: none were.</summary>
    public int? Decided { get; private set; }

    public async Task<IActionResult> OnGet([FromQuery] int? decided)
    {
        if (await grains.Platform.KeptMails(HttpContext.OperatorPass()) is not { } mails)
        {
            return NotFound();
        }

        (Mails, Decided) = (mails, decided);
        return Page();
    }

    public async Task<IActionResult> OnPost([FromForm] List<string>? id, [FromForm(Name = "do")] string? press)
    {
        // Nothing ticked is nothing done: all of them at once is for the command line.
        if (id is not { Count: > 0 and <= 200 } || press is not ("release" or "drop"))
        {
            return new SeeOther(Links.Operator("mail"));
        }

        var decided = await grains.Platform.DecideMails(HttpContext.OperatorPass(), new MailDecision(id, press == "release"));
        return decided is { } count ? new SeeOther(Links.Operator("mail") + "?decided=" + count.ToString(System.Globalization.CultureInfo.InvariantCulture)) : NotFound();
    }
}
