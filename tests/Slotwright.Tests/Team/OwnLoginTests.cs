using System.Net;
using NodaTime;
using Slotwright.Pages;

namespace Slotwright.Team;

/// <summary>What a person does with their own login, through the pages, without scripts.</summary>
public sealed class OwnLoginTests
{
    private const string Owner = "owner@corner-barber.example";
    private const string Password = "demo-corner-barber";
    private static readonly string[] NothingCame = ["The change is refused", "This link no longer works"];

    private const string Better = "four unusual words here";

    [Fact, Trait("Fault", "49"), Trait("Requirement", "12")]
    public async Task A_forgotten_password_is_replaced_by_a_link_that_works_once_and_for_an_hour()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var (person, scanner, stranger) = (Visitor(product), Visitor(product), Visitor(product));

        await stranger.Open("/signin/forgotten");
        await stranger.Submit("main form", Typed(("login", "nobody@nowhere.example")));
        await person.Open("/signin");
        await person.Follow(".aside a");
        await person.Submit("main form", Typed(("login", Owner)));
        Assert.Equal(stranger.Text("main"), person.Text("main"));
        Assert.Empty(await product.Letters("nobody@nowhere.example"));
        var letter = Assert.Single(await product.Letters(Owner));
        Assert.Contains("Auto-Submitted: auto-generated", letter.Raw, StringComparison.Ordinal);
        Assert.Contains("Atelier Web", letter.Listing.From, StringComparison.Ordinal);
        Assert.DoesNotContain("Slotwright", letter.Raw, StringComparison.OrdinalIgnoreCase);

        await scanner.Open(letter.Link("/set-password/"));
        await scanner.Open(letter.Link("/set-password/"));
        await person.Open(letter.Link("/set-password/"));
        await person.Submit("main form", Typed(("password", Better)));
        Assert.Equal("/a/corner-barber", person.Address.AbsolutePath);
        await scanner.Submit("main form", Typed(("password", "another password")));
        Assert.Equal("This link no longer works", scanner.Heading);
        await scanner.SignIn(Owner, Password);
        Assert.Equal("/signin", scanner.Address.AbsolutePath);
        Assert.Contains(await product.Letters(Owner), told => told.Listing.Subject == "Your password was changed");

        await person.Open("/signin/forgotten");
        await person.Submit("main form", Typed(("login", "corner-barber")));
        var late = (await product.Letters(Owner)).First(told => told.Text.Contains("/set-password/", StringComparison.Ordinal) && told.Listing.Id != letter.Listing.Id);
        product.Clock.Advance(Duration.FromHours(1));
        await scanner.Open(late.Link("/set-password/"));

        Assert.Equal("This link no longer works", scanner.Heading);
    }

    [Fact, Trait("Requirement", "61"), Trait("Requirement", "12"), Trait("Requirement", "36"), Trait("Requirement", "49"), Trait("Requirement", "51")]
    public async Task An_owner_is_invited_by_mail_in_the_resellers_name_and_sets_a_password_once()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var barber = (await (await product.Account("corner-barber")).Face())!;
        var opened = await product.Grains.SignUp().OpenAccount(new Accounts.OpenAccount
        {
            Name = "new-client",
            OwnerEmail = "client@new.example",
            PlanCode = "free",
            Brand = barber.Brand with { Language = "nl" },
            ResellerId = barber.ResellerId,
            InvitesOwner = true,
        });
        Assert.True(opened.Accepted);
        var letter = Assert.Single(await product.Letters("client@new.example"));
        Assert.Equal("Je account new-client staat klaar", letter.Listing.Subject);
        Assert.Contains("Atelier Web", letter.Listing.From, StringComparison.Ordinal);

        var (client, late) = (Visitor(product), Visitor(product));
        product.Clock.Advance(Duration.FromDays(6));
        await client.Open(letter.Link("/set-password/"));
        await client.Submit("main form", Typed(("password", Better)));
        await late.Open(letter.Link("/set-password/"));

        Assert.StartsWith("/a/new-client", client.Address.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal("This link no longer works", late.Heading);
        await late.SignIn("new-client", Better);
        Assert.StartsWith("/a/new-client", late.Address.AbsolutePath, StringComparison.Ordinal);
    }

    [Fact, Trait("Fault", "47")]
    public async Task A_login_gets_at_most_three_reset_mails_in_an_hour()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var visitor = Visitor(product);
        for (var tries = 0; tries < 5; tries++)
        {
            await visitor.Open("/signin/forgotten");
            await visitor.Submit("main form", Typed(("login", Owner)));
            Assert.Equal("Please look at your mail", visitor.Heading);
        }

        Assert.Equal(3, (await product.Letters(Owner)).Count);
        product.Clock.Advance(Duration.FromHours(1));
        await visitor.Open("/signin/forgotten");
        await visitor.Submit("main form", Typed(("login", Owner)));

        Assert.Equal(4, (await product.Letters(Owner)).Count);
    }

    [Fact]
    public async Task A_new_address_is_taken_when_both_have_agreed_and_can_be_taken_back()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var (owner, reader) = (await SignedIn(product), Visitor(product));
        await owner.Open("/me/email");
        await owner.Submit("main form", Typed(("email", "Owner@New.example")));
        Assert.Contains("Owner@New.example waits to be confirmed", owner.Text("[role=status]"), StringComparison.Ordinal);
        var (atNew, atOld) = (Assert.Single(await product.Letters("Owner@New.example")), (await product.Letters(Owner))[0]);

        await reader.Open(atNew.Link("/email-change/"));
        await reader.Open(atNew.Link("/email-change/"));
        await reader.SignIn("owner@new.example", Password);
        Assert.Equal("/signin", reader.Address.AbsolutePath);
        await reader.Open(atNew.Link("/email-change/"));
        await reader.Submit("main form", button: "button[value=true]");
        Assert.Equal("Confirmed here", reader.Heading);
        await reader.Open(atOld.Link("/email-change/"));
        await reader.Submit("main form", button: "button[value=true]");
        Assert.Equal("Your address is changed", reader.Heading);
        await reader.Open(atOld.Link("/email-change/"));
        Assert.Equal("This link no longer works", reader.Heading);

        product.Clock.Advance(Duration.FromSeconds(5));
        await owner.Open("/me");
        Assert.Equal("/signin", owner.Address.AbsolutePath);
        await owner.SignIn("owner@new.example", Password);
        Assert.Equal("/a/corner-barber", owner.Address.AbsolutePath);

        var told = (await product.Letters(Owner)).First(letter => letter.Listing.Subject == "Your e-mail address was changed");
        product.Clock.Advance(Duration.FromDays(6));
        await reader.Open(told.Link("/email-change/"));
        await reader.Submit("main form", button: "button[value=true]");
        Assert.Equal("Your former address is back", reader.Heading);
        await reader.SignIn(Owner, Password);
        Assert.Equal("/signin", reader.Address.AbsolutePath);
        var renewed = (await product.Letters(Owner)).First(letter => letter.Text.Contains("/set-password/", StringComparison.Ordinal));
        await reader.Open(renewed.Link("/set-password/"));
        await reader.Submit("main form", Typed(("password", Better)));

        Assert.Equal("/a/corner-barber", reader.Address.AbsolutePath);
    }

    [Fact]
    public async Task A_refused_change_and_somebody_elses_address_change_nothing()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var (owner, reader) = (await SignedIn(product), Visitor(product));
        foreach (var (wanted, answers) in new[] { ("fresh@example.com", new[] { "false" }), ("owner@harbour-yoga.example", new[] { "true", "true" }) })
        {
            await owner.Open("/me/email");
            await owner.Submit("main form", Typed(("email", wanted)));
            var links = new[] { (await product.Letters(Owner))[0], (await product.Letters(wanted))[0] }.Select(letter => letter.Link("/email-change/"));
            foreach (var (link, answer) in links.Zip(answers))
            {
                await reader.Open(link);
                await reader.Submit("main form", button: $"button[value={answer}]");
            }

            Assert.True(reader.Heading is "The change is refused" or "This link no longer works", reader.Heading);
            product.Clock.Advance(Duration.FromMinutes(1));
        }

        await reader.SignIn(Owner, Password);
        Assert.Equal("/a/corner-barber", reader.Address.AbsolutePath);
        Assert.Equal(HttpStatusCode.OK, (await owner.Open("/me")).Status);
    }

    [Fact, Trait("Requirement", "37")]
    public async Task Sessions_are_listed_and_ended_and_a_new_password_ends_the_others()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var (here, phone, tablet) = (await SignedIn(product), await SignedIn(product), await SignedIn(product));
        await phone.Open("/me");
        await tablet.Open("/me");
        await here.Open("/me/sessions");
        Assert.Equal(3, here.Page.QuerySelectorAll(".entries li").Length);
        Assert.Single(here.Page.QuerySelectorAll(".entries .tag"));

        await here.Submit(".entries form");
        await phone.Open("/me");
        await tablet.Open("/me");
        Assert.Single(new[] { phone, tablet }, visitor => visitor.Address.AbsolutePath == "/signin");
        await here.Open("/me/password");
        await here.Submit("main form", Typed(("present", "wrong"), ("next", Better)));
        Assert.Equal("This is not your password.", here.Text(".error"));
        await here.Submit("main form", Typed(("present", Password), ("next", Better)));
        Assert.Equal("/me", here.Address.AbsolutePath);
        await phone.Open("/me");
        await tablet.Open("/me");
        await here.Open("/me");

        Assert.Equal(("/signin", "/signin", "/me"), (phone.Address.AbsolutePath, tablet.Address.AbsolutePath, here.Address.AbsolutePath));
    }

    [Fact, Trait("Fault", "28")]
    public async Task A_session_is_nobodys_on_another_host()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var owner = await SignedIn(product);
        var elsewhere = Visitor(product);
        elsewhere.Keep("session", owner.Cookies["session"]);

        elsewhere.Via($"http://localhost:{product.Address.Port}/");
        await elsewhere.Open("/a/corner-barber");

        Assert.Equal("/signin", elsewhere.Address.AbsolutePath);
        Assert.DoesNotContain("session", elsewhere.Cookies.Keys);
        await owner.Open("/a/corner-barber");
        Assert.Equal("/a/corner-barber", owner.Address.AbsolutePath);
    }

    [Fact]
    public async Task Sign_in_is_never_sent_to_the_host_that_a_stranger_names()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/me");
        request.Headers.Host = "evil.example";

        var answer = await product.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal((HttpStatusCode.NotFound, null), (answer.StatusCode, answer.Headers.Location));
        using var known = await product.Http.GetAsync(new Uri("/me", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.Redirect, "/signin?return=%2Fme"), (known.StatusCode, known.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task Two_step_sign_in_is_set_up_and_used_without_scripts()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var owner = await SignedIn(product);
        await owner.Open("/me/two-step");
        await owner.Submit("main form");
        var secret = owner.Text(".secret").Replace(" ", "", StringComparison.Ordinal);
        Assert.NotNull(owner.Page.QuerySelector(".qr svg path"));
        await owner.Submit("main form", Typed(("code", "000000")));
        Assert.Equal(secret, owner.Text(".secret").Replace(" ", "", StringComparison.Ordinal));
        await owner.Submit("main form", Typed(("code", Authenticator.CodeOf(secret, product.Clock.GetCurrentInstant()))));
        var codes = owner.Page.QuerySelectorAll(".codes code").Select(code => code.TextContent).ToList();
        Assert.Equal(10, codes.Count);

        var again = Visitor(product);
        await again.SignIn("corner-barber", Password);
        Assert.Equal("/signin/code", again.Address.AbsolutePath);
        await again.Open("/a/corner-barber");
        Assert.Equal("/signin", again.Address.AbsolutePath);
        await again.SignIn("corner-barber", Password);
        await again.Submit("main form", Typed(("code", "123456")));
        Assert.Equal("/signin/code", again.Address.AbsolutePath);
        await again.Submit("main form", Typed(("code", codes[0])));
        Assert.Equal("/a/corner-barber", again.Address.AbsolutePath);
        await again.Open("/me");

        Assert.Contains("9 recovery codes are left", again.Text("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_could_lock_the_owner_out_asks_the_password_again_after_a_quarter_of_an_hour()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        var owner = await SignedIn(product);
        product.Clock.Advance(Session.ConfirmedFor);
        await owner.Open("/me/email");
        Assert.Equal("/me/confirm", owner.Address.AbsolutePath);

        await owner.Submit("main form", Typed(("password", "wrong")));
        Assert.Equal("/me/confirm", owner.Address.AbsolutePath);
        await owner.Submit("main form", Typed(("password", Password)));

        Assert.Equal("/me/email", owner.Address.AbsolutePath);
    }

    private static async Task<Visitor> SignedIn(Product product)
    {
        var visitor = Visitor(product);
        await visitor.SignIn("corner-barber", Password);
        Assert.Equal("/a/corner-barber", visitor.Address.AbsolutePath);
        return visitor;
    }

    private static Visitor Visitor(Product product) => new(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, product.Address, "en");

    private static Dictionary<string, string> Typed(params (string Name, string Value)[] fields) => fields.ToDictionary(field => field.Name, field => field.Value);
}
