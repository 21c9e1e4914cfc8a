using NodaTime;

namespace Slotwright.Mail;

/// <summary>What this process knows of one mail server; gone with the process, and found out again by the next.</summary>
internal sealed class Lane(string name)
{
    private readonly Lock gate = new();
    private Instant restsUntil = Instant.MinValue;
    private int failures;
    private bool working;
    private bool lookAgain;

    public string Name => name;

    /// <summary>The sending that goes on now, or the last one.</summary>
    public Task Running { get; set; } = Task.CompletedTask;

    /// <summary>False: it is being worked already, and whoever works it looks once more before ending.</summary>
    public bool TryBegin()
    {
        lock (gate)
        {
            lookAgain = working;
            working = true;
            return !lookAgain;
        }
    }

    /// <summary>False: someone asked for this lane meanwhile, and what they saw may have been missed.</summary>
    public bool TryEnd()
    {
        lock (gate)
        {
            working = lookAgain;
            lookAgain = false;
            return !working;
        }
    }

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
