using Microsoft.Playwright;

namespace Slotwright.Browser;

/// <summary>The owner's day in a real browser: by dragging, by keyboard, and while others book.</summary>
public sealed class DayTests(Site site)
{
    private const string Office = "/a/corner-barber";

    [Fact]
    public async Task An_appointment_is_dragged_lengthened_and_put_back_and_one_over_another_asks_first()
    {
        await using var visit = await Owner(Look.Laptop);
        var page = visit.Page;
        await Book(visit, "2032-02-03T10:00", "Dora Drag");
        await Book(visit, "2032-02-03T13:00", "Theo Other");
        await Calendar(visit, "2032-02-03");
        var slot = await HalfHour(page, "Dora Drag");

        await Drag(page, "Dora Drag", slot * 2);
        await Said(page, "Moved to Tuesday 3 February 2032, 11:00 – 11:30, Chair 1.");
        await page.Locator("#said button").ClickAsync();
        await Said(page, "Back at Tuesday 3 February 2032, 10:00 – 10:30, Chair 1.");
        await Drawn(page, "10:00 – 10:30 Dora Drag");

        await Drag(page, "Dora Drag", slot, atTheEdge: true);
        await Said(page, "Lengthened to 11:00.");
        await Drawn(page, "10:00 – 11:00 Dora Drag");

        await Drag(page, "Dora Drag", slot * 6);
        Assert.Contains("13:00 – 13:30 with Theo Other is booked on Chair 1.", await page.Locator("dialog[open]").InnerTextAsync(), StringComparison.Ordinal);
        await page.Locator("dialog[open] button[value=no]").ClickAsync();
        await Said(page, "This time is taken");
        await Drawn(page, "10:00 – 11:00 Dora Drag");
        Assert.Contains("10:00 – 11:00", await Label(page, "Dora Drag"), StringComparison.Ordinal);

        await Drag(page, "Dora Drag", slot * 6);
        await page.Locator("dialog[open] button[value=yes]").ClickAsync();
        await Said(page, "Moved to Tuesday 3 February 2032, 13:00 – 14:00, Chair 1.");
        Assert.Empty(visit.Complaints);
    }

    [Fact]
    public async Task The_week_marks_the_day_that_is_today()
    {
        await using var visit = await Owner(Look.Laptop);
        await visit.Open($"{Office}/calendar?view=week");

        var marked = visit.Page.Locator(".ec-col-head.ec-today");
        await marked.First.WaitForAsync();

        Assert.Equal("700", await marked.First.EvaluateAsync<string>("head => getComputedStyle(head).fontWeight"));
    }

    /// <summary>All that dragging does, with the keyboard alone: the calendar's entries and its list lead to plain forms.</summary>
    [Fact]
    public async Task Everything_is_done_with_the_keyboard_alone()
    {
        await using var visit = await Owner(Look.Laptop);
        var page = visit.Page;
        await Book(visit, "2032-02-10T10:00", "Kay Board");
        await Calendar(visit, "2032-02-10");

        await page.Locator(".ec-event a", new() { HasText = "Kay Board" }).FocusAsync();
        await Press(page, "Enter");
        await page.Locator("a[href$='/time']").FocusAsync();
        await Press(page, "Enter");
        await page.Locator("#length").FocusAsync();
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync("75");
        await Press(page, "Enter");
        Assert.Contains("10:00 – 11:15", await page.Locator(".sub").InnerTextAsync(), StringComparison.Ordinal);

        await visit.Open($"{Office}/calendar?view=day&day=2032-02-10");
        await page.Locator("#plainly summary").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".lines-of-day a", new() { HasText = "Kay Board" }).FocusAsync();
        await Press(page, "Enter");
        await page.Locator("a[href$='/cancel']").FocusAsync();
        await Press(page, "Enter");
        await page.Locator("main form button[type=submit]").FocusAsync();
        await Press(page, "Enter");
        Assert.Equal("Cancelled", await page.Locator("h1 .tag").InnerTextAsync());
    }

    [Fact]
    public async Task An_open_calendar_shows_at_once_what_somebody_else_books()
    {
        await using var open = await Owner(Look.Laptop);
        await using var other = await Owner(Look.Phone, scripts: false);
        await open.Open($"{Office}/calendar?view=day&day=2032-02-17");
        await open.Page.Locator("#calendar[data-listening]").WaitForAsync();

        await Book(other, "2032-02-17T15:00", "Live Wire");

        await open.Page.Locator(".ec-event", new() { HasText = "Live Wire" }).WaitForAsync(new() { Timeout = 5000 });
    }

    [Fact]
    public async Task Whoever_is_on_an_entry_with_the_keyboard_stays_there_when_somebody_else_books()
    {
        await using var open = await Owner(Look.Laptop);
        await using var other = await Owner(Look.Phone, scripts: false);
        await Book(other, "2032-02-18T10:00", "Kay Board");
        await Calendar(open, "2032-02-18");
        await open.Page.Locator(".ec-event a", new() { HasText = "Kay Board" }).FocusAsync();

        await Book(other, "2032-02-18T15:00", "Live Wire");

        await open.Page.Locator(".ec-event", new() { HasText = "Live Wire" }).WaitForAsync();
        await open.Page.WaitForFunctionAsync("() => document.activeElement.matches('a.entry') && document.activeElement.textContent.includes('Kay Board')");
    }

    /// <summary>Touch targets: 24 pixels at least for whatever is pressed, 44 for the buttons of the day (WCAG 2.5.8, and our own measure).</summary>
    [Fact]
    public async Task Whatever_is_pressed_is_large_enough()
    {
        await using var visit = await Owner(Look.Phone);
        await Book(visit, "2032-02-24T10:00", "Tilly Thumb");
        foreach (var path in (string[])[$"{Office}?day=2032-02-24", $"{Office}/calendar?view=week&day=2032-02-24", $"{Office}/find?q=thumb", $"{Office}/appointment/new"])
        {
            await visit.Open(path);

            var small = await visit.Page.EvaluateAsync<string[]>(
                """
                () => [...document.querySelectorAll("main a, main button, main input:not([type=hidden]), main select, main summary, .menu a")]
                    .filter(element => element.checkVisibility())
                    .map(element => [element, element.getBoundingClientRect()])
                    .filter(([element, box]) => box.height < 24 || (element.matches(".btn, .menu a, .chip") && box.height < 44))
                    .map(([element, box]) => `${element.outerHTML.slice(0, 80)} ${box.height}`)
                """);

            Assert.True(small.Length == 0, $"{path}\n{string.Join('\n', small)}");
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task The_pages_of_the_day_are_accessible_and_fit_at_320_pixels(bool dark)
    {
        await using var visit = await Owner(new Look(320, dark), "fr");
        await Book(visit, dark ? "2032-03-02T10:00" : "2032-03-02T12:00", "Renée Dupont");
        var appointment = new Uri(visit.Page.Url).AbsolutePath;
        var faults = new List<string>();
        foreach (var path in (string[])
            [
                $"{Office}?day=2032-03-02", $"{Office}/calendar?view=week&day=2032-03-02", $"{Office}/calendar?view=day&day=2032-03-02",
                $"{Office}/calendar?view=resources&day=2032-03-02", $"{Office}/find?q=dupont", appointment, $"{appointment}/time",
                $"{appointment}/details", $"{appointment}/cancel", $"{Office}/appointment/new", $"{Office}/block/new",
            ])
        {
            await visit.Open(path);
            if (path.Contains("calendar", StringComparison.Ordinal))
            {
                await visit.Page.Locator(".ec-event .what").First.WaitForAsync();
            }

            faults.AddRange((await visit.AccessibilityFaults()).Select(fault => $"{path}: {fault}"));
            if (await visit.SidewaysOverflow() is > 0 and var pixels)
            {
                faults.Add($"{path}: {pixels} pixels wider than the window");
            }
        }

        faults.AddRange(visit.Complaints);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private async Task<Visit> Owner(Look look, string language = "en", bool scripts = true)
    {
        var visit = await site.Visit(look, language, scripts);
        await visit.SignIn("owner@corner-barber.example", "demo-corner-barber");
        return visit;
    }

    /// <summary>In the first chair, for half an hour.</summary>
    private static async Task Book(Visit visit, string at, string name)
    {
        var page = visit.Page;
        await visit.Open($"{Office}/appointment/new?at={at}");
        await page.FillAsync("[name=Name]", name);
        var first = await page.Locator("[name=Place] option").Nth(1).GetAttributeAsync("value");
        await page.SelectOptionAsync("[name=Place]", first!);
        await Tour.Submit(page, "form.fields", "form.fields button[type=submit]");
        Assert.Contains("done=booked", page.Url, StringComparison.Ordinal);
    }

    private static async Task Calendar(Visit visit, string day)
    {
        await visit.Open($"{Office}/calendar?view=day&day={day}");
        await visit.Page.Locator(".ec-event .what").First.WaitForAsync();
        // It is drawn once more when the live connection stands.
        await visit.Page.Locator("#calendar[data-listening]").WaitForAsync();
    }

    private static async Task Press(IPage page, string key)
    {
        await page.RunAndWaitForResponseAsync(() => page.Keyboard.PressAsync(key), answer => answer.Request.IsNavigationRequest && answer.Status < 300);
        await page.WaitForLoadStateAsync(LoadState.Load);
    }

    private static async Task<float> HalfHour(IPage page, string name) => (await Box(page, name)).Height;

    /// <summary>Waits while the calendar is drawn anew, as it is after each change: the entry then has no place for a moment.</summary>
    private static async Task<LocatorBoundingBoxResult> Box(IPage page, string name)
    {
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        var entry = page.Locator(".ec-event", new() { HasText = name }).First;
        LocatorBoundingBoxResult? box;
        do
        {
            await entry.WaitForAsync();
            box = await entry.BoundingBoxAsync();
        }
        while (box is null);
        return box;
    }

    /// <summary>It is said before it is drawn; a hand that reaches for where it was would miss it.</summary>
    private static async Task Drawn(IPage page, string entry) => await page.Locator(".ec-event", new() { HasText = entry }).WaitForAsync();

    private static async Task<string> Label(IPage page, string name) =>
        await page.Locator(".ec-event a", new() { HasText = name }).First.TextContentAsync() ?? "";

    private static async Task Drag(IPage page, string name, float down, bool atTheEdge = false)
    {
        var box = await Box(page, name);
        var (x, y) = (box.X + (box.Width / 2), atTheEdge ? box.Y + box.Height - 3 : box.Y + 8);
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(x, y + (down / 2), new() { Steps = 5 });
        await page.Mouse.MoveAsync(x, y + down, new() { Steps = 5 });
        await page.Mouse.UpAsync();
    }

    private static Task Said(IPage page, string words) =>
        page.Locator("#said span", new() { HasTextString = words }).WaitForAsync(new() { Timeout = 5000 });
}
