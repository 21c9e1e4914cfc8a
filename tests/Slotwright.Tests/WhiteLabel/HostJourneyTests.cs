using System.Net;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Mail;
using Slotwright.Pages;
using Slotwright.Processes;
using Slotwright.Resellers;
using Slotwright.Storage.WhiteLabel;
using Slotwright.Tenancy;

namespace Slotwright.WhiteLabel;

/// <summary>A reseller gives a client a host name, from the form to the page that is served there, with name servers of the test's own.</summary>
public sealed class HostJourneyTests : IAsyncLifetime
{
    private const string Host = "table.atelier-clients.example";
    private const string Page = "/a/petite-table/settings/host";

    private readonly DnsSink dns = new();
    private HostedProduct hosted = null!;

    public async ValueTask InitializeAsync() => hosted = await HostedProduct.Start(dns.Setting, "--Platform:NoReplyAddress=no-reply@post.example");

    public async ValueTask DisposeAsync()
    {
        await hosted.DisposeAsync();
        await dns.DisposeAsync();
    }

    [Fact, Trait("Requirement", "16"), Trait("Requirement", "27"), Trait("Fault", "41")]
    public async Task A_host_is_served_once_its_text_record_shows_the_token_and_not_before()
    {
        var reseller = await Reseller();
        await Ask(reseller, " HTTPS://Table.Atelier-Clients.example/ ");
        Assert.Contains("Waiting", reseller.Text(".standing .state"), StringComparison.Ordinal);
        Assert.Equal($"_verify.{Host}", reseller.Page.QuerySelector("#proof-name")!.GetAttribute("value"));
        Assert.Equal(HostedProduct.PlatformHost, reseller.Page.QuerySelector("#alias-value")!.GetAttribute("value"));
        var token = reseller.Page.QuerySelector("#proof-value")!.GetAttribute("value")!;

        // The alias alone proves nothing, nor does somebody else's token.
        dns.Alias(Host, HostedProduct.PlatformHost);
        await Check(reseller);
        Assert.Contains("no text record", reseller.Text(".looks"), StringComparison.OrdinalIgnoreCase);
        dns.Text($"_verify.{Host}", "somebody-elses");
        await Check(reseller);
        Assert.Contains("says something else", reseller.Text(".looks"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, await Served());
        Assert.Equal(HttpStatusCode.NotFound, await TlsAllowed(Host));

        // By itself, within the first minutes.
        dns.Text($"_verify.{Host}", "v=spf1 -all", token);
        hosted.Product.Clock.Advance(Duration.FromMinutes(2));
        Assert.Equal(1, await Watch.Round(TestContext.Current.CancellationToken));

        await reseller.Open(Page);
        Assert.Contains("Verified", reseller.Text(".standing .state"), StringComparison.Ordinal);
        Assert.Contains("get here", reseller.Text(".looks"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await Served());
        Assert.Equal(HttpStatusCode.OK, await TlsAllowed(Host));
        Assert.Equal(HttpStatusCode.OK, await TlsAllowed("TABLE.atelier-clients.example."));
    }

    [Fact, Trait("Fault", "42"), Trait("Requirement", "12")]
    public async Task A_proof_that_disappears_is_told_to_the_reseller_and_after_seven_days_the_host_is_served_no_more()
    {
        var reseller = await Reseller();
        await Verify(reseller);
        dns.Forget($"_verify.{Host}");

        await NextDay();
        Assert.Equal(HttpStatusCode.OK, await Served());
        reseller = await Reseller();
        await reseller.Open(Page);
        Assert.Contains("Failing", reseller.Text(".standing .state"), StringComparison.Ordinal);
        Assert.Contains("20 January", reseller.Text(".notice.bad"), StringComparison.Ordinal);
        var mail = await Mailed("a disparu");
        Assert.Equal("owner@atelier-web.example", mail.To);
        Assert.Contains("petite-table", mail.Text, StringComparison.Ordinal);

        // A server that does not answer is not a proof that is gone.
        dns.Broken[$"_verify.{Host}"] = true;
        for (var day = 0; day < 8; day++)
        {
            await NextDay();
        }

        Assert.Equal(HttpStatusCode.OK, await Served());
        dns.Broken.Clear();
        await NextDay();

        Assert.Equal(HttpStatusCode.NotFound, await Served());
        Assert.Equal(HttpStatusCode.NotFound, await TlsAllowed(Host));
        Assert.Equal("owner@atelier-web.example", (await Mailed("plus servi")).To);
        Assert.DoesNotContain(await Written(), mailed => mailed.To.Contains("petite-table", StringComparison.Ordinal));
    }

    [Fact, Trait("Fault", "41"), Trait("Requirement", "18"), Trait("Requirement", "19")]
    public async Task What_is_ours_taken_or_no_host_is_refused_at_the_field_and_keeps_what_was_typed()
    {
        var reseller = await Reseller();
        foreach (var (typed, sentence) in new[]
        {
            ("not a host", "not a host name"), ("127.0.0.1", "not a host name"), (HostedProduct.PlatformHost, "belongs to the service"), ($"x.{HostedProduct.PlatformHost}", "belongs to the service"),
            ("mx.post.example", "belongs to the service"), ("co.uk", "others register"), (HostedProduct.BarberHost, "another account"), (HostedProduct.YogaHost, "another account"),
        })
        {
            await Ask(reseller, typed);
            Assert.Equal(HttpStatusCode.OK, reseller.Status);
            Assert.Contains(sentence, reseller.Text("#field-Host-error"), StringComparison.Ordinal);
            Assert.Equal(typed, reseller.Page.QuerySelector("#field-Host")!.GetAttribute("value"));
        }

        // A sister of a taken name is free: subdomains of one parent serve many clients.
        await Ask(reseller, "table." + HostedProduct.BarberHost[(HostedProduct.BarberHost.IndexOf('.', StringComparison.Ordinal) + 1)..]);
        Assert.Contains("Waiting", reseller.Text(".standing .state"), StringComparison.Ordinal);
    }

    [Fact, Trait("Requirement", "29"), Trait("Requirement", "30"), Trait("Requirement", "20")]
    public async Task A_clients_own_administrator_neither_sees_nor_changes_host_icon_sender_or_server()
    {
        var owner = hosted.Visitor(HostedProduct.PlatformHost);
        await owner.SignIn("petite-table", "demo-petite-table");
        await owner.Open("/a/petite-table/settings");
        Assert.DoesNotContain(owner.Page.QuerySelectorAll(".tabs a"), link => link.GetAttribute("href")!.Split('/')[^1] is "host" or "sender" or "mail-server");

        foreach (var page in new[] { "host", "sender", "mail-server" })
        {
            await owner.Open("/a/petite-table/settings");
            var token = owner.Token().ToList();
            await owner.Open($"/a/petite-table/settings/{page}");
            Assert.Equal(HttpStatusCode.NotFound, owner.Status);
            await owner.Post($"/a/petite-table/settings/{page}", [.. token, KeyValuePair.Create("Host", "book.mine.example"), KeyValuePair.Create("Address", "me@mine.example"), KeyValuePair.Create("Port", "587")]);
            Assert.Equal(HttpStatusCode.NotFound, owner.Status);
        }

        await owner.Open("/a/petite-table/settings/brand");
        Assert.Equal(HttpStatusCode.OK, owner.Status);
        Assert.Null(owner.Page.QuerySelector("#file-Icon"));
        Assert.NotNull(owner.Page.QuerySelector("#file-Logo"));
        await owner.Post("/a/petite-table/settings/brand?handler=Remove&kind=Icon", [.. owner.Token()]);
        Assert.Equal(HttpStatusCode.NotFound, owner.Status);
        Assert.Equal(0, await hosted.Product.Count("select (select count(*) from hosts) + (select count(*) from senders) + (select count(*) from mail_servers)"));

        var reseller = await Reseller();
        await reseller.Open("/a/petite-table/settings/brand");
        Assert.NotNull(reseller.Page.QuerySelector("#file-Icon"));
        await reseller.Open("/a/petite-table/role");
        await reseller.Submit("form[action*=Switch]");
        await reseller.Open(Page);
        Assert.Equal(HttpStatusCode.Forbidden, reseller.Status);
    }

    [Fact, Trait("Requirement", "18")]
    public async Task A_host_is_given_up_after_a_tick_and_leads_nowhere_at_once()
    {
        var reseller = await Reseller();
        await Verify(reseller);

        await reseller.Open(Page);
        await reseller.Submit("#remove", null, "#remove button");
        Assert.Contains("Tick the box", reseller.Text(".notice.bad"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await Served());
        await reseller.Submit("#remove", new Dictionary<string, string> { ["sure"] = "yes" }, "#remove button");

        Assert.NotNull(reseller.Page.QuerySelector("#ask"));
        Assert.Equal(HttpStatusCode.NotFound, await Served());
    }

    [Fact, Trait("Requirement", "18")]
    public async Task A_host_that_the_operator_gave_is_given_up_in_the_same_way()
    {
        const string Given = "/a/corner-barber/settings/host";
        var reseller = hosted.Visitor(HostedProduct.PlatformHost);
        await reseller.SignIn("atelier-web", "demo-atelier-web");
        await reseller.ActAs(hosted.Product, "corner-barber");
        await reseller.Open(Given);
        Assert.Equal(HostedProduct.BarberHost, reseller.Text(".standing strong"));
        Assert.Null(reseller.Page.QuerySelector("#records"));
        await reseller.Submit("#remove", null, "#remove button");
        Assert.Contains("Tick the box", reseller.Text(".notice.bad"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await TlsAllowed(HostedProduct.BarberHost));
        await reseller.Submit("#remove", new Dictionary<string, string> { ["sure"] = "yes" }, "#remove button");

        Assert.NotNull(reseller.Page.QuerySelector("#ask"));
        Assert.Equal(HttpStatusCode.NotFound, await TlsAllowed(HostedProduct.BarberHost));
        Assert.Equal(HttpStatusCode.OK, await TlsAllowed(HostedProduct.YogaHost));

        // Other accounts wait for it as for any other.
        await Ask(await Reseller(), HostedProduct.BarberHost);
        Assert.False(await hosted.Map(HostedProduct.BarberHost, "petite-table"));
    }

    [Fact, Trait("Fault", "29")]
    public async Task Only_a_process_beside_the_product_is_told_and_a_forged_host_changes_nothing()
    {
        using var client = hosted.Client(HostedProduct.PlatformHost);
        Assert.Equal(HttpStatusCode.OK, await TlsAllowed(HostedProduct.BarberHost));
        foreach (var domain in new[] { "", HostedProduct.PlatformHost, "nobody.example", "a b", new string('a', 5000), "%00", "[::1]", "127.0.0.1" })
        {
            Assert.Equal(HttpStatusCode.NotFound, await TlsAllowed(domain));
        }

        // As the proxy hands on what comes from outside.
        using var outside = new HttpRequestMessage(HttpMethod.Get, $"/internal/tls-allowed?domain={HostedProduct.BarberHost}");
        outside.Headers.Add("X-Forwarded-For", "203.0.113.9");
        using var refused = await client.SendAsync(outside, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, refused.StatusCode);

        // Links on a page of one host never name what a header says.
        using var forged = new HttpRequestMessage(HttpMethod.Get, "/");
        forged.Headers.Add("X-Forwarded-Host", "evil.example");
        using var own = hosted.Client(HostedProduct.BarberHost);
        using var answer = await own.SendAsync(forged, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("evil.example", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) + answer.Headers, StringComparison.Ordinal);
    }

    [Fact, Trait("Fault", "29")]
    public async Task Whoever_tries_many_names_keeps_no_host_from_its_certificate()
    {
        await using var strict = await HostedProduct.Start("--RateLimits:Enabled=true", "--RateLimits:PublicReadsPerAddressAndMinute=1");
        using var proxy = strict.Client("127.0.0.1");
        for (var name = 0; name < 5; name++)
        {
            using var stranger = await proxy.GetAsync($"/internal/tls-allowed?domain=nobody-{name}.example", TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, stranger.StatusCode);
        }

        using var own = await proxy.GetAsync($"/internal/tls-allowed?domain={HostedProduct.BarberHost}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
    }

    [Fact]
    public async Task A_host_that_is_taken_away_as_it_is_asked_for_is_refused()
    {
        await using var product = await Product.Start(builder => builder.Services.AddSingleton<IWhiteLabelStore>(services =>
        {
            var store = DispatchProxy.Create<IWhiteLabelStore, TakenAway>();
            ((TakenAway)store).Rows = ActivatorUtilities.CreateInstance<WhiteLabelStore>(services);
            return store;
        }));
        var account = (await product.Grains.Directory().AccountByName("harbour-yoga"))!.AccountId;

        Assert.Equal(HostRefusal.RelationChanged, (await product.Grains.WhiteLabel(account).AskForHost(Host, null)).Refusal);
    }

    private RecordWatch Watch => hosted.Product.Services.GetRequiredService<RecordWatch>();

    private async Task<Visitor> Reseller()
    {
        var visitor = hosted.Visitor(HostedProduct.PlatformHost);
        await visitor.SignIn("atelier-web", "demo-atelier-web");
        return await visitor.ActAs(hosted.Product, "petite-table");
    }

    private static async Task Ask(Visitor reseller, string host)
    {
        await reseller.Open(Page);
        await reseller.Submit("#ask", new Dictionary<string, string> { ["Host"] = host }, "#ask button");
    }

    private async Task Check(Visitor reseller)
    {
        hosted.Product.Clock.Advance(Duration.FromSeconds(5));
        await reseller.Submit("#check", null, "#check button");
    }

    private async Task Verify(Visitor reseller)
    {
        await Ask(reseller, Host);
        dns.Text($"_verify.{Host}", reseller.Page.QuerySelector("#proof-value")!.GetAttribute("value")!);
        await Check(reseller);
        Assert.Contains("Verified", reseller.Text(".standing .state"), StringComparison.Ordinal);
    }

    private async Task NextDay()
    {
        hosted.Product.Clock.Advance(Duration.FromDays(1));
        await Watch.Round(TestContext.Current.CancellationToken);
    }

    private async Task<HttpStatusCode> Served()
    {
        hosted.Product.Clock.Advance(Duration.FromSeconds(3));
        using var client = hosted.Client(Host);
        using var answer = await client.GetAsync("/", TestContext.Current.CancellationToken);
        return answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther ? HttpStatusCode.OK : answer.StatusCode;
    }

    private async Task<HttpStatusCode> TlsAllowed(string domain)
    {
        using var client = hosted.Client("127.0.0.1");
        using var answer = await client.GetAsync($"/internal/tls-allowed?domain={Uri.EscapeDataString(domain)}", TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private async Task<IReadOnlyList<WrittenMailListing>> Written() => await hosted.Product.Services.GetRequiredService<IWrittenMails>().List(100);

    private async Task<(string To, string Text)> Mailed(string subject)
    {
        await Eventually.Holds(async () => (await Written()).Any(mail => mail.Subject.Contains(subject, StringComparison.Ordinal)), TimeSpan.FromSeconds(30), $"a mail with '{subject}' is written");
        var listing = (await Written()).First(mail => mail.Subject.Contains(subject, StringComparison.Ordinal));
        return (listing.To, (await hosted.Product.Services.GetRequiredService<IWrittenMails>().Read(listing.Id))!.Text);
    }

    /// <summary>The rows, of which those of hosts are gone whenever they are read.</summary>
    public class TakenAway : DispatchProxy
    {
        public IWhiteLabelStore Rows { get; set; } = null!;

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(IWhiteLabelStore.Host) ? Task.FromResult<HostRow?>(null) : targetMethod.Invoke(Rows, args);
    }
}
