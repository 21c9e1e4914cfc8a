using System.Diagnostics;

namespace Slotwright.Load;

/// <summary>Callers that each wait for their answer before they ask again.</summary>
internal static class Callers
{
    /// <summary>
    /// Runs them for warm-up and measurement, counting the calls that begin and end within the measurement. The call answers
    /// whether it did what it should.
    /// </summary>
    public static async Task<Rate> Run(int callers, TimeSpan warmUp, TimeSpan measured, Func<int, Task<bool>> call)
    {
        var begin = Stopwatch.GetTimestamp() + Ticks(warmUp);
        var end = begin + Ticks(measured);
        var latencies = new List<long>[callers];
        var errors = 0L;

        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            var mine = latencies[caller] = new List<long>(4096);
            for (var started = Stopwatch.GetTimestamp(); started < end; started = Stopwatch.GetTimestamp())
            {
                var right = await call(caller);
                var ended = Stopwatch.GetTimestamp();
                if (!right)
                {
                    Interlocked.Increment(ref errors);
                }
                else if (started >= begin && ended <= end)
                {
                    mine.Add(ended - started);
                }
            }
        })));

        var all = latencies.SelectMany(mine => mine).Order().ToArray();
        return new Rate(all.Length / measured.TotalSeconds, At(all, 0.50), At(all, 0.99), errors);
    }

    private static long Ticks(TimeSpan span) => (long)(span.TotalSeconds * Stopwatch.Frequency);

    private static double At(long[] sorted, double share) =>
        sorted.Length == 0 ? double.NaN : sorted[(int)((sorted.Length - 1) * share)] * 1000.0 / Stopwatch.Frequency;
}
