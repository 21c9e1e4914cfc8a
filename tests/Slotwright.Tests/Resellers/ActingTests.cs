using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Live;
using Slotwright.Localisation;
using Slotwright.Pages;
using Slotwright.Setup;
using Slotwright.Tenancy;

namespace Slotwright.Resellers;

public sealed class ActingTests
{
    [Fact, Trait("Requirement", "54"), Trait("Requirement", "55"), Trait("Requirement", "56")]
    public async Task One_click_logs_in_to_a_client_and_every_page_says_so_and_leads_back()
    {
        await using var product = await Product.Start();
        var reseller = await Owner.Of(product, ActingWorld.Reseller);

        var (client, _) = await product.Find(ActingWorld.Client, "Chairs");

        await reseller.Open($"/reseller/{ActingWorld.Reseller}");
        await reseller.Submit("form[action$='/act']", button: $"#client-{client} button");

        Assert.Equal((HttpStatusCode.OK, "/a/corner-barber"), (reseller.Status, reseller.Address.AbsolutePath));
        foreach (var page in new[] { "", "/calendar", "/find", "/schedules", "/usage", "/settings", "/settings/brand", "/role" })
        {
            await reseller.Open($"/a/{ActingWorld.Client}{page}");
            Assert.Equal((page, HttpStatusCode.OK), (page, reseller.Status));
            Assert.Contains("Logged in as reseller Atelier Web", reseller.Text("header .tools .acting"), StringComparison.Ordinal);
        }

        await reseller.Submit("header .acting form");

        Assert.Equal($"/reseller/{ActingWorld.Reseller}", reseller.Address.AbsolutePath);
        await reseller.Open("/a/corner-barber");
        Assert.Equal(HttpStatusCode.NotFound, reseller.Status);
    }

    [Theory, Trait("Requirement", "55"), Trait("Requirement", "56")]
    [InlineData("/settings/key", HttpStatusCode.Forbidden)]
    [InlineData("/appointment/2000000", HttpStatusCode.NotFound)]
    public async Task A_page_that_is_refused_or_not_there_says_who_is_logged_in_too_and_leads_back(string page, HttpStatusCode status)
    {
        await using var product = await Product.Start();
        var reseller = await product.ActAs();

        await reseller.Open($"/a/{ActingWorld.Client}{page}");

        Assert.Equal(status, reseller.Status);
        Assert.Contains("Logged in as reseller Atelier Web", reseller.Text("header .tools .acting"), StringComparison.Ordinal);
        Assert.NotNull(reseller.Page.QuerySelector($"main a[href='/a/{ActingWorld.Client}']"));
        await reseller.Submit("header .acting form");
        Assert.Equal($"/reseller/{ActingWorld.Reseller}", reseller.Address.AbsolutePath);

        // Whoever is of the account, or a stranger to it, sees no such bar.
        await reseller.Open($"/a/{ActingWorld.Client}{page}");
        Assert.Equal((HttpStatusCode.NotFound, null), (reseller.Status, reseller.Page.QuerySelector(".acting")));
    }

    [Fact, Trait("Requirement", "37"), Trait("Requirement", "38"), Trait("Requirement", "39"), Trait("Requirement", "40")]
    public async Task Another_name_and_another_password_of_a_client_keep_its_reseller_out_of_nothing()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, ActingWorld.Client);
        await owner.Open("/me/password");
        await owner.Submit("main form", new Dictionary<string, string> { ["present"] = "demo-corner-barber", ["next"] = "four unusual words here" });
        Assert.True((await (await product.Account(ActingWorld.Client)).Rename("barber-of-lyon")).Accepted);
        product.Clock.Advance(Duration.FromSeconds(5));

        var reseller = await Owner.Of(product, ActingWorld.Reseller);
        await reseller.ActAs(product, "barber-of-lyon");

        Assert.Equal((HttpStatusCode.OK, "/a/barber-of-lyon"), (reseller.Status, reseller.Address.AbsolutePath));
        var former = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false }, product.Address, "en");
        await former.SignIn("barber-of-lyon", "demo-corner-barber");
        Assert.Equal("/signin", former.Address.AbsolutePath);
    }

    [Fact, Trait("Fault", "33")]
    public async Task After_sixty_minutes_it_is_over_whatever_was_done_meanwhile()
    {
        await using var product = await Product.Start();
        var reseller = await product.ActAs();

        for (var minute = 0; minute < 59; minute += 10)
        {
            product.Clock.Advance(Duration.FromMinutes(minute == 50 ? 9 : 10));
            await reseller.Open("/a/corner-barber");
            Assert.Equal(HttpStatusCode.OK, reseller.Status);
        }

        product.Clock.Advance(Duration.FromMinutes(1));
        await reseller.Open("/a/corner-barber");

        Assert.Equal(HttpStatusCode.NotFound, reseller.Status);
        await reseller.Open($"/reseller/{ActingWorld.Reseller}");
        Assert.Equal(HttpStatusCode.OK, reseller.Status);
    }

    [Theory, Trait("Fault", "33")]
    [InlineData("update accounts set reseller_id = null, attached_at = null where name = 'corner-barber'")]
    [InlineData("update accounts set is_reseller = 0 where name = 'atelier-web'")]
    [InlineData("delete from memberships where account_id = (select id from accounts where name = 'atelier-web')")]
    [InlineData("update sessions set ended_at = 1")]
    [InlineData("update acting_sessions set ended_at = 1")]
    public async Task Whatever_it_depends_on_ends_it_within_five_seconds(string ending)
    {
        await using var product = await Product.Start();
        var reseller = await product.ActAs();

        await product.Run(ending);
        product.Clock.Advance(Duration.FromSeconds(5));
        await reseller.Open("/a/corner-barber");

        Assert.NotEqual("/a/corner-barber", reseller.Status == HttpStatusCode.OK ? reseller.Address.AbsolutePath : "");
    }

    [Fact, Trait("Fault", "33"), Trait("Requirement", "47")]
    public async Task It_opens_that_account_alone_and_no_other_by_way_of_it()
    {
        await using var product = await Product.Start();
        var reseller = await product.ActAs();
        var (stranger, _) = await product.Find("harbour-yoga", (await (await product.Account("harbour-yoga")).Schedules())[0].Name);

        await reseller.Open("/a/harbour-yoga");
        Assert.Equal(HttpStatusCode.NotFound, reseller.Status);
        await reseller.Open("/reseller/corner-barber");
        Assert.Equal(HttpStatusCode.NotFound, reseller.Status);

        await reseller.Open("/a/corner-barber/role");
        var token = reseller.Token().ToList();
        await reseller.Post("/reseller/corner-barber/act", [.. token, KeyValuePair.Create("client", $"{stranger}")]);
        Assert.Equal(HttpStatusCode.NotFound, reseller.Status);
        await reseller.Post($"/reseller/{ActingWorld.Reseller}/act", [.. token, KeyValuePair.Create("client", $"{stranger}")]);
        Assert.Equal(HttpStatusCode.NotFound, reseller.Status);
        Assert.Equal(1, await product.Count("select count(*) from acting_sessions"));
    }

    [Fact, Trait("Requirement", "57"), Trait("Fault", "32")]
    public async Task Each_write_leaves_one_row_ahead_of_it_and_what_is_forbidden_is_refused_and_leaves_one_too()
    {
        await using var product = await Product.Start();
        var reseller = await product.ActAs();
        await reseller.Open("/a/corner-barber/settings");
        Assert.Equal(1, await product.Count("select count(*) from audit"));

        await reseller.Send("#information", ("Tagline", "Since 1910"));
        Assert.Equal(HttpStatusCode.OK, reseller.Status);
        Assert.Equal(2, await product.Count("select count(*) from audit"));
        Assert.Equal(1, await product.Count("select count(*) from audit where act = 'Settings/Information' and mode = 1 and outcome = 1 and address = '127.0.0.1'"));

        await reseller.Open("/a/corner-barber/settings/key");
        Assert.Equal(HttpStatusCode.Forbidden, reseller.Status);
        await reseller.Open("/a/corner-barber/settings");
        var before = await (await product.Account("corner-barber")).ApiKey();
        await reseller.Post("/a/corner-barber/settings/key", [.. reseller.Token(), KeyValuePair.Create("do", "renew"), KeyValuePair.Create("sure", "yes")]);

        Assert.Equal(HttpStatusCode.Forbidden, reseller.Status);
        Assert.Equal(before, await (await product.Account("corner-barber")).ApiKey());
        Assert.Equal(2, await product.Count("select count(*) from audit where act = 'Settings/Key' and outcome = 2"));
        Assert.Equal(4, await product.Count("select count(*) from audit"));
    }

    [Fact, Trait("Requirement", "57")]
    public async Task When_its_row_cannot_be_written_nothing_is_done()
    {
        await using var product = await Product.Start();
        var reseller = await product.ActAs();
        await reseller.Open("/a/corner-barber/settings");

        await product.Run("drop table audit_heads; update accounts set id = id");
        await reseller.Send("#information", ("Tagline", "Since 1910"));

        Assert.True(reseller.Status >= HttpStatusCode.InternalServerError, $"{reseller.Status}");
        Assert.NotEqual("Since 1910", (await (await product.Account("corner-barber")).Face())!.Brand.Tagline);
    }

    [Fact, Trait("Fault", "33"), Trait("Fault", "31")]
    public async Task An_open_page_hears_nothing_more_once_the_client_has_left()
    {
        await using var product = await Product.Start();
        var reseller = await product.ActAs();
        var (_, scheduleId) = await product.Find("corner-barber", "Chairs");
        var cookie = string.Join("; ", reseller.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        using var page = await LiveClient.Open(product.Address, path: StaffHub.Path, cookie: cookie, cancellation: TestContext.Current.CancellationToken);
        await page.WatchAsStaff("corner-barber", scheduleId, TestContext.Current.CancellationToken);
        Assert.NotNull(await page.NextChange(TestContext.Current.CancellationToken));

        await product.Run("update accounts set reseller_id = null, attached_at = null where name = 'corner-barber'");
        product.Clock.Advance(Duration.FromSeconds(5));
        await (await product.Schedule("corner-barber", "Chairs")).Book(Appointments.Asking.For("ida@example.org", 10));

        Assert.Null(await page.NextChange(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    [Fact, Trait("Requirement", "59"), Trait("Requirement", "29"), Trait("Requirement", "58")]
    public async Task Viewed_as_the_clients_administrator_nothing_is_there_that_only_a_reseller_has()
    {
        await using var product = await Product.Start();
        var reseller = await product.ActAs();
        await reseller.Open("/a/corner-barber/settings/brand");
        Assert.NotNull(reseller.Page.QuerySelector("#file-Icon"));

        await reseller.Open("/a/corner-barber/role");
        await reseller.Submit("main form[action*=Switch]");

        Assert.Contains("You see what the client", reseller.Text("header .acting"), StringComparison.Ordinal);
        await reseller.Open("/a/corner-barber/settings/brand");
        Assert.Null(reseller.Page.QuerySelector("#file-Icon"));
        await reseller.Post("/a/corner-barber/settings/brand?handler=Remove&kind=Icon", reseller.Token());
        Assert.Equal(HttpStatusCode.Forbidden, reseller.Status);
        await reseller.Open("/a/corner-barber/settings/key");
        Assert.Equal(HttpStatusCode.Forbidden, reseller.Status);

        // The client's own administrator finds the same, and leaves a row where no page offers it.
        var owner = await Owner.Of(product, ActingWorld.Client);
        await owner.Open("/a/corner-barber/settings/brand");
        Assert.Null(owner.Page.QuerySelector("#file-Icon"));
        await owner.Post("/a/corner-barber/settings/brand?handler=Remove&kind=Icon", owner.Token());
        Assert.Equal(HttpStatusCode.NotFound, owner.Status);
        Assert.Equal(1, await product.Count("select count(*) from audit where outcome = 3 and act = 'Settings/Brand#Remove'"));

        // So it is by its number, and where the query says something else than the form.
        await owner.Open("/a/corner-barber/settings/brand");
        var token = owner.Token().ToList();
        foreach (var query in new[] { "kind=3", "kind=Icon&kind=Logo", "kind=icon" })
        {
            await owner.Post($"/a/corner-barber/settings/brand?handler=Remove&{query}", [.. token, KeyValuePair.Create("kind", "Logo")]);
            Assert.Equal(HttpStatusCode.NotFound, owner.Status);
        }

        Assert.Equal(4, await product.Count("select count(*) from audit where outcome = 3 and act = 'Settings/Brand#Remove'"));
        await owner.Post("/a/corner-barber/settings/brand?handler=Remove", [.. token, KeyValuePair.Create("kind", "Icon")]);
        Assert.Equal(HttpStatusCode.NotFound, owner.Status);
    }

    [Fact, Trait("Requirement", "59")]
    public async Task A_form_that_is_named_twice_is_judged_as_the_one_that_would_be_run()
    {
        await using var product = await Product.Start();
        var reseller = await product.ActAs();
        await reseller.Open("/a/corner-barber/role");
        await reseller.Submit("main form[action*=Switch]");
        await reseller.Open("/a/corner-barber/settings");

        await reseller.Post("/a/corner-barber/settings?handler=Administrator&handler=Nothing", reseller.Token());

        Assert.Equal(HttpStatusCode.Forbidden, reseller.Status);
        Assert.Equal(1, await product.Count("select count(*) from audit where outcome = 2 and act like '%#Administrator'"));
    }

    [Fact]
    public void Whoever_acts_for_many_clients_is_forgotten_by_the_oldest()
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.Cookie = string.Join("; ", Enumerable.Range(1, 9).Select(account => $"acting-{account}=token"));

        new ActingCookies(new Development()).Write(context, 10, "token", Duration.FromHours(1));

        Assert.Equal(["acting-1=", "acting-2=", "acting-10=token"], context.Response.Headers.SetCookie.Select(cookie => cookie!.Split(';')[0]));
    }

    [Fact, Trait("Requirement", "59")]
    public async Task To_view_as_the_administrator_the_password_is_asked_for_when_it_was_shown_long_ago()
    {
        await using var product = await Product.Start();
        var reseller = await product.ActAs();
        product.Clock.Advance(Duration.FromMinutes(15));

        await reseller.Open("/a/corner-barber/role");
        await reseller.Submit("main form[action*=Switch]");
        Assert.Equal("/me/confirm", reseller.Address.AbsolutePath);
        await reseller.Submit("main form", new Dictionary<string, string> { ["password"] = "demo-atelier-web" });
        Assert.Equal("/a/corner-barber/role", reseller.Address.AbsolutePath);
        await reseller.Submit("main form[action*=Switch]");

        Assert.Contains("You see what the client", reseller.Text("header .acting"), StringComparison.Ordinal);
    }

    [Fact, Trait("Requirement", "57")]
    public async Task History_names_the_reseller_and_both_sides_read_what_was_done()
    {
        await using var product = await Product.Start();
        var (_, scheduleId) = await product.Find("corner-barber", "Chairs");
        var booked = await (await product.Schedule("corner-barber", "Chairs")).Book(Appointments.Asking.For("ida@example.org", 10));
        var id = booked.Value!.Appointment.Id;
        var reseller = await product.ActAs();

        await reseller.Open($"/a/corner-barber/appointment/{id}/cancel");
        await reseller.Send("main form");

        await reseller.Open($"/a/corner-barber/appointment/{id}");
        Assert.Contains("by Atelier Web (reseller)", reseller.Text(".history li"), StringComparison.Ordinal);
        var owner = await Owner.Of(product, ActingWorld.Client);
        await owner.Open("/a/corner-barber/settings/access");
        Assert.Matches(@"Atelier Web\s+as reseller", owner.Text("[aria-labelledby=access-sessions] tbody"));
        Assert.Contains("Appointment cancelled", owner.Text("[aria-labelledby=access-acts] tbody"), StringComparison.Ordinal);
        Assert.Matches(@"Atelier Web\s+as reseller", owner.Text("[aria-labelledby=access-acts] tbody"));
        await reseller.Open($"/reseller/atelier-web/access/{(await product.Find("corner-barber", "Chairs")).AccountId}");
        Assert.Contains("Appointment cancelled", reseller.Text("[aria-labelledby=access-acts] tbody"), StringComparison.Ordinal);
        Assert.Contains("owner@atelier-web.example", reseller.Text("[aria-labelledby=access-sessions] tbody"), StringComparison.Ordinal);
        Assert.Contains("127.0.0.1", reseller.Text("[aria-labelledby=access-acts] tbody"), StringComparison.Ordinal);
    }

    [Fact, Trait("Requirement", "57")]
    public async Task Which_of_the_resellers_people_it_was_and_from_where_the_client_does_not_read_nor_who_owns_it_later()
    {
        await using var product = await Product.Start();
        var reseller = await product.ActAs();
        await reseller.Open("/a/corner-barber/settings/key");
        var owner = await Owner.Of(product, ActingWorld.Client);

        foreach (var ending in new[] { "update accounts set id = id", "update accounts set reseller_id = null, attached_at = null where name = 'corner-barber'" })
        {
            await product.Run(ending);
            product.Clock.Advance(Duration.FromSeconds(5));
            await owner.Open("/a/corner-barber/settings/access");

            Assert.Contains("Atelier Web", owner.Text("[aria-labelledby=access-acts] tbody"), StringComparison.Ordinal);
            var main = owner.Text("main");
            Assert.DoesNotContain("atelier-web", main, StringComparison.Ordinal);
            Assert.DoesNotContain("127.0.0.1", main, StringComparison.Ordinal);
        }
    }

    [Theory, Trait("Requirement", "57")]
    [InlineData("Nothing/Known", ActOutcome.Begun, "Something else")]
    [InlineData("Nothing/Known", ActOutcome.Refused, "Something that is not allowed here")]
    [InlineData("Settings/Key", ActOutcome.Refused, "API key")]
    public async Task An_act_without_a_sentence_of_its_own_is_told_apart_by_whether_it_was_allowed(string act, ActOutcome outcome, string sentence)
    {
        await using var product = await Product.Start();
        var words = product.Services.GetRequiredService<IStringLocalizer<ActingWords>>();
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");

        Assert.Equal(sentence, ActWords.Of(words, new AuditEntry
        {
            Number = 1,
            At = Product.Morning,
            Person = "",
            ActingId = 1,
            Mode = ActingMode.AsReseller,
            Act = act,
            Path = "",
            Address = "",
            Outcome = outcome,
        }));
    }

    private sealed class Development : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Development;

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
