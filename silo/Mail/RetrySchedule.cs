using NodaTime;

namespace Slotwright.Mail;

/// <summary>When a mail that the server did not take is tried again: soon, then rarer, for two days.</summary>
internal sealed class RetrySchedule(Random random)
{
    public static readonly Duration GiveUpAfter = Duration.FromHours(48);

    private static readonly Duration[] Delays =
    [
        Duration.FromMinutes(1),
        Duration.FromMinutes(5),
        Duration.FromMinutes(15),
        Duration.FromMinutes(60),
        Duration.FromHours(4),
    ];

    private readonly Lock gate = new();

    /// <summary>Null: it has been tried for long enough. Up to a fifth later than the schedule, so that many do not come back together.</summary>
    public Instant? Next(Instant madeAt, int attempts, Instant now)
    {
        double share;
        lock (gate)
        {
            share = random.NextDouble();
        }

        var next = now + (Delays[Math.Clamp(attempts - 1, 0, Delays.Length - 1)] * (1 + (share / 5)));
        return next - madeAt > GiveUpAfter ? null : next;
    }

    /// <summary>How long a lane rests after so many failed connections in a row: 1, 5, then 15 minutes.</summary>
    public static Duration Rest(int failures) => Delays[Math.Clamp(failures - 1, 0, 2)];
}
