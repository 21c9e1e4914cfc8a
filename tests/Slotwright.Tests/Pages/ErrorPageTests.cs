using System.Net;

namespace Slotwright.Pages;

public sealed class ErrorPageTests
{
    private const string HalfPastTwo = "/schedule/corner-barber/Chairs/book?at=2026-12-09T14:30%2B01:00";

    [Fact]
    public async Task An_unknown_page_of_an_account_is_in_its_name()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");

        await visitor.Open("/schedule/corner-barber/Nothing");

        Assert.Equal((HttpStatusCode.NotFound, "There is no such page · The Corner Barber"), (visitor.Status, visitor.Page.Title));
    }

    [Fact, Trait("Fault", "10")]
    public async Task When_no_grain_answers_the_page_says_so_and_when_to_try_again()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await visitor.SignIn("corner-barber", "demo-corner-barber");
        host.World.Clock.Advance(NodaTime.Duration.FromMinutes(1));
        host.World.Fault = new TimeoutException("No silo.");

        foreach (var page in new[] { "/schedule/corner-barber/Chairs", "/a/corner-barber", "/" })
        {
            await visitor.Open(page);

            Assert.Equal((HttpStatusCode.ServiceUnavailable, "Please try again in a moment"), (visitor.Status, visitor.Heading));
            Assert.Equal("5", visitor.Answer.Headers.GetValues("Retry-After").Single());
            Assert.DoesNotContain("No silo.", visitor.Source, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_was_typed_outlives_an_outage_and_books_once()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await visitor.Open(HalfPastTwo);
        host.World.Clock.Advance(NodaTime.Duration.FromMinutes(1));
        host.World.Fault = new TimeoutException("No silo.");

        await visitor.Submit("#booking", new Dictionary<string, string> { ["Name"] = "Ada \"<Lovelace>\"", ["Email"] = "ada@example.com", ["Note"] = "one\ntwo" });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, visitor.Status);
        host.World.Fault = null;
        await visitor.Submit("main form");

        Assert.Equal("Your appointment is booked", visitor.Heading);
        var booked = Assert.Single(host.Chairs.Appointments.Values);
        Assert.Equal(("Ada \"<Lovelace>\"", "one\ntwo"), (booked.Customer.Name, booked.Note));
    }

    [Theory]
    [InlineData("PUT", "/schedule/corner-barber/Chairs")]
    [InlineData("DELETE", "/a/corner-barber/settings")]
    [InlineData("PATCH", "/signin")]
    public async Task Another_method_than_a_pages_own_is_answered_as_such(string method, string page)
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");

        await visitor.Send(new HttpMethod(method), new Uri(visitor.Address, page), null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, visitor.Status);
        Assert.NotEmpty(visitor.Heading);
    }

    [Theory, Trait("Fault", "53")]
    [InlineData("/signin")]
    [InlineData("/schedule/corner-barber/Chairs/book")]
    public async Task A_form_beyond_what_the_server_takes_is_too_large_and_no_form_without_a_token(string page)
    {
        await using var product = await Product.Start();
        using var client = product.NewVisitor();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(page, UriKind.Relative))
        {
            Content = new FormUrlEncodedContent([KeyValuePair.Create("login", new string('x', 2_000_000))]),
        };
        request.Headers.ExpectContinue = true;

        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("<h1>", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_is_never_written_into_a_page()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await visitor.Open("/signin");
        host.World.Fault = new TimeoutException("No silo.");

        await visitor.Submit("main form", new Dictionary<string, string> { ["login"] = "corner-barber", ["password"] = "demo-corner-barber" });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, visitor.Status);
        Assert.DoesNotContain("demo-corner-barber", visitor.Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_of_ours_is_a_500_with_a_number_for_the_logs()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        host.World.Fault = new InvalidOperationException("secret detail");

        await visitor.Open("/schedule/corner-barber/Chairs");

        Assert.Equal((HttpStatusCode.InternalServerError, "Something went wrong here"), (visitor.Status, visitor.Heading));
        Assert.Matches("mention this number: [0-9a-zA-Z:]+", visitor.Text("main"));
        Assert.DoesNotContain("secret", visitor.Source, StringComparison.Ordinal);
    }

    [Fact, Trait("Fault", "27")]
    public async Task A_call_refused_for_the_tenants_sake_is_not_found()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        host.World.Fault = new Tenancy.ForeignTenantException("not yours");

        await visitor.Open("/schedule/corner-barber/Chairs");

        Assert.Equal(HttpStatusCode.NotFound, visitor.Status);
    }
}
