using System.Globalization;
using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using Slotwright.Storage.Billing;
using Stripe;

namespace Slotwright.Billing;

/// <summary>
/// Cards through Stripe. A card is left on Stripe's own page; each charge of the ledger is then taken from it under the charge's key, so that Stripe
/// gives a repeated request the first answer again. What became of it is believed from Stripe's answer or its signed report, whichever comes first.
/// </summary>
internal sealed partial class StripePayments(
    StripeClient stripe,
    CardStore cards,
    IGrainFactory grains,
    IOptions<BillingOptions> options,
    IClock clock,
    ILogger<StripePayments> logger) : IPaymentProvider
{
    private const string ChargeKey = "charge";
    private const string AttemptKey = "attempt";

    private static readonly Duration Lease = Duration.FromMinutes(2);

    public bool TakesCards => true;

    public Task<ProviderPage?> LeaveCard(PayingAccount payer, string returnUrl) => Asked(async () =>
    {
        var session = await new Stripe.Checkout.SessionService(stripe).CreateAsync(new Stripe.Checkout.SessionCreateOptions
        {
            Mode = "setup",
            AllowedPaymentMethodTypes = ["card"],
            Customer = await CustomerOf(payer),
            Currency = options.Value.Currency.ToLowerInvariant(),
            ClientReferenceId = Text(payer.AccountId),
            SuccessUrl = returnUrl,
            CancelUrl = returnUrl,
        });
        return session.Url;
    });

    public async Task<ProviderPage?> Portal(int payerId, string returnUrl) => await cards.Customer(payerId) is not { } customer ? null : await Asked(async () =>
        (await new Stripe.BillingPortal.SessionService(stripe).CreateAsync(new Stripe.BillingPortal.SessionCreateOptions { Customer = customer, ReturnUrl = returnUrl })).Url);

    public async Task<PaymentReportAnswer> Receive(PaymentReport report)
    {
        Event told;
        try
        {
            told = EventUtility.ConstructEvent(
                report.Body, report.Signature, options.Value.Stripe.WebhookSecret, options.Value.Stripe.ToleranceSeconds,
                clock.GetCurrentInstant().ToUnixTimeSeconds(), throwOnApiVersionMismatch: false);
        }
#pragma warning disable CA1031 // Whatever cannot be read or is not signed is not Stripe's.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogForged(error.GetType().Name);
            return PaymentReportAnswer.Refused;
        }

        if (told is not { Id.Length: > 0, Data.Object: not null })
        {
            return PaymentReportAnswer.Refused;
        }

        if (!await cards.IsTaken(told.Id))
        {
            await Take(told);
        }

        return PaymentReportAnswer.Taken;
    }

    public async Task<int> Collect(CancellationToken stopping)
    {
        var now = clock.GetCurrentInstant();
        var due = await cards.LeaseDue(now, now + Lease, 20);
        foreach (var collection in due.TakeWhile(_ => !stopping.IsCancellationRequested))
        {
            try
            {
                await Collect(collection);
            }
#pragma warning disable CA1031 // One charge must not keep the others waiting; its lease ends and it is asked for again, under the same key.
            catch (Exception error)
#pragma warning restore CA1031
            {
                LogNotCollected(error, collection.AccountId);
            }
        }

        return due.Count;
    }

    private Task Take(Event told) => (told.Type, told.Data.Object) switch
    {
        (EventTypes.CheckoutSessionCompleted, Stripe.Checkout.Session { Mode: "setup" } session) => CardLeft(told.Id, session),
        (EventTypes.PaymentIntentSucceeded, PaymentIntent intent) when KeyOf(intent) is { } key => cards.Pay(told.Id, key, PostingMonth, Now),
        (EventTypes.PaymentIntentPaymentFailed, PaymentIntent intent) when KeyOf(intent) is { } key => Failed(told.Id, key, intent.Metadata.GetValueOrDefault(AttemptKey)),
        (EventTypes.PaymentMethodDetached, Stripe.PaymentMethod gone) => cards.LoseCard(told.Id, gone.Id, Now),
        _ => cards.Take(told.Id, Now),
    };

    private async Task CardLeft(string eventId, Stripe.Checkout.Session session)
    {
        if (session.CustomerId is not { } customer || await cards.PayerOf(customer) is not { } payer || session.SetupIntentId is not { } setup)
        {
            await cards.Take(eventId, Now);
            return;
        }

        var card = (await new SetupIntentService(stripe).GetAsync(setup)).PaymentMethodId;
        await cards.LeaveCard(eventId, payer, card, Now);
    }

    private async Task Collect(Collection collection)
    {
        if (collection is not { Customer: { } customer, Card: { } card })
        {
            await Failed(null, collection.Key, Text(collection.Attempts));
            return;
        }

        try
        {
            var intent = await new PaymentIntentService(stripe).CreateAsync(
                new PaymentIntentCreateOptions
                {
                    Amount = collection.Amount.Minor(),
                    Currency = collection.Amount.Currency.ToLowerInvariant(),
                    Customer = customer,
                    PaymentMethod = card,
                    AllowedPaymentMethodTypes = ["card"],
                    OffSession = true,
                    Confirm = true,
                    Metadata = new Dictionary<string, string> { [ChargeKey] = collection.Key, [AttemptKey] = Text(collection.Attempts) },
                },
                new RequestOptions { IdempotencyKey = $"{collection.Key}:{Text(collection.Attempts)}" });
            if (intent.Status == "succeeded")
            {
                await cards.Pay(null, collection.Key, PostingMonth, Now);
            }
        }
        catch (StripeException refused) when (IsFinal(refused))
        {
            LogRefused(refused.StripeError.Code, collection.AccountId);
            await Failed(null, collection.Key, Text(collection.Attempts));
        }
    }

    /// <summary>
    /// The grain first: what is noted is not done again, and failing twice is harmless. A report about an earlier attempt, or about what was paid
    /// meanwhile, comes too late to matter.
    /// </summary>
    private async Task Failed(string? eventId, string key, string? attempt)
    {
        if (await cards.Find(key) is not { IsPaid: false, Collection: { } collection } || Text(collection.Attempts) != attempt)
        {
            if (eventId is not null)
            {
                await cards.Take(eventId, Now);
            }

            return;
        }

        await grains.Settlement(collection.AccountId).Fail(collection.PayerId);
        if (!await cards.Fail(eventId, collection, Now) && await cards.Find(key) is { IsPaid: true })
        {
            // The payment came between the two.
            await grains.Settlement(collection.AccountId).Pay();
        }
    }

    /// <summary>
    /// The card gives nothing, or can no more be asked: it was removed on the provider's page, or its customer was. Whoever asks again hears the same.
    /// A wrong key (401) or another request under this one's key says nothing of the card.
    /// </summary>
    private static bool IsFinal(StripeException refused) =>
        refused.StripeError?.Type == "card_error"
        || (refused.StripeError?.Type == "invalid_request_error" && refused.HttpStatusCode == HttpStatusCode.BadRequest);

    private async Task<string> CustomerOf(PayingAccount payer)
    {
        if (await cards.Customer(payer.AccountId) is { } known)
        {
            return known;
        }

        var made = await new CustomerService(stripe).CreateAsync(
            new CustomerCreateOptions { Email = payer.Email, Name = payer.Name, Metadata = new Dictionary<string, string> { ["account"] = Text(payer.AccountId) } },
            new RequestOptions { IdempotencyKey = "customer:" + Text(payer.AccountId) });
        return await cards.Remember(payer.AccountId, made.Id);
    }

    private async Task<ProviderPage?> Asked(Func<Task<string>> ask)
    {
        try
        {
            return new ProviderPage(await ask());
        }
        catch (Exception away) when (away is StripeException or HttpRequestException or TaskCanceledException)
        {
            LogAway(away);
            return null;
        }
    }

    private Instant Now => clock.GetCurrentInstant();

    private string PostingMonth => Periods.Month(Now, options.Value.Zone);

    private static string? KeyOf(PaymentIntent intent) => intent.Metadata?.GetValueOrDefault(ChargeKey);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(1, LogLevel.Warning, "A report of a payment was refused: {Reason}")]
    private partial void LogForged(string reason);

    [LoggerMessage(2, LogLevel.Warning, "The payment provider did not answer")]
    private partial void LogAway(Exception error);

    [LoggerMessage(3, LogLevel.Warning, "A charge of account {AccountId} could not be taken from its card; it is tried again")]
    private partial void LogNotCollected(Exception error, int accountId);

    [LoggerMessage(4, LogLevel.Warning, "The payment provider refused a charge of account {AccountId}: {Code}")]
    private partial void LogRefused(string? code, int accountId);
}
