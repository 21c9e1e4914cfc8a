using System.Globalization;

namespace Slotwright.Load;

/// <summary>One measured line: what, how much, beside which limit of the same run, what it must reach, and whether it did.</summary>
internal sealed record Figure(string What, string Measured, string Beside, string Must, bool? Reached)
{
    public static string Header => "| figure | measured | beside, in the same run | must reach | |\n|---|---|---|---|---|";

    public override string ToString() => $"| {What} | {Measured} | {Beside} | {Must} | {Reached switch { true => "reached", false => "**missed**", null => "" }} |";

    public static string Number(double value, string format = "#,0") => value.ToString(format, CultureInfo.InvariantCulture);

    public static string Of(Rate rate) =>
        string.Create(CultureInfo.InvariantCulture, $"{rate.PerSecond:#,0}/s, p50 {rate.P50:0.0} ms, p99 {rate.P99:0.0} ms")
        + (rate.Errors > 0 ? string.Create(CultureInfo.InvariantCulture, $", {rate.Errors} errors") : "");
}
