using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Accounts;
using Slotwright.Tenancy;

namespace Slotwright.Pages;

/// <summary>The platform's own front door, on the platform's own host only: any other host gets a page that is not there.</summary>
public sealed class HomeModel(Faces faces, IWebHostEnvironment environment) : PageModel
{
    private static readonly string[] DemoNames = ["corner-barber", "petite-table", "harbour-yoga"];

    /// <summary>Accounts of the demo world that exist here; empty outside Development.</summary>
    public IReadOnlyList<AccountFace> Demo { get; private set; } = [];

    public async Task<IActionResult> OnGet()
    {
        if (HttpContext.Site().Kind != SiteKind.Platform)
        {
            return NotFound();
        }

        if (environment.IsDevelopment())
        {
            var found = new List<AccountFace>();
            foreach (var name in DemoNames)
            {
                if (await faces.AccountByName(name) is { } reference && await faces.Account(reference.AccountId) is { } account)
                {
                    found.Add(account);
                }
            }

            Demo = found;
        }

        return Page();
    }
}
