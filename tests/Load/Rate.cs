namespace Slotwright.Load;

/// <summary>What a closed loop of callers reached. Latencies in milliseconds.</summary>
internal sealed record Rate(double PerSecond, double P50, double P99, long Errors)
{
    /// <summary>The repeat in the middle by calls per second; its latencies and the sum of all errors go with it.</summary>
    public static Rate Median(IEnumerable<Rate> repeats)
    {
        var sorted = repeats.OrderBy(rate => rate.PerSecond).ToList();
        return sorted[sorted.Count / 2] with { Errors = sorted.Sum(rate => rate.Errors) };
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
