using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Limits;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Customers;

/// <summary>A customer types their e-mail and gets a link by mail. The answer is the same whether or not the business knows it.</summary>
[Limited(LimitClass.PublicBooking)]
public sealed class LinkRequestModel(Grains grains, IStringLocalizer<Localisation.Customers> text) : PageModel
{
    public string Email { get; private set; } = "";

    public string? Problem { get; private set; }

    public bool Sent { get; private set; }

    public void OnGet(string? done) => Sent = done == "1";

    public async Task<IActionResult> OnPost([FromForm(Name = "Email")] string? email)
    {
        Email = TypedText.Line(email);
        if (!TypedText.IsEmail(Email))
        {
            Problem = text["Own.EmailWrong"];
            return Page();
        }

        var account = HttpContext.Account();
        await grains.Customers(account.Id).SendLink(Email, Languages.Current);
        return new SeeOther(Links.OwnAppointments(account.Name) + "?done=1");
    }
}
