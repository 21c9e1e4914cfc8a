using System.Globalization;

namespace Slotwright;

/// <summary>How often a race is run: 20 unless the long run asks for more.</summary>
internal static class Rounds
{
    public static int Count { get; } =
        int.TryParse(Environment.GetEnvironmentVariable("SLOTWRIGHT_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) ? rounds : 20;
}
