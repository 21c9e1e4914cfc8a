using NodaTime;

namespace Slotwright.Billing;

/// <summary>What is left of a paid period, as days of a larger plan: unused value divided by the new daily price, rounded down.</summary>
public static class Conversion
{
    /// <param name="paid">What the present period is worth to its payer.</param>
    /// <param name="from">Where it began.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="now">Within it.</param>
    /// <param name="monthly">Net price of a month of the new plan; more than zero.</param>
    /// <param name="month">How long the month from now on is.</param>
    public static (int Days, decimal Worth) Of(decimal paid, Instant from, Instant to, Instant now, decimal monthly, Duration month)
    {
        var unused = Unused(paid, from, to, now);
        var days = (int)decimal.Floor(unused * Ticks(month) / (monthly * NodaConstants.TicksPerDay));
        return (days, monthly * days * NodaConstants.TicksPerDay / Ticks(month));
    }

    /// <summary>The part of the paid value that the rest of the period stands for.</summary>
    public static decimal Unused(decimal paid, Instant from, Instant to, Instant now) =>
        to <= now || to <= from ? 0 : paid * Ticks(to - Instant.Max(now, from)) / Ticks(to - from);

    private static decimal Ticks(Duration duration) => duration.BclCompatibleTicks;
}
