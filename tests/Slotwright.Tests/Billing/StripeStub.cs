using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Slotwright.Billing;

/// <summary>The few calls of Stripe's HTTP API that are made, on loopback: it keeps to the idempotency key and takes money once per key.</summary>
internal sealed class StripeStub : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, (int Status, string Body)> answered = new();

    private StripeStub(WebApplication app) => this.app = app;

    public string Address { get; private set; } = "";

    /// <summary>Path and form of every call, in order.</summary>
    public ConcurrentQueue<(string Path, Dictionary<string, string> Form)> Calls { get; } = new();

    /// <summary>Amounts that were taken, in cents.</summary>
    public ConcurrentQueue<long> Taken { get; } = new();

    public bool CardIsDeclined { get; set; }

    /// <summary>Status and kind of error with which every payment is refused; null: none is.</summary>
    public (int Status, string Type)? Refuses { get; set; }

    /// <summary>Takes the money, and then the answer is lost.</summary>
    public bool LosesAnswers { get; set; }

    public static async Task<StripeStub> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var stub = new StripeStub(app);
        app.Run(stub.Answer);
        await app.StartAsync();
        stub.Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return stub;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private async Task Answer(HttpContext context)
    {
        Assert.Equal("Bearer sk_test_stub", context.Request.Headers.Authorization.ToString());
        var path = context.Request.Path.Value!;
        var form = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync()).ToDictionary(field => field.Key, field => field.Value.ToString()) : [];
        Calls.Enqueue((path, form));
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        var (status, body) = key.Length > 0 && context.Request.Method == "POST" ? answered.GetOrAdd(key, _ => Do(path, form)) : Do(path, form);
        if (LosesAnswers && path == "/v1/payment_intents")
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(body);
    }

    private (int Status, string Body) Do(string path, Dictionary<string, string> form)
    {
        switch (path)
        {
            case "/v1/customers":
                return (200, Json(new { id = "cus_1", @object = "customer" }));
            case "/v1/checkout/sessions":
                return (200, Json(new { id = "cs_1", @object = "checkout.session", url = "https://checkout.stub.example/cs_1", mode = "setup" }));
            case "/v1/billing_portal/sessions":
                return (200, Json(new { id = "bps_1", @object = "billing_portal.session", url = "https://portal.stub.example/bps_1" }));
            case "/v1/setup_intents/seti_1":
                return (200, Json(new { id = "seti_1", @object = "setup_intent", payment_method = "pm_1", status = "succeeded" }));
            case "/v1/payment_intents" when CardIsDeclined:
                return (402, Json(new { error = new { type = "card_error", code = "card_declined", message = "Declined." } }));
            case "/v1/payment_intents" when Refuses is { } refusal:
                return (refusal.Status, Json(new { error = new { type = refusal.Type, message = "Refused." } }));
            case "/v1/payment_intents":
                Taken.Enqueue(long.Parse(form["amount"], System.Globalization.CultureInfo.InvariantCulture));
                return (200, Json(new { id = "pi_1", @object = "payment_intent", status = "succeeded", metadata = new Dictionary<string, string> { ["charge"] = form["metadata[charge]"] } }));
            default:
                return (404, Json(new { error = new { type = "invalid_request_error", message = path } }));
        }
    }

    private static string Json(object value) => JsonSerializer.Serialize(value);
}
