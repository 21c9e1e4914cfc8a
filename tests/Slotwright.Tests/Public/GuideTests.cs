using Slotwright.Processes;

namespace Slotwright.Public;

/// <summary>The guide for resellers, which the programme promises.</summary>
public sealed class GuideTests
{
    private static readonly string Guide = File.ReadAllText(Path.Combine(ProductProcess.Sources, "docs", "reseller-guide.md"));

    [Fact, Trait("Requirement", "28")]
    public void It_says_how_domain_name_and_icon_are_changed()
    {
        Assert.Contains("`CNAME`", Section("### Domain name"), StringComparison.Ordinal);
        Assert.Contains("`TXT`", Section("### Domain name"), StringComparison.Ordinal);
        Assert.Contains("**Appearance**, **Icon**", Section("### Icon"), StringComparison.Ordinal);
    }

    [Fact, Trait("Requirement", "58")]
    public void It_says_what_can_be_set_for_a_client()
    {
        var section = Section("### What you can set for a client");

        Assert.All(["Schedules", "Information", "Appearance", "Usage", "Subscription"], page => Assert.Contains($"| **{page}** |", section, StringComparison.Ordinal));
        Assert.Contains("**API key**", section, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_four_parts_are_there_and_its_pictures_too()
    {
        Assert.All(["## Set up", "## Brand", "## Hand over", "## Get paid"], heading => Assert.Contains(heading + "\n", Guide, StringComparison.Ordinal));
        var pictures = System.Text.RegularExpressions.Regex.Matches(Guide, @"\]\((images/[^)]+)\)").Select(match => match.Groups[1].Value);
        Assert.All(pictures, picture => Assert.True(File.Exists(Path.Combine(ProductProcess.Sources, "docs", picture)), picture));
    }

    private static string Section(string heading)
    {
        var begin = Guide.IndexOf(heading + "\n", StringComparison.Ordinal);
        Assert.True(begin >= 0, heading);
        var end = Guide.IndexOf("\n#", begin + heading.Length, StringComparison.Ordinal);
        return end < 0 ? Guide[begin..] : Guide[begin..end];
    }
}
