using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Accounts;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Public;

/// <summary>The platform's front door.</summary>
public sealed class HomeModel(Grains grains, Faces faces, IWebHostEnvironment environment) : PageModel
{
    private static readonly string[] DemoNames = ["corner-barber", "petite-table", "harbour-yoga"];

    /// <summary>Accounts of the demo world that exist here; empty outside Development.</summary>
    public IReadOnlyList<AccountFace> Demo { get; private set; } = [];

    /// <summary>Upcoming appointments that cost nothing.</summary>
    public int FreeAppointments { get; private set; }

    public async Task OnGet()
    {
        FreeAppointments = (await grains.FrontDoor.Plans()).Plans[0].Upcoming ?? 0;
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
    }
}
