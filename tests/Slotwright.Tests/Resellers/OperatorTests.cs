using System.Globalization;
using System.Net;
using NodaTime;
using Slotwright.Pages;
using Slotwright.Platform;
using Slotwright.Setup;
using Slotwright.Team;

namespace Slotwright.Resellers;

public sealed class OperatorTests
{
    private const string Password = "four unusual words here";

    [Fact]
    public async Task Without_a_second_step_an_operator_is_led_to_set_one_up_and_nobody_else_finds_anything()
    {
        await using var product = await Product.Start();
        var desk = await SignedIn(product);

        await desk.Open("/platform");
        Assert.Equal("/me/two-step", desk.Address.AbsolutePath);
        await desk.Open("/platform/accounts");
        Assert.Equal("/me/two-step", desk.Address.AbsolutePath);

        var owner = await Owner.Of(product, "harbour-yoga");
        await owner.Open("/platform");
        Assert.Equal(HttpStatusCode.NotFound, owner.Status);
        using var stranger = await product.Http.GetAsync(new Uri("/platform", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);

        // Nor does the grain tell who asks without it.
        var pass = new OperatorPass(1, "made up");
        Assert.Null(await product.Grains.Platform().Overview(pass));
        Assert.Null(await product.Grains.Platform().Accounts(pass, new AccountsQuery()));
        Assert.Null(await product.Grains.Platform().KeptMails(pass));
        Assert.Null(await product.Grains.Platform().DecideMails(pass, new MailDecision([], true)));
        Assert.Null(await product.Grains.Platform().ActingSessions(pass, int.MaxValue));
        Assert.False(await product.Grains.Platform().Suspend(pass, new SuspendAccount(1, true, "")));
    }

    [Fact]
    public async Task The_desk_shows_accounts_plans_mail_and_who_acted_as_whom()
    {
        await using var product = await Product.Start(null, Mailbox.Paused);
        await product.ActAs();
        var desk = await AtTheDesk(product);

        await desk.Open("/platform");
        Assert.Equal(HttpStatusCode.OK, desk.Status);
        Assert.Contains("FREE", desk.Text("[aria-labelledby=plans]"), StringComparison.OrdinalIgnoreCase);
        await desk.Open("/platform/accounts?q=CORNER");
        Assert.Contains("client of atelier-web", desk.Text("tbody tr"), StringComparison.Ordinal);
        Assert.Single(desk.Page.QuerySelectorAll("tbody tr"));
        await desk.Open("/platform/accounts?among=resellers");
        Assert.Contains("atelier-web", desk.Text("tbody"), StringComparison.Ordinal);
        await desk.Open("/platform/access");
        Assert.Contains("corner-barber", desk.Text("tbody tr"), StringComparison.Ordinal);

        var owner = await product.Grains.Directory().PersonByLogin("corner-barber");
        await product.Grains.Person(owner!.Value).AskForReset(new LetterManner("en", null));
        await product.Run("update deliveries set state = 5, last_error = 'x' where id = (select min(id) from deliveries)");
        await desk.Open("/platform/mail");
        var id = desk.Page.QuerySelector("input[name=id]")!.GetAttribute("value")!;
        await desk.Post("/platform/mail", [.. desk.Token(), KeyValuePair.Create("id", id), KeyValuePair.Create("do", "drop")]);
        Assert.Equal(0, await product.Count("select count(*) from deliveries where state = 5"));
        Assert.Equal(1, await product.Count("select count(*) from deliveries where last_error = 'Dropped by the operator'"));
    }

    [Fact, Trait("Fault", "62")]
    public async Task A_suspended_reseller_loses_its_dashboard_and_its_clients_go_on()
    {
        await using var product = await Product.Start();
        var reseller = await product.ActAs();
        var desk = await AtTheDesk(product);

        await Press(desk, "atelier-web");
        product.Clock.Advance(Duration.FromSeconds(5));

        await reseller.Open("/a/corner-barber");
        Assert.Equal(HttpStatusCode.NotFound, reseller.Status);
        await reseller.Open("/reseller/atelier-web");
        Assert.Equal("/a/atelier-web/suspended", reseller.Address.AbsolutePath);
        var owner = await Owner.Of(product, ActingWorld.Client);
        await owner.Open("/a/corner-barber/settings");
        Assert.Equal((HttpStatusCode.OK, "/a/corner-barber/settings"), (owner.Status, owner.Address.AbsolutePath));
        await owner.Open("/schedule/corner-barber");
        Assert.Equal(HttpStatusCode.OK, owner.Status);
        Assert.DoesNotContain("Slotwright", owner.Source, StringComparison.OrdinalIgnoreCase);

        await Press(desk, "atelier-web");
        product.Clock.Advance(Duration.FromSeconds(5));
        await reseller.Open("/reseller/atelier-web");
        Assert.Equal((HttpStatusCode.OK, "/reseller/atelier-web"), (reseller.Status, reseller.Address.AbsolutePath));
        await reseller.Open("/a/corner-barber");
        Assert.Equal(HttpStatusCode.NotFound, reseller.Status);
    }

    [Fact]
    public async Task A_suspended_account_is_closed_to_its_people_who_read_it_without_the_operators_name()
    {
        await using var product = await Product.Start();
        var desk = await AtTheDesk(product);
        var owner = await Owner.Of(product, ActingWorld.Client);
        var reseller = await Owner.Of(product, ActingWorld.Reseller);

        await Press(desk, "corner-barber");
        product.Clock.Advance(Duration.FromSeconds(5));
        await owner.Open("/a/corner-barber/calendar");
        Assert.Equal("/a/corner-barber/suspended", owner.Address.AbsolutePath);
        Assert.Contains("Whoever gave you the account", owner.Text("main"), StringComparison.Ordinal);
        Assert.NotNull(owner.Page.QuerySelector("main a[href='mailto:aide@atelier-web.example']"));

        // Its reseller cannot open it again, and is told who closed it.
        await reseller.Open($"/reseller/atelier-web/clients/{(await product.Find(ActingWorld.Client, "Chairs")).AccountId}");
        Assert.Contains("Closed by the operator", reseller.Text("h1"), StringComparison.Ordinal);
        Assert.DoesNotContain("Open this client again", reseller.Text(".client-acts"), StringComparison.Ordinal);
        var booked = await (await product.Schedule("corner-barber", "Chairs")).Book(Appointments.Asking.For("ida@example.org", 10));
        Assert.Equal(Appointments.BookingRefusal.AccountPaused, booked.Refusal);
        Assert.DoesNotContain("Slotwright", owner.Source, StringComparison.OrdinalIgnoreCase);

        await Press(desk, "corner-barber");
        product.Clock.Advance(Duration.FromSeconds(5));
        await owner.Open("/a/corner-barber/settings/access");
        Assert.Contains("opened again by the operator of the service", owner.Text("[aria-labelledby=access-acts]"), StringComparison.Ordinal);
        Assert.DoesNotContain("platform.example", owner.Source, StringComparison.Ordinal);
        Assert.DoesNotContain("127.0.0.1", owner.Text("[aria-labelledby=access-acts]"), StringComparison.Ordinal);
        Assert.Equal(2, await product.Count("select count(*) from audit where act like 'Operator#%' and address <> ''"));
    }

    [Theory]
    [InlineData("harbour-yoga")]
    [InlineData(ActingWorld.Reseller)]
    public async Task Whoever_opened_an_account_themselves_reads_whom_to_ask_why_it_is_closed(string account)
    {
        await using var product = await Product.Start(null, "--Platform:ContactEmail=hello@platform.example");
        var desk = await AtTheDesk(product);
        var owner = await Owner.Of(product, account);

        await Press(desk, account);
        product.Clock.Advance(Duration.FromSeconds(5));
        await owner.Open($"/a/{account}");

        Assert.Equal($"/a/{account}/suspended", owner.Address.AbsolutePath);
        Assert.NotNull(owner.Page.QuerySelector("main a[href='mailto:hello@platform.example']"));
        Assert.DoesNotContain("Whoever gave you", owner.Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_is_paused_and_suspended_is_led_to_one_page_and_then_to_the_other()
    {
        await using var product = await Product.Start();
        var desk = await AtTheDesk(product);
        var owner = await Owner.Of(product, ActingWorld.Client);
        await product.Run("update accounts set paused_at = 1 where name = 'corner-barber'");

        await Press(desk, "corner-barber");
        product.Clock.Advance(Duration.FromSeconds(5));
        foreach (var page in new[] { "", "/paused", "/suspended" })
        {
            await owner.Open($"/a/corner-barber{page}");
            Assert.Equal((HttpStatusCode.OK, "/a/corner-barber/suspended"), (owner.Status, owner.Address.AbsolutePath));
        }

        await Press(desk, "corner-barber");
        product.Clock.Advance(Duration.FromSeconds(5));
        foreach (var page in new[] { "", "/paused", "/suspended" })
        {
            await owner.Open($"/a/corner-barber{page}");
            Assert.Equal((HttpStatusCode.OK, "/a/corner-barber/paused"), (owner.Status, owner.Address.AbsolutePath));
        }
    }

    private static async Task Press(Visitor desk, string account)
    {
        await desk.Open($"/platform/accounts?q={account}");
        await desk.Submit("tbody tr form");
        Assert.Equal("/platform/accounts", desk.Address.AbsolutePath);
    }

    private static async Task<Visitor> SignedIn(Product product, string language = "en")
    {
        var link = (await product.Grains.SignUp().InviteOperator("operator@platform.example"))!;
        var visitor = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false }, product.Address, language);
        await visitor.Open(link);
        await visitor.Submit("main form", new Dictionary<string, string> { ["password"] = Password });
        return visitor;
    }

    /// <summary>An operator with a second step.</summary>
    internal static async Task<Visitor> AtTheDesk(Product product, string language = "en")
    {
        var visitor = await SignedIn(product, language);
        var person = (int)await product.Count("select id from persons where is_operator = 1");
        await product.Run($"update persons set two_step_since = 1, authenticator_sealed = 'x' where id = {person.ToString(CultureInfo.InvariantCulture)}");
        product.Clock.Advance(Duration.FromSeconds(5));
        return visitor;
    }
}
