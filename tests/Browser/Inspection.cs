using System.Globalization;

namespace Slotwright.Browser;

/// <summary>What every page on a walk must be, and how a walk is photographed.</summary>
internal static class Inspection
{
    private static string? Folder => Environment.GetEnvironmentVariable("SLOTWRIGHT_SCREENSHOTS");

    /// <summary>A visitor in the language that <c>SLOTWRIGHT_LANGUAGE</c> names, English without it.</summary>
    public static Task<Visit> Inspector(this Site site, Look look) => site.Visit(look, Environment.GetEnvironmentVariable("SLOTWRIGHT_LANGUAGE") ?? "en");

    /// <summary>
    /// Each stop is accessible (axe) and no wider than its window, and the browser complains of nothing. Photographs each one when
    /// <c>SLOTWRIGHT_SCREENSHOTS</c> names a folder.
    /// </summary>
    /// <param name="visit">Who walks.</param>
    /// <param name="look">How the pages are looked at.</param>
    /// <param name="walk">Names of the stops, in kebab case.</param>
    /// <param name="meant">Statuses that pages of the walk are meant to answer, and the browser reports.</param>
    public static async Task Inspect(this Visit visit, Look look, IAsyncEnumerable<string> walk, params int[] meant)
    {
        var faults = new List<string>();
        await foreach (var stop in walk)
        {
            faults.AddRange((await visit.AccessibilityFaults()).Select(fault => $"{stop}: {fault}"));
            if (await visit.SidewaysOverflow() is > 0 and var pixels)
            {
                faults.Add($"{stop}: {pixels} pixels wider than the window");
            }

            if (Folder is { } folder)
            {
                await visit.Photograph(Path.Combine(folder, $"{stop}-{look.Name}.png"));
            }
        }

        faults.AddRange(visit.Complaints.Where(complaint => !meant.Any(status => complaint.Contains(status.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>Takes every stop of a walk in every language, width and scheme.</summary>
    public static async Task PhotographAll(this Site site, Func<Visit, string, IAsyncEnumerable<string>> walk)
    {
        var folder = Folder ?? Path.Combine(Path.GetTempPath(), "slotwright-screenshots");
        foreach (var language in (string[])["en", "fr", "nl"])
        {
            foreach (var look in Look.All)
            {
                await using var visit = await site.Visit(look, language);
                await foreach (var stop in walk(visit, language))
                {
                    await visit.Photograph(Path.Combine(folder, $"{stop}-{language}-{look.Name}.png"));
                }
            }
        }
    }

    private static Task Photograph(this Visit visit, string file) => visit.Page.ScreenshotAsync(new() { Path = file, FullPage = true });
}
