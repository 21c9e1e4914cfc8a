using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Pages;
using Slotwright.Platform;
using Slotwright.Setup;
using Slotwright.Team;

namespace Slotwright.Tenancy;

/// <summary>An account's pages on a host name of its own, and what other hosts get.</summary>
public sealed class OwnHostTests
{
    private static readonly string[] Addressed = ["href", "action", "formaction", "src"];

    private const string Afternoon = "2027-01-12T14:30+01:00";

    [Fact, Trait("Requirement", "66"), Trait("Requirement", "16"), Trait("Requirement", "64")]
    public async Task A_customer_books_moves_and_cancels_on_the_accounts_own_host_by_its_short_addresses()
    {
        await using var hosted = await HostedProduct.Start();
        var visitor = hosted.Visitor(HostedProduct.BarberHost);

        await visitor.Open("/");
        Assert.Equal("/Chairs", visitor.Address.AbsolutePath);
        AssertShort(visitor);
        var manage = await HostedProduct.Book(visitor, "/Chairs", Afternoon);
        Assert.Equal(HostedProduct.BarberHost, manage.Host);
        Assert.StartsWith("/appointment/", manage.AbsolutePath, StringComparison.Ordinal);
        AssertShort(visitor);
        await visitor.Open(manage.AbsolutePath + "/move");
        AssertShort(visitor);
        await visitor.Follow("a.time");
        AssertShort(visitor);
        await visitor.Submit("main form");
        Assert.StartsWith("/appointment/", visitor.Address.AbsolutePath, StringComparison.Ordinal);
        await visitor.Open(manage.AbsolutePath + "/cancel");
        await visitor.Submit("main form");

        Assert.Equal("This appointment is cancelled", visitor.Heading);
        AssertShort(visitor);
    }

    [Fact, Trait("Requirement", "62"), Trait("Requirement", "67")]
    public async Task An_owner_signs_in_on_the_own_host_and_works_below_dashboard()
    {
        await using var hosted = await HostedProduct.Start();
        var owner = hosted.Visitor(HostedProduct.BarberHost);

        await owner.SignIn("corner-barber", "demo-corner-barber");

        Assert.Equal((HttpStatusCode.OK, "/dashboard"), (owner.Status, owner.Address.AbsolutePath));
        Assert.Contains("Corner Barber", owner.Text("header"), StringComparison.Ordinal);
        AssertShort(owner);
        Assert.All(owner.SetCookies, set => Assert.StartsWith("__Host-", set, StringComparison.Ordinal));
    }

    [Fact, Trait("Requirement", "62"), Trait("Requirement", "63"), Trait("Requirement", "64"), Trait("Requirement", "66"), Trait("Requirement", "67")]
    public async Task The_bare_address_lists_schedules_or_leads_to_the_only_one_and_who_signs_in_there_comes_to_the_control_panel()
    {
        await using var hosted = await HostedProduct.Start();
        Assert.True(await hosted.Map("tables.petite-table.example", "petite-table"));
        var only = hosted.Visitor(HostedProduct.YogaHost);
        await only.Open("/");
        Assert.Equal("/Private_lessons", only.Address.AbsolutePath);

        var owner = hosted.Visitor("tables.petite-table.example");
        await owner.Open("/");
        Assert.Equal((HttpStatusCode.OK, "/"), (owner.Status, owner.Address.AbsolutePath));
        Assert.All(["/Terrace", "/Indoor"], schedule => Assert.NotNull(owner.Page.QuerySelector($"main a[href='{schedule}']")));
        await owner.Open("/Terrace");
        await owner.Follow(".tools > a[href^='/signin']");
        await owner.Open("/dashboard");
        Assert.Equal("/signin", owner.Address.AbsolutePath);
        await owner.Send("main form", ("login", "petite-table"), ("password", "demo-petite-table"));

        Assert.Equal((HttpStatusCode.OK, "/dashboard"), (owner.Status, owner.Address.AbsolutePath));
        await owner.Open("/Terrace");
        Assert.Equal("Control panel", owner.Text(".tools > a[href='/dashboard']"));
        var atPlatform = hosted.Visitor(HostedProduct.PlatformHost);
        await atPlatform.SignIn("petite-table", "demo-petite-table");
        Assert.Equal((HttpStatusCode.OK, "/a/petite-table"), (atPlatform.Status, atPlatform.Address.AbsolutePath));
    }

    [Fact]
    public async Task A_letter_leads_to_an_own_host_only_when_the_login_opens_nothing_else()
    {
        await using var hosted = await HostedProduct.Start(Mailbox.Paused);
        var product = hosted.Product;

        Assert.StartsWith($"https://{HostedProduct.BarberHost}/", await Reset("owner@corner-barber.example"), StringComparison.Ordinal);
        var brand = (await (await product.Account("corner-barber")).Face())!.Brand;
        var second = await product.Grains.SignUp().OpenAccount(new Accounts.OpenAccount { Name = "second-shop", Brand = brand, OwnerEmail = "owner@corner-barber.example" });
        Assert.True(second.Accepted);
        Assert.StartsWith($"https://{HostedProduct.PlatformHost}/", await Reset("owner@corner-barber.example"), StringComparison.Ordinal);

        Assert.StartsWith($"https://{HostedProduct.YogaHost}/", await Reset("owner@harbour-yoga.example"), StringComparison.Ordinal);
        await product.Services.GetRequiredService<IPersonStore>().MakeOperator(new Accounts.NewPerson { Id = 990_001, Email = "owner@harbour-yoga.example", NormalisedEmail = "owner@harbour-yoga.example" });
        Assert.StartsWith($"https://{HostedProduct.PlatformHost}/", await Reset("owner@harbour-yoga.example"), StringComparison.Ordinal);

        // A reseller's opens its clients and its dashboard too.
        Assert.True(await hosted.Map("book.atelier.example", "atelier-web"));
        Assert.StartsWith($"https://{HostedProduct.PlatformHost}/", await Reset("owner@atelier-web.example"), StringComparison.Ordinal);

        async Task<string> Reset(string email)
        {
            product.Clock.Advance(Duration.FromMinutes(1));
            await product.Grains.Person((await product.Grains.Directory().PersonByLogin(email))!.Value).AskForReset(new LetterManner("en", null));
            return (await product.Letters(email)).First(letter => letter.Text.Contains("/set-password/", StringComparison.Ordinal)).Link("https://");
        }
    }

    [Theory]
    [InlineData("/schedule/harbour-yoga")]
    [InlineData("/schedule/harbour-yoga/Private_lessons")]
    [InlineData("/a/harbour-yoga")]
    [InlineData("/brand/harbour-yoga/x.css")]
    [InlineData("/Private_lessons")]
    [InlineData("/dashboard")]
    [InlineData("/reseller")]
    [InlineData("/error")]
    [InlineData("/signin?return=/a/harbour-yoga")]
    public async Task Another_tenants_pages_and_the_platforms_are_not_there_on_an_own_host(string path)
    {
        await using var hosted = await HostedProduct.Start();
        var stranger = hosted.Visitor(HostedProduct.BarberHost);

        await stranger.Open(path);

        Assert.True(stranger.Status == HttpStatusCode.NotFound || stranger.Address.AbsolutePath == "/signin", $"{stranger.Status} at {stranger.Address}");
        Assert.DoesNotContain("Harbour", stranger.Source, StringComparison.Ordinal);
        Assert.Contains("The Corner Barber", stranger.Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/schedule/corner-barber/Chairs")]
    [InlineData("/signin")]
    [InlineData("/api/schedules.json")]
    [InlineData("/openapi/v1.json")]
    public async Task A_host_that_is_nobodys_serves_nothing_and_names_nobody(string path)
    {
        await using var hosted = await HostedProduct.Start();
        var stranger = hosted.Visitor("somebody-elses.example");

        await stranger.Open(path);

        Assert.Equal(HttpStatusCode.NotFound, stranger.Status);
        Assert.DoesNotContain("Slotwright", stranger.Source, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Barber", stranger.Source, StringComparison.Ordinal);
    }

    [Fact, Trait("Fault", "29")]
    public async Task What_a_stranger_says_of_the_host_beside_it_moves_no_link_and_no_redirect()
    {
        await using var hosted = await HostedProduct.Start("--Platform:TrustedProxies:0=192.0.2.0/24");
        using var client = hosted.Client(HostedProduct.PlatformHost);
        foreach (var header in new[] { "X-Forwarded-Host", "X-Host", "Forwarded", "X-Original-Host" })
        {
            client.DefaultRequestHeaders.Add(header, header == "Forwarded" ? "host=evil.example" : "evil.example");
        }

        using var list = await client.GetAsync("/schedule/corner-barber", TestContext.Current.CancellationToken);
        using var office = await client.GetAsync("/a/corner-barber", TestContext.Current.CancellationToken);
        using var made = await Make(hosted, client, "corner-barber", "Chairs");

        Assert.Equal("/schedule/corner-barber/Chairs", list.Headers.Location!.OriginalString);
        Assert.StartsWith("/signin?", office.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.StartsWith($"https://{HostedProduct.PlatformHost}/api/bookings/", made.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_api_on_an_own_host_knows_that_accounts_key_only_and_answers_with_its_host()
    {
        await using var hosted = await HostedProduct.Start();
        using var client = hosted.Client(HostedProduct.BarberHost);

        using var foreign = await Make(hosted, client, "harbour-yoga", "Private lessons");
        using var made = await Make(hosted, client, "corner-barber", "Chairs");

        Assert.Equal(HttpStatusCode.Unauthorized, foreign.StatusCode);
        Assert.StartsWith($"https://{HostedProduct.BarberHost}/api/bookings/", made.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_is_served_within_five_seconds_of_being_mapped_and_no_longer_after_being_released()
    {
        await using var hosted = await HostedProduct.Start();
        var visitor = hosted.Visitor("termin.petite-table.example");
        await visitor.Open("/");
        Assert.Equal(HttpStatusCode.NotFound, visitor.Status);

        Assert.True(await hosted.Map("termin.petite-table.example", "petite-table"));
        hosted.Product.Clock.Advance(Duration.FromSeconds(5));
        await visitor.Open("/");
        Assert.Equal(HttpStatusCode.OK, visitor.Status);

        Assert.True(await hosted.Unmap("termin.petite-table.example", "petite-table"));
        hosted.Product.Clock.Advance(Duration.FromSeconds(5));
        await visitor.Open("/");
        Assert.Equal(HttpStatusCode.NotFound, visitor.Status);
    }

    [Theory, Trait("Fault", "28")]
    [InlineData(HostedProduct.PlatformHost, HostedProduct.BarberHost, "corner-barber", "/dashboard")]
    [InlineData(HostedProduct.BarberHost, HostedProduct.PlatformHost, "corner-barber", "/a/corner-barber")]
    [InlineData(HostedProduct.YogaHost, HostedProduct.BarberHost, "harbour-yoga", "/dashboard")]
    [InlineData(HostedProduct.BarberHost, HostedProduct.YogaHost, "corner-barber", "/dashboard")]
    public async Task A_session_of_one_host_is_signed_out_on_another(string here, string there, string login, string page)
    {
        await using var hosted = await HostedProduct.Start();
        var (owner, elsewhere) = (hosted.Visitor(here), hosted.Visitor(there));
        await owner.SignIn(login, $"demo-{login}");
        Assert.Equal(HttpStatusCode.OK, owner.Status);
        Assert.NotEqual("/signin", owner.Address.AbsolutePath);
        foreach (var (name, value) in owner.Cookies)
        {
            elsewhere.Keep(name, value);
        }

        await elsewhere.Open(page);

        Assert.Equal("/signin", elsewhere.Address.AbsolutePath);
        Assert.Null(elsewhere.Page.QuerySelector("form[action='/signout']"));
    }

    [Fact]
    public async Task No_route_is_mistaken_for_a_schedule_on_an_own_host()
    {
        await using var product = await Product.Start();

        var first = product.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(route => route.RoutePattern.PathSegments is [{ Parts: [RoutePatternLiteralPart word] }, ..] ? word.Content : "")
            .Distinct()
            .Where(word => word is not ("" or "dashboard"));

        Assert.All(first, word => Assert.True(HostPaths.IsTaken(word), $"/{word} must be known to {nameof(HostPaths)}"));
    }

    private static async Task<HttpResponseMessage> Make(HostedProduct hosted, HttpClient client, string account, string schedule)
    {
        var (_, id) = await hosted.Product.Find(account, schedule);
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/bookings.json")
        {
            Content = new StringContent($$"""{"booking":{"start":"2027-01-13 14:30","full_name":"Ada"},"schedule_id":{{id}}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account}:demo-{account}-key")));
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>No link, form or header leads by the platform's long addresses.</summary>
    private static void AssertShort(Visitor visitor)
    {
        var addresses = visitor.Page.QuerySelectorAll("[href],[action],[formaction],[src]")
            .SelectMany(element => Addressed.Select(element.GetAttribute))
            .OfType<string>()
            .ToList();
        Assert.NotEmpty(addresses);
        Assert.DoesNotContain(addresses, address => address.StartsWith("/schedule/", StringComparison.Ordinal) || address.StartsWith("/a/", StringComparison.Ordinal) || address.Contains(HostedProduct.PlatformHost, StringComparison.Ordinal));
    }
}
