using System.Net;
using NodaTime;

namespace Slotwright.Pages;

public sealed class SignInTests
{
    [Theory, Trait("Requirement", "61")]
    [InlineData("owner@corner-barber.example")]
    [InlineData("corner-barber")]
    public async Task An_owner_signs_in_by_email_or_account_name_and_sees_today(string login)
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");

        await visitor.SignIn(login, "demo-corner-barber");

        Assert.Equal(("/a/corner-barber", "Today"), (visitor.Address.AbsolutePath, visitor.Heading));
        Assert.Contains("No appointments on this day.", visitor.Text("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_login_and_wrong_password_read_the_same_and_cost_the_same()
    {
        await using var host = await PagesHost.Start();
        var nobody = host.World.Add(int.MaxValue, "nobody@nowhere.example", Guid.NewGuid().ToString(), false);
        host.World.Directory.Logins.Remove("nobody@nowhere.example");
        var (known, unknown) = (host.Visitor("en"), host.Visitor("en"));

        await known.SignIn("owner@corner-barber.example", "wrong");
        await unknown.SignIn("stranger@example.com", "wrong");

        Assert.Equal("This login and password do not go together. Please check both.", known.Text("[role=alert]"));
        Assert.Equal(known.Text("[role=alert]"), unknown.Text("[role=alert]"));
        Assert.Equal((1, 1), (host.Owner.Tries, nobody.Tries));
        Assert.DoesNotContain("session", known.Cookies.Keys);
    }

    [Fact]
    public async Task After_some_wrong_tries_the_next_one_is_not_judged_for_a_while()
    {
        await using var host = await PagesHost.Start(limited: true);
        var visitor = host.Visitor("en");
        for (var tries = 0; visitor.Status != HttpStatusCode.TooManyRequests && tries < 20; tries++)
        {
            await visitor.SignIn("corner-barber", "wrong");
        }

        var judged = host.Owner.Tries;
        await visitor.SignIn("corner-barber", "demo-corner-barber");

        Assert.Equal((HttpStatusCode.TooManyRequests, judged), (visitor.Status, host.Owner.Tries));
        Assert.Contains("Too many tries", visitor.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.True(visitor.Answer.Headers.RetryAfter!.Delta > TimeSpan.Zero);
    }

    [Theory]
    [InlineData("/a/corner-barber", "/a/corner-barber")]
    [InlineData("https://evil.example/", "/a/corner-barber")]
    [InlineData("//evil.example/", "/a/corner-barber")]
    [InlineData("/\\evil.example/", "/a/corner-barber")]
    [InlineData("/schedule/corner-barber/Chairs", "/schedule/corner-barber/Chairs")]
    public async Task After_sign_in_only_a_path_of_this_site_is_opened(string wanted, string opened)
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");

        await visitor.Open("/signin?return=" + Uri.EscapeDataString(wanted));
        await visitor.Submit("main form", new Dictionary<string, string> { ["login"] = "corner-barber", ["password"] = "demo-corner-barber" });

        Assert.Equal(("localhost", opened), (visitor.Address.Host, visitor.Address.AbsolutePath));
    }

    [Fact]
    public async Task The_back_office_asks_for_sign_in_under_the_accounts_own_name()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");

        await visitor.Open("/a/corner-barber");

        Assert.Equal(("/signin", "Sign in · The Corner Barber"), (visitor.Address.AbsolutePath, visitor.Page.Title));
        Assert.DoesNotContain(PagesHost.PlatformName, visitor.Source, StringComparison.OrdinalIgnoreCase);
    }

    [Fact, Trait("Fault", "27"), Trait("Requirement", "41")]
    public async Task Another_accounts_back_office_is_as_unknown_as_one_that_does_not_exist()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await visitor.SignIn("corner-barber", "demo-corner-barber");

        await visitor.Open("/a/harbour-yoga");
        var (status, foreign) = (visitor.Status, visitor.Text("main"));
        Assert.DoesNotContain("Harbour", visitor.Source, StringComparison.Ordinal);
        await visitor.Open("/a/nobody-at-all");

        Assert.Equal((HttpStatusCode.NotFound, status, foreign), (visitor.Status, visitor.Status, visitor.Text("main")));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_good()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await visitor.SignIn("corner-barber", "demo-corner-barber");
        var cookie = visitor.Cookies["session"];

        await visitor.Submit("header form");
        Assert.DoesNotContain("session", visitor.Cookies.Keys);
        var thief = host.Visitor("en");
        thief.Keep("session", cookie);
        await thief.Open("/a/corner-barber");

        Assert.Equal("/signin", thief.Address.AbsolutePath);
    }

    [Fact]
    public async Task A_session_ended_elsewhere_is_felt_within_five_seconds()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await visitor.SignIn("corner-barber", "demo-corner-barber");

        host.Owner.EndAll();
        host.World.Clock.Advance(Duration.FromSeconds(5));
        await visitor.Open("/a/corner-barber");

        Assert.Equal("/signin", visitor.Address.AbsolutePath);
    }

    [Fact, Trait("Fault", "49")]
    public async Task A_password_link_is_spent_by_its_button_and_only_once()
    {
        await using var host = await PagesHost.Start();
        host.Owner.OneTimeToken = "token-1";
        var (visitor, second) = (host.Visitor("en"), host.Visitor("en"));
        await second.Open("/set-password/11/token-1");
        await visitor.Open("/set-password/11/token-1");
        Assert.Equal("no-referrer", visitor.Answer.Headers.GetValues("Referrer-Policy").Single());

        await visitor.Submit("main form", new Dictionary<string, string> { ["password"] = "short" });
        Assert.Equal("Choose a password", visitor.Heading);
        Assert.Equal("demo-corner-barber", host.Owner.Password);
        await visitor.Submit("main form", new Dictionary<string, string> { ["password"] = "four unusual words here" });
        Assert.Equal("/a/corner-barber", visitor.Address.AbsolutePath);
        await second.Submit("main form", new Dictionary<string, string> { ["password"] = "another long password" });
        Assert.Equal("This link no longer works", second.Heading);
        await second.Open("/set-password/11/token-1");

        Assert.Equal("This link no longer works", second.Heading);
        Assert.Equal("four unusual words here", host.Owner.Password);
    }

    [Fact]
    public async Task The_dashboard_offers_several_accounts_and_says_who_the_operator_is()
    {
        await using var host = await PagesHost.Start();
        var (both, operatorVisitor) = (host.Visitor("en"), host.Visitor("en"));

        await both.SignIn("both@team.example", "demo-both");
        await operatorVisitor.SignIn("operator@platform.example", "demo-operator");

        Assert.Equal("corner-barber harbour-yoga", string.Join(' ', both.Page.QuerySelectorAll("main a strong").Select(name => name.TextContent)));
        Assert.Contains("Signed in as operator: operator@platform.example.", operatorVisitor.Text("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outside_development_the_cookies_are_bound_to_host_and_https()
    {
        await using var host = await PagesHost.Start("Production");
        var visitor = host.Visitor("en");
        await visitor.Open("https://localhost/signin");

        await visitor.Submit("main form", new Dictionary<string, string> { ["login"] = "corner-barber", ["password"] = "demo-corner-barber" });

        Assert.Equal("/a/corner-barber", visitor.Address.AbsolutePath);
        Assert.Equal("__Host-form __Host-session", string.Join(' ', visitor.Cookies.Keys.Order()));
        Assert.All(visitor.SetCookies, set => Assert.Matches("(?i)path=/;.*secure;.*samesite=(lax|strict);.*httponly", set));
    }

    [Fact]
    public async Task Today_lists_who_comes_when_and_with_whom()
    {
        await using var host = await PagesHost.Start();
        host.Barber.Allowed = 1000;
        var (customer, owner) = (host.Visitor("fr"), host.Visitor("en"));
        await customer.Open("/schedule/corner-barber/Chairs/book?at=2026-12-09T14:30%2B01:00");
        await customer.Submit("#booking", new Dictionary<string, string> { ["Name"] = "Ada Lovelace", ["Email"] = "ada@example.com", ["Phone"] = "+44 20 0000" });

        await owner.SignIn("corner-barber", "demo-corner-barber");
        await owner.Follow("a[rel=next]");

        var row = owner.Text(".visit");
        Assert.Matches(@"(?s)14:30\s+– 15:00.*Ada Lovelace.*Chair 1.*Chairs.*\+44 20 0000.*ada@example\.com", row);
        Assert.Contains("1 of 1,000 upcoming appointments", owner.Text("main"), StringComparison.Ordinal);
    }
}
