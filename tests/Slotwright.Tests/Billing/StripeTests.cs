using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Resellers;
using Slotwright.Setup;
using Stripe;

namespace Slotwright.Billing;

/// <summary>Cards, against a stand-in for Stripe's HTTP API.</summary>
public sealed class StripeTests : IAsyncLifetime
{
    private const string Secret = "whsec_stub";

    private StripeStub stripe = null!;
    private Product product = null!;
    private int client;
    private int reseller;

    private PayerActor AsReseller => new(1, reseller);

    private string ChargeKey { get; set; } = "";

    public async ValueTask InitializeAsync()
    {
        stripe = await StripeStub.Start();
        product = await Product.Start(settings:
            ["--Billing:Stripe:SecretKey=sk_test_stub", $"--Billing:Stripe:WebhookSecret={Secret}", $"--Billing:Stripe:ApiBase={stripe.Address}"]);
        client = (await product.Grains.Directory().AccountByName("petite-table"))!.AccountId;
        reseller = (await product.Grains.Directory().AccountByName("atelier-web"))!.AccountId;
    }

    public async ValueTask DisposeAsync()
    {
        await product.DisposeAsync();
        await stripe.DisposeAsync();
    }

    [Fact, Trait("Requirement", "76")]
    public async Task A_reseller_leaves_a_card_and_each_charge_is_taken_from_it_once()
    {
        var visitor = await Owner.Of(product, "atelier-web");
        await visitor.Open("/reseller/atelier-web/statements");
        await visitor.Submit("section[aria-labelledby=paying] form", button: "button[value=card]");
        Assert.Equal("https://checkout.stub.example/cs_1", visitor.Page.QuerySelector(".choice-card a.btn")!.GetAttribute("href"));
        await CardLeft("evt_card");
        await visitor.Open("/reseller/atelier-web/statements");
        await visitor.Submit("section[aria-labelledby=paying] form", button: "button[value=portal]");
        Assert.Equal("https://portal.stub.example/bps_1", visitor.Page.QuerySelector(".choice-card a.btn")!.GetAttribute("href"));

        await Take("s");
        await Round();
        await Round();

        Assert.Equal([800L], stripe.Taken);
        Assert.All(stripe.Calls.Where(call => call.Path is "/v1/checkout/sessions" or "/v1/payment_intents"), call => Assert.Equal("card", call.Form["allowed_payment_method_types[0]"]));
        Assert.True(await Balance() == 0);
        Assert.Equal(HttpStatusCode.OK, await Report("evt_paid", "payment_intent.succeeded", Intent(0)));
        Assert.Equal(1, await product.Count("select count(*) from ledger where kind = 3"));
    }

    [Fact]
    public async Task An_answer_that_is_lost_is_asked_for_again_and_takes_no_money_twice()
    {
        await CardLeft("evt_card");
        stripe.LosesAnswers = true;
        await Take("s");
        await Round();
        stripe.LosesAnswers = false;
        product.Clock.AdvanceMinutes(3);
        await Round();

        Assert.Equal([800L], stripe.Taken);
        Assert.Equal(2, stripe.Calls.Count(call => call.Path == "/v1/payment_intents"));
        Assert.Equal(0, await Balance());
    }

    [Fact, Trait("Requirement", "75")]
    public async Task A_declined_card_is_past_due_until_another_card_is_left()
    {
        await CardLeft("evt_card");
        stripe.CardIsDeclined = true;
        await Take("s");
        await Round();
        Assert.Equal(SubscriptionState.PastDue, (await product.Grains.Billing(client).Subscription(AsReseller))!.State);

        stripe.CardIsDeclined = false;
        await CardLeft("evt_other_card");
        await Round();

        Assert.Equal([800L], stripe.Taken);
        Assert.Equal(SubscriptionState.Active, (await product.Grains.Billing(client).Subscription(AsReseller))!.State);

        // The report about the first attempt comes late.
        Assert.Equal(HttpStatusCode.OK, await Report("evt_late", "payment_intent.payment_failed", Intent(0)));
        Assert.Equal(SubscriptionState.Active, (await product.Grains.Billing(client).Subscription(AsReseller))!.State);
    }

    [Theory]
    [InlineData(400, "invalid_request_error", SubscriptionState.PastDue)]
    [InlineData(401, "invalid_request_error", SubscriptionState.Active)]
    [InlineData(400, "idempotency_error", SubscriptionState.Active)]
    [InlineData(500, "api_error", SubscriptionState.Active)]
    public async Task A_card_that_can_no_more_be_asked_is_past_due_and_what_says_nothing_of_the_card_is_tried_again(int status, string type, SubscriptionState state)
    {
        await CardLeft("evt_card");
        stripe.Refuses = (status, type);
        await Take("s");
        await Round();

        Assert.Equal(state, (await product.Grains.Billing(client).Subscription(AsReseller))!.State);
        Assert.Equal(state == SubscriptionState.Active ? 1 : 4, await product.Count("select state from collections"));
    }

    [Fact]
    public async Task Whoever_removes_the_card_on_the_providers_page_pays_by_invoice_until_another_is_left()
    {
        await CardLeft("evt_card");
        await Report("evt_other", "payment_method.detached", new { id = "pm_other", @object = "payment_method" });
        Assert.Equal(1, await product.Count("select count(*) from payers where method = 2 and card = 'pm_1'"));

        Assert.Equal(HttpStatusCode.OK, await Report("evt_gone", "payment_method.detached", new { id = "pm_1", @object = "payment_method" }));
        await Take("s");
        await Round();
        Assert.Empty(stripe.Taken);
        Assert.Equal(0, await product.Count("select count(*) from collections"));
        Assert.False((await product.Grains.Billing(client).Subscription(AsReseller))!.HasCard);

        await CardLeft("evt_again");
        Assert.Equal(HttpStatusCode.OK, await Report("evt_gone", "payment_method.detached", new { id = "pm_1", @object = "payment_method" }));
        Assert.True((await product.Grains.Billing(client).Subscription(AsReseller))!.HasCard);
    }

    [Fact]
    public async Task A_report_counts_once_and_in_any_order()
    {
        await CardLeft("evt_card");
        stripe.CardIsDeclined = true;
        await Take("s");
        foreach (var id in (string[])["evt_1", "evt_1", "evt_2"])
        {
            Assert.Equal(HttpStatusCode.OK, await Report(id, "payment_intent.succeeded", Intent(0)));
        }

        Assert.Equal(HttpStatusCode.OK, await Report("evt_3", "payment_intent.payment_failed", Intent(0)));
        Assert.Equal(HttpStatusCode.OK, await Report("evt_4", "customer.updated", new { id = "cus_1", @object = "customer" }));

        Assert.Equal(1, await product.Count("select count(*) from ledger where kind = 3"));
        Assert.Equal(0, await Balance());
        Assert.Equal(SubscriptionState.Active, (await product.Grains.Billing(client).Subscription(AsReseller))!.State);
    }

    [Fact]
    public async Task What_is_not_signed_by_the_provider_or_is_stale_changes_nothing()
    {
        await CardLeft("evt_card");
        await Take("s");
        var body = Body("evt_forged", "payment_intent.succeeded", Intent(0));
        var good = Sign(body, product.Clock.GetCurrentInstant());
        var cases = new (string Body, string? Signature)[]
        {
            (body, null), (body, ""), (body, "t=1,v1=00"), (body, Sign(body, product.Clock.GetCurrentInstant(), "whsec_other")), (body + " ", good),
            (body, Sign(body, product.Clock.GetCurrentInstant() - Duration.FromMinutes(10))), ("{}", Sign("{}", product.Clock.GetCurrentInstant())), ("not json", good),
        };

        foreach (var (text, signature) in cases)
        {
            Assert.Equal(HttpStatusCode.BadRequest, await Send(text, signature));
        }

        Assert.Equal(0, await product.Count("select count(*) from ledger where kind = 3"));
        Assert.Equal(1, await product.Count("select count(*) from payment_events"));
        Assert.Equal(HttpStatusCode.OK, await Send(body, good));
    }

    private async Task Take(string plan)
    {
        Assert.True((await product.Grains.Billing(client).Choose(new ChoosePlan(AsReseller, plan, null))).Accepted);
        ChargeKey = SubscriptionRules.ChargeKey(client, product.Clock.GetCurrentInstant());
    }

    private Task<int> Round() => product.Services.GetRequiredService<Renewals>().Settle(CancellationToken.None);

    private async Task CardLeft(string eventId)
    {
        await product.Grains.Billing(reseller).LeaveCard(new ProviderReturn(new PayerActor(1, null), "https://book.example/back"));
        Assert.Equal(HttpStatusCode.OK, await Report(eventId, "checkout.session.completed", new { id = "cs_1", @object = "checkout.session", mode = "setup", customer = "cus_1", setup_intent = "seti_1" }));
    }

    private object Intent(int attempt) => new { id = "pi_1", @object = "payment_intent", metadata = new Dictionary<string, string> { ["charge"] = ChargeKey, ["attempt"] = $"{attempt}" } };

    private Task<HttpStatusCode> Report(string id, string type, object about)
    {
        var body = Body(id, type, about);
        return Send(body, Sign(body, product.Clock.GetCurrentInstant()));
    }

    private static string Body(string id, string type, object about) =>
        JsonSerializer.Serialize(new { id, @object = "event", type, api_version = "2026-01-01", created = 1, data = new { @object = about } });

    private static string Sign(string body, Instant at, string secret = Secret) => EventUtility.GenerateSignatureHeader(body, secret, at.ToUnixTimeSeconds());

    private async Task<HttpStatusCode> Send(string body, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(product.Address, "/webhooks/stripe")) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (signature is not null)
        {
            request.Headers.TryAddWithoutValidation("Stripe-Signature", signature);
        }

        using var answer = await product.Http.SendAsync(request, TestContext.Current.CancellationToken);
        return answer.StatusCode;
    }

    private Task<long> Balance() => product.Count($"select coalesce(sum(net + vat), 0) from ledger where payer_id = {reseller}");
}
