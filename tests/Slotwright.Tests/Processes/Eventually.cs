namespace Slotwright.Processes;

/// <summary>Waits for what another process does in its own time.</summary>
public static class Eventually
{
    public static async Task Holds(Func<Task<bool>> condition, TimeSpan within, string what)
    {
        ArgumentNullException.ThrowIfNull(condition);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(within);
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!await condition())
        {
            try
            {
                await beat.WaitForNextTickAsync(patience.Token);
            }
            catch (OperationCanceledException) when (!TestContext.Current.CancellationToken.IsCancellationRequested)
            {
                Assert.Fail($"After {within.TotalSeconds:0} s it does not hold that {what}.");
            }
        }
    }
}
