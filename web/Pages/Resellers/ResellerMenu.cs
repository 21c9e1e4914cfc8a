using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Pages.BackOffice;
using Slotwright.Platform;

namespace Slotwright.Pages.Resellers;

/// <summary>The menu of the reseller dashboard, in the order shown; as <see cref="BackOfficeMenu"/>, an entry is shown as soon as there is a page for it.</summary>
public sealed class ResellerMenu(IActionDescriptorCollectionProvider pages)
{
    private static readonly IReadOnlyList<MenuEntry> All =
    [
        new("Clients", "/Resellers/Clients", account => Links.Reseller(account)),
        new("Activity", "/Resellers/Activity", account => Links.Reseller(account, "activity")),
        new("Statements", "/Resellers/Statements", account => Links.Statements(account)),
        new("Templates", "/Resellers/Templates", account => Links.Reseller(account, "templates")),
        new("Settings", "/Resellers/Settings", account => Links.Reseller(account, "settings")),
    ];

    public IReadOnlyList<MenuEntry> Entries { get; } =
        [.. All.Where(entry => pages.ActionDescriptors.Items.OfType<PageActionDescriptor>().Any(page => entry.Holds(page.ViewEnginePath)))];
}
