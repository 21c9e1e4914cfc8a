using System.Diagnostics.Metrics;
using NodaTime;

namespace Slotwright.Mail;

/// <summary>The outbox in figures, on the meter <c>Slotwright</c>.</summary>
internal sealed class MailMeters
{
    private readonly Counter<long> sent;
    private readonly Counter<long> failed;
    private readonly Counter<long> dropped;
    private readonly Counter<long> factsFailed;
    private long ageMilliseconds;

    public MailMeters(IMeterFactory factory)
    {
#pragma warning disable CA2000 // The factory owns its meters.
        var meter = factory.Create("Slotwright");
#pragma warning restore CA2000
        sent = meter.CreateCounter<long>("slotwright.mail.sent", "{mail}", "Mails that the server took");
        failed = meter.CreateCounter<long>("slotwright.mail.failed", "{mail}", "Mails given up");
        dropped = meter.CreateCounter<long>("slotwright.mail.dropped", "{mail}", "Mails no longer wanted when their turn came");
        factsFailed = meter.CreateCounter<long>("slotwright.outbox.failed", "{fact}", "Facts set aside because no mail could be made of them");
        meter.CreateObservableGauge(
            "slotwright.outbox.age", () => OutboxAge.TotalSeconds, "s", "Age of the oldest fact or delivery that waits");
    }

    /// <summary>Read every few seconds; zero: nothing waits.</summary>
    public Duration OutboxAge
    {
        get => Duration.FromMilliseconds(Interlocked.Read(ref ageMilliseconds));
        set => Interlocked.Exchange(ref ageMilliseconds, (long)value.TotalMilliseconds);
    }

    public void Sent(Delivery delivery) => sent.Add(1, Tags(delivery));

    public void Failed(Delivery delivery) => failed.Add(1, Tags(delivery));

    public void Dropped(Delivery delivery) => dropped.Add(1, Tags(delivery));

    public void FactFailed() => factsFailed.Add(1);

    private static KeyValuePair<string, object?>[] Tags(Delivery delivery) =>
        [new("kind", delivery.Role == DeliveryRole.Person ? ((Team.LetterKind)delivery.Kind).ToString() : delivery.Kind.ToString()), new("role", delivery.Role.ToString())];
}
