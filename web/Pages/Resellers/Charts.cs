using System.Globalization;

namespace Slotwright.Pages.Resellers;

/// <summary>Numbers as shapes of a drawing, by attributes alone. The script of open pages draws them alike.</summary>
public static class Charts
{
    public const int Height = 80;
    public const int Step = 10;

    /// <summary>A line through 14 numbers in a drawing of 78 × 22, the largest on top.</summary>
    public static string Line(IReadOnlyList<int> numbers)
    {
        ArgumentNullException.ThrowIfNull(numbers);
        var most = Math.Max(1, numbers.Max());
        return string.Join(' ', numbers.Select((number, index) => string.Create(CultureInfo.InvariantCulture, $"{1 + (index * 76.0 / Math.Max(1, numbers.Count - 1)):0.#},{20 - (number * 18.0 / most):0.#}")));
    }

    /// <summary>How high a bar is among others, of <see cref="Height"/>; what is not nothing is seen.</summary>
    public static int Bar(int number, int most) => number == 0 ? 0 : Math.Max(2, (int)Math.Round(number * (double)(Height - 2) / Math.Max(1, most)));

    /// <summary>How much of a hundred is used; what is full is no more than that.</summary>
    public static int Share(int used, int? allowed) => allowed is { } most ? (int)Math.Min(100, used * 100L / Math.Max(1, most)) : 0;
}

/// <summary>A chart of bars with the same numbers in a table.</summary>
/// <param name="Id">Of the chart in its page.</param>
/// <param name="Title">What is counted.</param>
/// <param name="Label">Read out in place of the drawing.</param>
/// <param name="Unit">What each bar is.</param>
/// <param name="Bars">What each bar is called, and how many it stands for.</param>
/// <param name="Every">Every so many bars are named below the drawing.</param>
public sealed record ChartView(string Id, string Title, string Label, string Unit, IReadOnlyList<(string Name, int Number)> Bars, int Every);
