using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice;

/// <summary>
/// The menu of the back office, in the order shown. An entry stands for every page at or below its page's path; it is shown as soon
/// as there is one. A page of another place says under which entry it belongs by <c>ViewData["Menu"]</c>, the entry's key.
/// </summary>
public sealed class BackOfficeMenu(IActionDescriptorCollectionProvider pages)
{
    private static readonly IReadOnlyList<MenuEntry> All =
    [
        new("Today", "/BackOffice/Today", Links.BackOffice),
        new("Calendar", "/BackOffice/Calendar", account => Links.BackOffice(account, "calendar")),
        new("Find", "/BackOffice/Find", account => Links.BackOffice(account, "find")),
        new("Schedules", "/BackOffice/Schedules", account => Links.BackOffice(account, "schedules")),
        new("Usage", "/BackOffice/Usage", account => Links.BackOffice(account, "usage")),
        new("Subscription", "/BackOffice/Subscriptions", Links.Subscription) { IsFor = http => http.PayerOrNone() is not null },
        new("Settings", "/BackOffice/Settings", account => Links.BackOffice(account, "settings")),
    ];

    public IReadOnlyList<MenuEntry> Entries { get; } =
        [.. All.Where(entry => pages.ActionDescriptors.Items.OfType<PageActionDescriptor>().Any(page => entry.Holds(page.ViewEnginePath)))];
}

/// <summary>One line of the menu.</summary>
/// <param name="Key">Its text is <c>Menu.{Key}</c>.</param>
/// <param name="Page">Path of the page or of the folder of pages that it leads to.</param>
/// <param name="Address">From the account's name.</param>
public sealed record MenuEntry(string Key, string Page, Func<string, string> Address)
{
    /// <summary>False: the page is not there for whoever asks.</summary>
    public Func<HttpContext, bool> IsFor { get; init; } = static _ => true;

    public bool Holds(string? page) =>
        page is not null && page.StartsWith(Page, StringComparison.Ordinal) && (page.Length == Page.Length || page[Page.Length] == '/');
}
