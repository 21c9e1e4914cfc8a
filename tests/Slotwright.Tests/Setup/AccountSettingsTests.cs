using System.Net;
using Slotwright.Accounts;

namespace Slotwright.Setup;

public sealed class AccountSettingsTests
{
    [Fact, Trait("Requirement", "38"), Trait("Requirement", "40")]
    public async Task A_former_name_redirects_signs_in_and_stays_the_accounts_own()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "harbour-yoga");
        await owner.Open("/a/harbour-yoga/settings");

        await owner.Send("#rename", ("name", "Quay Yoga"));

        Assert.Equal("/a/Quay-Yoga/settings", owner.Address.AbsolutePath);
        product.Clock.AdvanceSeconds(6);
        var visitor = product.NewVisitor();
        using var moved = await visitor.GetAsync(new Uri("/schedule/harbour-yoga/Private_lessons?day=2027-03-08", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.PermanentRedirect, "/schedule/Quay-Yoga/Private_lessons?day=2027-03-08"), (moved.StatusCode, moved.Headers.Location!.OriginalString));
        foreach (var login in new[] { "harbour-yoga", "quay_yoga" })
        {
            var person = await product.Grains.Directory().PersonByLogin(login);
            Assert.NotNull(person);
        }

        using var api = product.NewApiClient("harbour-yoga");
        using var called = await api.GetAsync(new Uri("/api/schedules.json", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, called.StatusCode);

        var other = await product.Account("petite-table");
        Assert.Equal(RenameRefusal.NameTaken, (await other.Rename("Harbour_Yoga")).Refusal);
        Assert.Equal(RenameRefusal.NameTaken, (await other.Rename("quay-yoga")).Refusal);
        Assert.True((await (await product.Account("Quay-Yoga")).Rename("harbour-yoga")).Accepted);
    }

    [Theory]
    [InlineData("ab", "3 to 40")]
    [InlineData("12345", "3 to 40")]
    [InlineData("dashboard", "kept for the pages")]
    [InlineData("corner barber", "taken")]
    [InlineData("<script>alert(1)</script>", "3 to 40")]
    public async Task A_name_that_cannot_be_had_is_refused_at_its_field(string name, string reason)
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "harbour-yoga");
        await owner.Open("/a/harbour-yoga/settings");

        await owner.Send("#rename", ("name", name));

        Assert.Contains(reason, owner.Text("#field-name-error"), StringComparison.Ordinal);
        Assert.Equal(name, owner.Page.QuerySelector("#field-name")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Of_32_accounts_that_want_one_name_at_once_one_gets_it()
    {
        await using var product = await Product.Start();
        var accounts = new[] { "harbour-yoga", "petite-table", "corner-barber", "atelier-web" };
        var grains = await Task.WhenAll(accounts.Select(product.Account));

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(rival => grains[rival % grains.Length].Rename("wanted-name")));

        var winners = answers.Where(answer => answer.Accepted).Select(answer => answer.Value!.Id).Distinct();
        Assert.Single(winners);
        Assert.All(answers.Where(answer => !answer.Accepted), answer => Assert.Equal(RenameRefusal.NameTaken, answer.Refusal));
    }

    [Fact]
    public async Task Ten_former_names_are_enough()
    {
        await using var product = await Product.Start();
        var account = await product.Account("harbour-yoga");
        for (var name = 0; name < 10; name++)
        {
            Assert.True((await account.Rename($"yoga-number-{name}")).Accepted);
        }

        Assert.Equal(RenameRefusal.TooManyNames, (await account.Rename("yoga-number-10")).Refusal);
        Assert.True((await account.Rename("harbour-yoga")).Accepted);
    }

    [Fact]
    public async Task What_customers_read_is_changed_and_bad_input_stands_at_its_field()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "harbour-yoga");
        await owner.Open("/a/harbour-yoga/settings");

        await owner.Send("#information", ("DisplayName", ""), ("Tagline", new string('x', 301)), ("Zone", "Mars/Olympus"), ("Contact", "{{ 7*7 }} <b>"));
        Assert.Equal(3, owner.Page.QuerySelectorAll("#information .error").Length);
        Assert.Equal("{{ 7*7 }} <b>", owner.Page.QuerySelector("#field-Contact")!.GetAttribute("value"));
        await owner.Send("#information", ("DisplayName", "Quay \u202eYoga"), ("Tagline", "Breathe"), ("Zone", "Europe/London"));

        var brand = (await (await product.Account("harbour-yoga")).Face())!.Brand;
        Assert.Equal(("Quay Yoga", "Breathe", "{{ 7*7 }} <b>", "#1d4ed8"), (brand.DisplayName, brand.Tagline, brand.Contact, brand.Colour));
    }

    [Fact, Trait("Fault", "43")]
    public async Task Sites_that_may_frame_the_pages_are_listed_as_people_write_them_and_nothing_else_gets_into_the_header()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "harbour-yoga");
        await owner.Open("/a/harbour-yoga/settings");
        Assert.Contains($"{product.Address.GetLeftPart(UriPartial.Authority)}/schedule/harbour-yoga,", owner.Text("#rename .soft"), StringComparison.Ordinal);

        await owner.Send("#information", ("Frames", "https://a.example; script-src *"));
        Assert.Single(owner.Page.QuerySelectorAll("#field-Frames-error"));
        await owner.Send("#information", ("Frames", " https://WWW.Quay.example/\r\nhttps://*.salon.example:8443, https://www.quay.example"));

        var brand = (await (await product.Account("harbour-yoga")).Face())!.Brand;
        Assert.Equal("https://www.quay.example https://*.salon.example:8443", brand.FramedBy);
        await owner.Open("/a/harbour-yoga/settings");
        Assert.Equal("https://www.quay.example\nhttps://*.salon.example:8443", owner.Fields("#information").Single(field => field.Key == "Frames").Value);
        await owner.Send("#information", ("Frames", ""));
        Assert.Equal("", (await (await product.Account("harbour-yoga")).Face())!.Brand.FramedBy);
    }

    [Fact]
    public async Task The_key_is_shown_on_request_and_a_renewed_one_ends_the_former()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "harbour-yoga");
        await owner.Open("/a/harbour-yoga/settings/key");
        Assert.DoesNotContain("demo-harbour-yoga-key", owner.Source, StringComparison.Ordinal);

        await owner.Post("/a/harbour-yoga/settings/key", owner.Fields("main form", ("do", "show")));
        Assert.Equal("demo-harbour-yoga-key", owner.Page.QuerySelector("#api-key")!.GetAttribute("value"));
        await owner.Post("/a/harbour-yoga/settings/key", owner.Fields("main form", ("do", "renew")));
        Assert.Null(owner.Page.QuerySelector("#api-key"));
        await owner.Post("/a/harbour-yoga/settings/key", owner.Fields("main form", ("do", "renew"), ("sure", "yes")));

        Assert.Matches("^[A-Za-z0-9_-]{22}$", owner.Page.QuerySelector("#api-key")!.GetAttribute("value")!);
        product.Clock.AdvanceSeconds(3);
        using var api = product.NewApiClient("harbour-yoga");
        using var called = await api.GetAsync(new Uri("/api/schedules.json", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, called.StatusCode);
    }

    [Fact, Trait("Requirement", "69"), Trait("Requirement", "74")]
    public async Task The_trial_is_started_once_and_refused_in_words_afterwards()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "petite-table");
        await owner.Open("/a/petite-table/usage");
        Assert.Contains("of 50", owner.Text(".limits"), StringComparison.Ordinal);
        var form = owner.Fields("main form");

        await owner.Send("main form");
        Assert.Equal("Your trial has begun.", owner.Text(".notice.good"));
        Assert.Contains("no limit on appointments", owner.Text(".sub"), StringComparison.Ordinal);
        Assert.Null(owner.Page.QuerySelector("main form"));
        await owner.Post("/a/petite-table/usage", form);

        Assert.Contains("used already", owner.Text(".notice.bad"), StringComparison.Ordinal);
        product.Clock.AdvanceDays(8);
        owner = await Owner.Of(product, "petite-table");
        await owner.Open("/a/petite-table/usage");
        Assert.Contains("It ended on", owner.Text("aside"), StringComparison.Ordinal);
    }

    [Fact, Trait("Requirement", "9")]
    public async Task A_resellers_client_reads_neither_prices_nor_the_platforms_name()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "petite-table");
        var (_, id) = await product.Find("petite-table", "Terrace");

        foreach (var page in new[] { "usage", "settings", "settings/brand", "settings/key", "schedules", $"schedules/{id}", $"schedules/{id}/calendars", "guide" })
        {
            await owner.Open($"/a/petite-table/{page}");
            Assert.Equal((page, HttpStatusCode.OK), (page, owner.Status));
            Assert.DoesNotContain("Slotwright", owner.Source, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("€", owner.Source, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_account_without_schedules_is_led_to_the_guide_until_its_owner_says_later()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "atelier-web");

        await owner.Open("/a/atelier-web");
        Assert.Equal("/a/atelier-web/guide", owner.Address.AbsolutePath);
        await owner.Follow("main > .card > p > a");
        Assert.Equal("/a/atelier-web", owner.Address.AbsolutePath);
        await owner.Open("/a/atelier-web");

        Assert.Equal("/a/atelier-web", owner.Address.AbsolutePath);
    }

    [Theory]
    [InlineData("Barber \U0001F488")]
    [InlineData("Cut 50%")]
    [InlineData("Appointments")]
    public async Task A_name_that_no_schedule_may_have_is_said_at_the_question_that_asks_for_it(string name)
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "atelier-web");
        await owner.Open("/a/atelier-web/guide");

        await owner.Send("#guide", ("Name", name), ("do", "next"));

        Assert.Equal("1", owner.Page.QuerySelector("[name=step]")!.GetAttribute("value"));
        Assert.Equal(name, owner.Page.QuerySelector("#field-Name")!.GetAttribute("value"));
        Assert.Contains("without emoji and without / \\ ? # %", owner.Text("#field-Name-error"), StringComparison.Ordinal);
        Assert.Contains("“appointments”", owner.Text("#field-Name-error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_owner_is_told_that_customers_see_the_address_as_long_as_there_is_no_other()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "harbour-yoga");
        await owner.Open("/a/harbour-yoga/guide");
        Assert.Null(owner.Page.QuerySelector("#shown-address"));
        await owner.Open("/a/harbour-yoga/settings");
        Assert.DoesNotContain("customers see", owner.Text("#field-Contact-hint"), StringComparison.Ordinal);

        await owner.Send("#information", ("Contact", ""));
        Assert.Contains("While this is empty, customers see owner@harbour-yoga.example.", owner.Text("#field-Contact-hint"), StringComparison.Ordinal);
        await owner.Open("/a/harbour-yoga/guide");

        Assert.Contains("owner@harbour-yoga.example", owner.Text("#shown-address"), StringComparison.Ordinal);
        await owner.Open("/schedule/harbour-yoga");
        Assert.Contains("owner@harbour-yoga.example", owner.Text("footer"), StringComparison.Ordinal);
    }
}
