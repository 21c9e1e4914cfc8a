using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Billing;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Subscriptions;

/// <summary>What a regular account was charged in one month.</summary>
[Asks(SetupAct.Subscribe)]
public sealed class StatementModel(Grains grains, StatementFiles files) : PageModel
{
    public Statement Statement { get; private set; } = null!;

    public async Task<IActionResult> OnGet(string month, [FromQuery(Name = "as")] string? kind)
    {
        if (HttpContext.PayerOrNone() is not { ResellerId: null } || await grains.Billing(HttpContext.Account().Id).Statement(month) is not { } statement)
        {
            return NotFound();
        }

        Statement = statement;
        return kind is null ? Page() : files.Answer(statement, kind) ?? NotFound();
    }
}
