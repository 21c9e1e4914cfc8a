using Microsoft.Playwright;

namespace Slotwright.Browser;

/// <summary>A walk past every page, as a visitor, a customer and an owner come by them. Each stop has a name in kebab case.</summary>
internal static class Tour
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Stops at each page; whoever walks looks at it there. <paramref name="number"/> keeps the bookings of several walks apart.</summary>
    public static async IAsyncEnumerable<string> Walk(Visit visit, int number)
    {
        var page = visit.Page;
        foreach (var (name, path) in ((string, string)[])
            [
                ("home", "/"), ("plans", "/plans"), ("resellers", "/resellers"), ("affiliates", "/affiliates"), ("terms", "/terms"), ("sign-up", "/signup"),
                ("sign-up-done", "/signup?done=true"), ("schedules", "/schedule/petite-table"), ("week", "/schedule/corner-barber/Chairs"),
                ("week-of-a-regular-account", "/schedule/harbour-yoga/Private_lessons"), ("week-far-ahead", "/schedule/harbour-yoga/Private_lessons?day=2099-01-01"),
                ("not-found", "/schedule/corner-barber/Nothing"),
            ])
        {
            await visit.Open(path);
            yield return name;
        }

        await ChooseTime(visit, "/schedule/corner-barber/Chairs", number);
        yield return "week-with-a-chosen-time";

        await Submit(page, "#chosen", "#chosen button");
        yield return "booking";

        await Submit(page, "#booking", "button[form=booking]");
        yield return "booking-with-errors";

        await page.FillAsync("[name=Name]", "Ida Quill");
        var email = $"ida{number}@quill.example";
        await page.FillAsync("[name=Email]", email);
        await Submit(page, "#booking", "button[form=booking]");
        yield return "booked";

        var manage = new Uri(page.Url).AbsolutePath;
        await visit.Open(manage);
        yield return "managed";

        await visit.Open("/schedule/corner-barber/my-appointments");
        yield return "my-appointments";

        await page.FillAsync("#own [name=Email]", email);
        await Submit(page, "#own", "#own button[type=submit]");
        yield return "my-appointments-asked";

        await visit.Open(await OwnAppointments(visit, email));
        yield return "my-appointments-listed";

        await visit.Open("/schedule/corner-barber/my-appointments/spent");
        yield return "my-appointments-with-a-spent-link";

        await visit.Open(manage + "/move");
        yield return "moving";

        await Follow(page, page.Locator("a.time").Nth(number));
        yield return "move-confirmation";

        await Submit(page, "main form", "main form button[type=submit]");
        yield return "moved";

        await visit.Open(manage + "/cancel");
        yield return "cancelling";

        await Submit(page, "main form", "main form button[type=submit]");
        yield return "cancelled";

        await visit.Open("/signup");
        await page.FillAsync("[name=DisplayName]", "Ida’s bakery");
        await page.FillAsync("[name=Name]", "support");
        await page.FillAsync("[name=Email]", "ida@quill.example");
        await Submit(page, "main form", "main form button[type=submit]");
        yield return "sign-up-with-errors";

        await visit.Open("/signin");
        yield return "sign-in";

        await visit.SignIn("owner@corner-barber.example", "wrong");
        yield return "sign-in-refused";

        await visit.SignIn("owner@corner-barber.example", "demo-corner-barber");
        await visit.Open("/a/corner-barber");
        yield return "today";

        // A day that no other walk takes.
        var day = $"2031-0{1 + (number % 9)}-1{number / 9 % 10}";
        await visit.Open($"/a/corner-barber/appointment/new?at={day}T10:00");
        yield return "new-appointment";

        await Submit(page, "form.fields", "form.fields button[type=submit]");
        yield return "new-appointment-with-errors";

        await page.FillAsync("[name=Name]", "Renée Dupont");
        await page.FillAsync("[name=Email]", "renee@dupont.example");
        await page.FillAsync("[name=Note]", "By the window, please.");
        await Submit(page, "form.fields", "form.fields button[type=submit]");
        yield return "appointment";

        var appointment = new Uri(page.Url).AbsolutePath;
        foreach (var act in (string[])["time", "details", "cancel"])
        {
            await visit.Open($"{appointment}/{act}");
            yield return $"appointment-{act}";
        }

        await visit.Open($"/a/corner-barber/block/new?at={day}T12:00&until={day}T14:00");
        yield return "new-block";

        foreach (var view in (string[])["week", "day", "resources"])
        {
            await visit.Open($"/a/corner-barber/calendar?view={view}&day={day}");
            await page.Locator(".ec-event .what").First.WaitForAsync();
            yield return $"calendar-by-{view}";
        }

        await visit.Open("/a/corner-barber/find?q=dupont");
        yield return "find";

        await visit.Open($"/a/corner-barber?day={day}");
        yield return "day-with-appointments";

        await visit.Open("/dev/mail");
        yield return "mails";

        await visit.Open("/set-password/1/0123456789abcdef");
        yield return "set-password-with-a-spent-link";
    }

    /// <summary>The link of the mail that was asked for.</summary>
    private static async Task<string> OwnAppointments(Visit visit, string email)
    {
        await visit.Mails.Written(email, count: 2);
        await visit.Open("/dev/mail");
        await Follow(visit.Page, visit.Page.Locator("a", new() { HasText = email }).First);
        var link = System.Text.RegularExpressions.Regex.Match(await visit.Page.ContentAsync(), "/schedule/corner-barber/my-appointments/[A-Za-z0-9_-]{40,}");
        Assert.True(link.Success, $"No link was mailed to {email}");
        return link.Value;
    }

    /// <summary>The next day but one that has free times, and a time there that no other walk takes.</summary>
    public static async Task ChooseTime(Visit visit, string schedule, int number)
    {
        await visit.Open(schedule);
        await Follow(visit.Page, visit.Page.Locator("a[rel=next]"));
        var days = visit.Page.Locator("ol.week a.day:not(.none)");
        await Follow(visit.Page, days.Nth(number % await days.CountAsync()));
        var times = visit.Page.Locator("a.time");
        await Choose(visit.Page, times.Nth(number % await times.CountAsync()));
    }

    /// <summary>Chooses a time of the week: with scripts in place, without them by its link.</summary>
    public static async Task Choose(IPage page, ILocator time)
    {
        await time.ClickAsync();
        await page.Locator("#chosen").WaitForAsync();
    }

    /// <summary>From the week to the form, whose time is held.</summary>
    public static async Task OpenForm(Visit visit, string schedule, int number)
    {
        await ChooseTime(visit, schedule, number);
        await Submit(visit.Page, "#chosen", "#chosen button");
    }

    /// <summary>Clicks a link and waits for the page it leads to.</summary>
    public static async Task Follow(IPage page, ILocator link)
    {
        // The page's own event, listened for before the click: a state that is asked for afterwards may be that of the page before.
        var loaded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        void Loaded(object? sender, IPage which) => loaded.TrySetResult();
        page.Load += Loaded;
        try
        {
            await link.ClickAsync();
            await loaded.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);
        }
        finally
        {
            page.Load -= Loaded;
        }
    }

    /// <summary>Sends a form by its button.</summary>
    public static async Task Submit(IPage page, string form, string button)
    {
        Assert.Equal(1, await page.Locator(form).CountAsync());
        await Follow(page, page.Locator(button).First);
    }
}
