using System.Net;
using Slotwright.Platform;

namespace Slotwright.Pages;

/// <summary>The product as it stands in Production: plain http from a proxy that ended TLS.</summary>
public sealed class ProxyTests
{
    private const string Booking = "/schedule/corner-barber/Chairs/book?at=2027-01-12T14:30%2B01:00";

    private static readonly string[] BehindTls = ["--environment=Staging", "--Platform:BaseUrl=https://book.example", "--Demo:Enabled=true"];

    [Fact]
    public async Task A_form_behind_a_tls_proxy_renders_and_books()
    {
        await using var product = await Product.Start(null, BehindTls);
        var visitor = Through(product, "203.0.113.7");

        await visitor.Open(Booking);
        var cookie = Assert.Single(visitor.SetCookies, set => set.StartsWith("__Host-form=", StringComparison.Ordinal));
        await visitor.Submit("#booking", new Dictionary<string, string> { ["Name"] = "Ada", ["Email"] = "ada@example.com" });

        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal((HttpStatusCode.OK, "Your appointment is booked"), (visitor.Status, visitor.Heading));
    }

    [Fact]
    public async Task An_answer_over_tls_says_that_the_next_year_s_are_too()
    {
        await using var product = await Product.Start(null, BehindTls);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Host = "book.example";
        request.Headers.Add("X-Forwarded-Proto", "https");

        using var answer = await product.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal("max-age=31536000", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
    }

    [Fact, Trait("Fault", "29")]
    public async Task What_an_untrusted_peer_says_of_itself_is_not_believed()
    {
        await using var product = await Product.Start(null, [.. BehindTls, "--Platform:TrustedProxies:0=192.0.2.0/24", "--RateLimits:Enabled=true", "--RateLimits:SignInsPerAddressAndMinute=2"]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Host = "book.example";
        request.Headers.Add("X-Forwarded-Proto", "https");
        using var answer = await product.Http.SendAsync(request, TestContext.Current.CancellationToken);

        var statuses = await SignIns(product, 3);

        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[2]);
    }

    [Fact]
    public async Task Visitors_behind_one_proxy_are_counted_by_their_own_addresses()
    {
        await using var product = await Product.Start(null, [.. BehindTls, "--RateLimits:Enabled=true", "--RateLimits:SignInsPerAddressAndMinute=2"]);

        Assert.DoesNotContain(HttpStatusCode.TooManyRequests, await SignIns(product, 5));
    }

    [Theory]
    [InlineData("10.0.0.7", true)]
    [InlineData("10.0.0.0/24", true)]
    [InlineData("fd00::/8", true)]
    [InlineData("10.0.0.0/33", false)]
    [InlineData("proxy.internal", false)]
    public void A_trusted_proxy_is_an_address_or_a_network(string text, bool isOne)
    {
        var platform = new PlatformOptions();
        platform.TrustedProxies.Add(text);

        Assert.Equal(isOne, platform.TrustedNetworks() is [_]);
    }

    [Fact]
    public async Task A_trusted_proxy_that_is_neither_stops_the_start_with_a_sentence()
    {
        var fault = await Assert.ThrowsAsync<Microsoft.Extensions.Options.OptionsValidationException>(() => Product.Start(null, "--Platform:TrustedProxies:0=proxy.internal"));

        Assert.Contains("Platform:TrustedProxies", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<List<HttpStatusCode>> SignIns(Product product, int times)
    {
        var statuses = new List<HttpStatusCode>();
        for (var number = 1; number <= times; number++)
        {
            var visitor = Through(product, $"203.0.113.{number}");
            await visitor.Post("/signin", []);
            statuses.Add(visitor.Status);
        }

        return statuses;
    }

    private static Visitor Through(Product product, string caller) =>
        new(() => new Proxy(caller, new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }), product.Address, "en");

    private sealed class Proxy(string caller, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Host = "book.example";
            request.Headers.Add("X-Forwarded-For", caller);
            request.Headers.Add("X-Forwarded-Proto", "https");
            request.Headers.Add("X-Forwarded-Host", "evil.example");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
