using NodaTime;

namespace Slotwright.Mail;

/// <summary>What this process knows of one mail server; gone with the process, and found out again by the next.</summary>
internal sealed class Lane(string name)
{
    private readonly Lock gate = new();
    private Instant restsUntil = Instant.MinValue;
    private int failures;

    public string Name => name;

    /// <summary>The sending that goes on now.</summary>
    public Task Running { get; set; } = Task.CompletedTask;

    /// <summary>It could not be reached lately and is left alone for a while.</summary>
    public bool Rests(Instant now)
    {
        lock (gate)
        {
            return now < restsUntil;
        }
    }

    /// <summary>It could not be reached; answers until when it rests. Senders that fail together count once.</summary>
    public Instant Failed(Instant now)
    {
        lock (gate)
        {
            if (now >= restsUntil)
            {
                failures++;
                restsUntil = now + RetrySchedule.Rest(failures);
            }

            return restsUntil;
        }
    }

    public void Worked()
    {
        lock (gate)
        {
            failures = 0;
        }
    }
}
