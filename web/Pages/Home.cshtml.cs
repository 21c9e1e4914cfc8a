using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;
using Slotwright.Accounts;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Pages;

/// <summary>The platform's own front door, on the platform's own host only: any other host gets a page that is not there.</summary>
public sealed class HomeModel(Faces faces, IOptions<PlatformOptions> platform, IWebHostEnvironment environment) : PageModel
{
    private static readonly string[] DemoNames = ["corner-barber", "petite-table", "harbour-yoga"];

    /// <summary>Accounts of the demo world that exist here; empty outside Development.</summary>
    public IReadOnlyList<AccountFace> Demo { get; private set; } = [];

    public async Task<IActionResult> OnGet()
    {
        if (!IsPlatformHost(Request.Host.Host))
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

    private bool IsPlatformHost(string host) =>
        string.Equals(host, new Uri(platform.Value.BaseUrl).Host, StringComparison.OrdinalIgnoreCase)
        || (environment.IsDevelopment() && host is "localhost" or "127.0.0.1" or "[::1]");
}
