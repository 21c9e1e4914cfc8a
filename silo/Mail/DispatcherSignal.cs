namespace Slotwright.Mail;

/// <summary>Any number of wakings before a wait count as one.</summary>
internal sealed class DispatcherSignal : IDispatcherSignal, IDisposable
{
    private readonly SemaphoreSlim semaphore = new(0, 1);
    private int set;

    public void Wake()
    {
        if (Interlocked.Exchange(ref set, 1) == 0)
        {
            semaphore.Release();
        }
    }

    /// <summary>Returns when woken, or after the time.</summary>
    public async Task Wait(TimeSpan atMost, TimeProvider time, CancellationToken stopping)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        using var timer = time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), either, atMost, Timeout.InfiniteTimeSpan);
        try
        {
            await semaphore.WaitAsync(either.Token);
            Volatile.Write(ref set, 0);
        }
        catch (OperationCanceledException)
        {
            // The time is over, or the host stops: the caller looks at its own token.
        }
    }

    public void Dispose() => semaphore.Dispose();
}
