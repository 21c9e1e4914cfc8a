using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Slotwright.Mail;

/// <summary>Sends leased rows: re-checks, renders, sends and marks each, one mail at a time per connection.</summary>
internal sealed partial class LaneSender(
    Outbox outbox,
    IMailTransport transport,
    OwnServers ownServers,
    Sendings sendings,
    MailComposer composer,
    DkimSigning dkim,
    RetrySchedule retries,
    MailMeters meters,
    IClock clock,
    TimeProvider time,
    IOptions<SmtpOptions> smtp,
    ILogger<LaneSender> logger)
{
    // Who cannot be asked for the brand is asked again soon; no server was troubled, so it is no attempt.
    private static readonly Duration AskBrandAgain = Duration.FromSeconds(5);

    private readonly TimeSpan mailTimeout = TimeSpan.FromSeconds(smtp.Value.TimeoutSeconds);

    /// <summary>Works off the queue until it is empty, the lane rests or the process stops; a mail in hand is always finished.</summary>
    public async Task Run(Lane lane, ConcurrentQueue<Delivery> queue, CancellationToken stopping)
    {
        await using var line = new Line(lane);
        while (!stopping.IsCancellationRequested && !lane.Rests(clock.GetCurrentInstant()) && queue.TryDequeue(out var delivery))
        {
            await Deliver(line, delivery);
        }
    }

    private async Task Deliver(Line line, Delivery delivery)
    {
        // A lease that could end during the mail is handed back and taken afresh.
        if (clock.GetCurrentInstant() + Duration.FromTimeSpan(mailTimeout) >= delivery.LeaseUntil)
        {
            await outbox.Release([delivery]);
            return;
        }

        Letter letter;
        try
        {
            letter = await outbox.Open(delivery);
        }
        catch (JsonException unreadable)
        {
            LogNotComposed(unreadable, delivery.Id);
            await Retry(delivery, "The stored change could not be read");
            return;
        }

        if (letter.Unwanted is { } reason)
        {
            await outbox.Finish(letter.Delivery, DeliveryState.Dropped, reason);
            meters.Dropped(letter.Delivery);
            return;
        }

        if (letter.NotBefore is { } due)
        {
            await outbox.Reschedule(letter.Delivery, due);
            return;
        }

        // Servers are set and taken away while mails wait.
        var sending = await sendings.Of(letter.Delivery);
        if (sending.Lane != letter.Delivery.Lane)
        {
            await outbox.ChangeLane(letter.Delivery, sending.Lane);
            return;
        }

        if (await Compose(letter, sending) is { } mail)
        {
            await Send(line, mail);
        }
    }

    private async Task<OutgoingMail?> Compose(Letter letter, Sending sending)
    {
        try
        {
            var composed = await composer.Compose(letter, sending);
            if (composed is null)
            {
                await outbox.Finish(letter.Delivery, DeliveryState.Dropped, "The account or schedule is gone");
                meters.Dropped(letter.Delivery);
            }

            if (composed is not null)
            {
                dkim.Sign(composed.Message, sending);
            }

            return composed;
        }
        catch (AddressInvalidException invalid)
        {
            await Fail(letter.Delivery, invalid.Message);
        }
        catch (BrandUnavailableException unavailable)
        {
            LogNotComposed(unavailable, letter.Delivery.Id);
            await outbox.Postpone(
                letter.Delivery, clock.GetCurrentInstant() + AskBrandAgain, letter.Delivery.Attempts, "The account could not be asked");
        }
#pragma warning disable CA1031 // A mail that cannot be rendered must not stop those behind it.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogNotComposed(error, letter.Delivery.Id);
            await Retry(letter.Delivery, "The mail could not be composed: " + error.Message);
        }

        return null;
    }

    private async Task Send(Line line, OutgoingMail mail)
    {
        using var timeout = new CancellationTokenSource(mailTimeout, time);
        if (line.Connection is null && !await Connect(line, mail.Delivery, timeout.Token))
        {
            return;
        }

        MailRefusal? refusal;
        try
        {
            refusal = await line.Connection!.Send(mail, timeout.Token);
        }
#pragma warning disable CA1031 // Whatever ended the connection, the mail's fate is open: it is tried again under the same Message-Id.
        catch (Exception broken)
#pragma warning restore CA1031
        {
            await line.DisposeAsync();
            await Retry(mail.Delivery, timeout.IsCancellationRequested ? "The mail server did not answer in time" : broken.Message);
            return;
        }

        line.Lane.Worked();
        switch (refusal)
        {
            case null:
                await outbox.Finish(mail.Delivery, DeliveryState.Sent);
                meters.Sent(mail.Delivery);
                break;
            case { Permanent: true }:
                await Fail(mail.Delivery, refusal.Text);
                break;
            default:
                await Retry(mail.Delivery, refusal.Text);
                break;
        }
    }

    private async Task<bool> Connect(Line line, Delivery delivery, CancellationToken timeout)
    {
        try
        {
            line.Connection = OwnLane.Parse(line.Lane.Name) is null
                ? await transport.Connect(line.Lane.Name, timeout)
                : await ownServers.Connect(line.Lane.Name, timeout);
            return true;
        }
#pragma warning disable CA1031 // Not this mail's fault: it goes back untouched, and the lane rests.
        catch (Exception error)
#pragma warning restore CA1031
        {
            var reason = timeout.IsCancellationRequested ? "no answer in time" : error.Message;
            var now = clock.GetCurrentInstant();
            var until = line.Lane.Failed(now);
            LogLaneRests(line.Lane.Name, reason, until);
            if (now - delivery.MadeAt > RetrySchedule.GiveUpAfter)
            {
                await Fail(delivery, "The mail server could not be reached for two days: " + reason);
            }
            else
            {
                await outbox.Postpone(delivery, until, delivery.Attempts, "The mail server could not be reached: " + reason);
            }

            return false;
        }
    }

    private async Task Retry(Delivery delivery, string error)
    {
        var attempts = delivery.Attempts + 1;
        if (retries.Next(delivery.MadeAt, attempts, clock.GetCurrentInstant()) is { } dueAt)
        {
            await outbox.Postpone(delivery, dueAt, attempts, error);
            LogPostponed(delivery.Id, dueAt);
        }
        else
        {
            await Fail(delivery with { Attempts = attempts }, error);
        }
    }

    private async Task Fail(Delivery delivery, string error)
    {
        await outbox.Finish(delivery, DeliveryState.Failed, error);
        meters.Failed(delivery);
        LogFailed(delivery.Id);
    }

    [LoggerMessage(1, LogLevel.Warning, "The mail server of lane {Lane} cannot be reached ({Reason}); it is left alone until {Until}")]
    private partial void LogLaneRests(string lane, string reason, Instant until);

    [LoggerMessage(2, LogLevel.Warning, "Delivery {DeliveryId} was not taken and is tried again at {DueAt}")]
    private partial void LogPostponed(int deliveryId, Instant dueAt);

    [LoggerMessage(3, LogLevel.Warning, "Delivery {DeliveryId} failed for good")]
    private partial void LogFailed(int deliveryId);

    [LoggerMessage(4, LogLevel.Error, "Delivery {DeliveryId} could not be composed")]
    private partial void LogNotComposed(Exception error, int deliveryId);

    /// <summary>One sender's connection to its lane's server, made when the first mail needs it.</summary>
    private sealed class Line(Lane lane) : IAsyncDisposable
    {
        public Lane Lane => lane;

        public IMailConnection? Connection { get; set; }

        public async ValueTask DisposeAsync()
        {
            if (Connection is { } open)
            {
                Connection = null;
                await open.DisposeAsync();
            }
        }
    }
}
