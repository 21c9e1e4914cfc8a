namespace Slotwright.Load;

/// <summary>Looks at the write-ahead log ten times a second and keeps the largest size.</summary>
internal sealed class WalWatch : IDisposable
{
    private readonly Timer timer;
    private long largest;

    public WalWatch(Target target) => timer = new Timer(_ => largest = Math.Max(largest, target.WalBytes ?? 0), null, 0, 100);

    public long Largest => largest;

    public void Dispose() => timer.Dispose();
}
