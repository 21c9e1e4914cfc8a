namespace Slotwright.Browser;

/// <summary>The pages on which an owner sets an account up, in a real browser.</summary>
[Collection("Harbour Yoga's owner")]
public sealed class SetupTests(Site site)
{
    public static TheoryData<int, bool> Looks => [.. Look.All.Select(look => (look.Width, look.Dark))];

    [Theory, MemberData(nameof(Looks))]
    public async Task Every_page_of_the_set_up_is_accessible_fits_its_window_and_raises_no_complaint(int width, bool dark)
    {
        var look = new Look(width, dark);
        await using var visit = await site.Inspector(look);

        await visit.Inspect(look, SetupTour.Walk(visit));
    }

    /// <summary>An account that has nothing yet ends with a page on which a visitor books, with scripts off throughout.</summary>
    [Fact]
    public async Task Three_questions_end_on_a_page_that_can_be_booked()
    {
        await using var visit = await site.Visit(Look.Phone, "fr", scripts: false);
        var page = visit.Page;
        await visit.SignIn("owner@atelier-web.example", "demo-atelier-web");
        await visit.Open("/a/atelier-web");
        Assert.EndsWith("/a/atelier-web/guide", page.Url, StringComparison.Ordinal);

        await page.FillAsync("[name=Name]", "Conseil");
        await Tour.Submit(page, "#guide", "#guide .actions button[value=next]");
        await page.FillAsync("[name=From]", "10:00");
        await page.FillAsync("[name=To]", "10:00");
        await Tour.Submit(page, "#guide", "#guide .actions button[value=next]");
        Assert.Equal(1, await page.Locator("#hours-error").CountAsync());
        await page.FillAsync("[name=To]", "16:00");
        await Tour.Submit(page, "#guide", "#guide .actions button[value=next]");
        await page.FillAsync("[name=Length]", "60");
        await page.FillAsync("[name=People]", "Léa\nTom");
        await Tour.Submit(page, "#guide", "#guide .actions button[value=next]");

        Assert.Contains("lun–ven 10\u00a0h–16\u00a0h", await page.Locator(".sentences").InnerTextAsync(), StringComparison.Ordinal);
        await Tour.ChooseTime(visit, "/schedule/atelier-web/Conseil", number: 1);
        await Tour.Submit(page, "#chosen", "#chosen button");
        await page.FillAsync("[name=Name]", "Ida Quill");
        await page.FillAsync("[name=Email]", "ida@quill.example");
        await Tour.Submit(page, "#booking", "button[form=booking]");
        Assert.Contains("/schedule/atelier-web/appointment/", page.Url, StringComparison.Ordinal);
    }

    /// <summary>With scripts a row comes without a round trip, hours can be painted, and the fields say what was painted.</summary>
    [Fact]
    public async Task Hours_are_painted_with_a_pointer_and_typed_with_a_keyboard()
    {
        await using var visit = await site.Visit(Look.Laptop);
        var page = visit.Page;
        await visit.SignIn("owner@corner-barber.example", "demo-corner-barber");
        await visit.Open("/a/corner-barber/schedules");
        await Tour.Follow(page, page.Locator("a.card.row").First);
        await visit.Open(new Uri(page.Url).AbsolutePath + "/hours");
        var sunday = page.Locator(".hours-day[data-day='7']");
        await sunday.ScrollIntoViewIfNeededAsync();
        var strip = (await sunday.Locator(".strip").BoundingBoxAsync())!;

        await page.Mouse.MoveAsync(strip.X + (strip.Width * 10 / 24) + 2, strip.Y + 5);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(strip.X + (strip.Width * 12 / 24) - 2, strip.Y + 5);
        await page.Mouse.UpAsync();
        await sunday.Locator("[data-add]").ClickAsync();
        await page.Keyboard.TypeAsync("0200PM");
        await sunday.Locator("[name=d7-to]").Nth(1).FillAsync("15:30");

        Assert.Equal(("10:00", "12:00"), (await sunday.Locator("[name=d7-from]").First.InputValueAsync(), await sunday.Locator("[name=d7-to]").First.InputValueAsync()));
        Assert.Equal("14:00", await sunday.Locator("[name=d7-from]").Nth(1).InputValueAsync());
        await Tour.Submit(page, "#hours", "#hours .actions button[value=save]");
        Assert.Contains("Sun 10–12 and 14–15:30", await page.Locator(".said").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Empty(visit.Complaints);
    }

    /// <summary>Not a test but a camera, as <see cref="PageTests.Screenshots"/>.</summary>
    [Fact(Explicit = true)]
    public Task Screenshots() => site.PhotographAll((visit, _) => SetupTour.Walk(visit));
}
