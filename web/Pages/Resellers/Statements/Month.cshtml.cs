using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Billing;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Statements;

/// <summary>One month of a reseller: every charge and credit, as page and as file.</summary>
public sealed class MonthModel(Grains grains, StatementFiles files) : PageModel
{
    public Statement Statement { get; private set; } = null!;

    public async Task<IActionResult> OnGet(string month, [FromQuery(Name = "as")] string? kind)
    {
        if (await grains.Billing(HttpContext.Account().Id).Statement(month) is not { } statement)
        {
            return NotFound();
        }

        Statement = statement;
        return kind is null ? Page() : files.Answer(statement, kind) ?? NotFound();
    }
}
