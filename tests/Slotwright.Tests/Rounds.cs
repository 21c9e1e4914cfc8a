using System.Globalization;

namespace Slotwright;

/// <summary>
/// How often a race or kill is repeated: at most 20 times unless <c>SLOTWRIGHT_ROUNDS</c> says how many at most
/// (<c>tests/run.sh --long</c> runs all of them).
/// </summary>
public static class Rounds
{
    private static readonly int AtMost =
        int.TryParse(Environment.GetEnvironmentVariable("SLOTWRIGHT_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) && rounds > 0
            ? rounds
            : 20;

    public static int Of(int all) => Math.Min(all, AtMost);
}
