using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Slotwright.Processes;
using Xunit.v3;

namespace Slotwright.Architecture;

/// <summary>
/// docs/requirements.md says of every requirement where it lives and which test holds it. It is made from docs/requirements.tsv and from the
/// traits of the tests, never by hand.
/// </summary>
public sealed partial class RequirementTests
{
    private static readonly string Docs = Path.Combine(ProductProcess.Sources, "docs");
    private static readonly string Page = Path.Combine(Docs, "requirements.md");
    private static readonly string Open = Path.Combine(ProductProcess.Sources, "tests", "Slotwright.Tests", "Architecture", "open-requirements.txt");

    private static readonly List<Requirement> All = Read();
    private static readonly ILookup<int, string> Tests = Named().ToLookup(test => test.Number, test => test.Name);

    private static bool Accepts => Environment.GetEnvironmentVariable("SLOTWRIGHT_ACCEPT") == "1";

    [Fact]
    public void Every_number_is_there_once_with_its_words_and_an_existing_place()
    {
        Assert.Equal(Enumerable.Range(1, 98), All.Select(requirement => requirement.Number));
        Assert.All(All, requirement => Assert.True(requirement.Words.Length > 10, $"{requirement.Number} has no words"));
        var lost = All.SelectMany(requirement => requirement.Places.DefaultIfEmpty("").Select(place => (requirement.Number, place)))
            .Where(where => where.place.Length == 0 || !Exists(where.place))
            .Select(where => $"{where.Number}: there is no '{where.place}'");

        Assert.Equal("", string.Join('\n', lost));
    }

    [Fact]
    public void A_test_names_only_requirements_that_exist()
    {
        var unknown = Tests.Where(tests => All.All(requirement => requirement.Number != tests.Key)).SelectMany(tests => tests);

        Assert.Equal("", string.Join('\n', unknown));
    }

    /// <summary>Red: a requirement without a test that is not in open-requirements.txt, or one with a test that still is. The file only shrinks, and ends empty.</summary>
    [Fact]
    public void A_requirement_without_a_test_is_known_to_be_open()
    {
        var untested = All.Select(requirement => requirement.Number).Where(number => !Tests[number].Any()).ToList();
        if (Accepts)
        {
            File.WriteAllLines(Open, Known().Intersect(untested).Order().Select(number => $"{number}"));
        }

        Assert.Equal(string.Join(' ', untested), string.Join(' ', Known().Order()));
    }

    /// <summary>Red: words, places or traits have changed. Run it once with <c>SLOTWRIGHT_ACCEPT=1</c> and commit docs/requirements.md with them.</summary>
    [Fact]
    public void The_page_is_what_list_and_traits_say()
    {
        var present = Write();
        if (Accepts)
        {
            File.WriteAllText(Page, present);
        }

        Assert.Equal(present, File.ReadAllText(Page), ignoreLineEndingDifferences: true);
    }

    private static List<int> Known() => [.. File.ReadAllLines(Open).Where(line => line.Length > 0).Select(Number)];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static List<Requirement> Read() =>
    [
        .. File.ReadAllLines(Path.Combine(Docs, "requirements.tsv"))
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split('\t'))
            .Select(parts => new Requirement(Number(parts[0]), parts[1].Trim(), parts[2].Trim(), [.. parts[3].Split(' ', StringSplitOptions.RemoveEmptyEntries)])),
    ];

    // A folder counts when something of it is there.
    private static bool Exists(string place) => Path.Combine(ProductProcess.Sources, place) is var path && (File.Exists(path) || Directory.Exists(path));

    private static string Write()
    {
        var page = new StringBuilder(File.ReadAllText(Path.Combine(Docs, "requirements.head.md"))).AppendLine();
        foreach (var part in All.GroupBy(requirement => requirement.Part))
        {
            page.Append("\n## ").Append(part.Key).Append("\n\n| No. | Requirement | Where | Test |\n|---|---|---|---|\n");
            foreach (var requirement in part)
            {
                page.Append("| ").Append(requirement.Number).Append(" | ").Append(requirement.Words)
                    .Append(" | ").AppendJoin("<br>", requirement.Places.Select(place => $"`{place}`"))
                    .Append(" | ").AppendJoin("<br>", Tests[requirement.Number].Distinct().Order(StringComparer.Ordinal).Select(test => $"`{test}`"))
                    .Append(" |\n");
            }
        }

        return page.ToString();
    }

    private static IEnumerable<(int Number, string Name)> Named() =>
        typeof(RequirementTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttributes<FactAttribute>().Any())
            .SelectMany(method => Numbers(method).Select(number => (number, $"{method.DeclaringType!.Name}.{method.Name}")))
            .Concat(InBrowser());

    private static IEnumerable<int> Numbers(MethodInfo method) =>
        method.GetCustomAttributes().Concat(method.DeclaringType!.GetCustomAttributes()).OfType<ITraitAttribute>()
            .SelectMany(attribute => attribute.GetTraits()).Where(trait => trait.Key == "Requirement").Select(trait => Number(trait.Value));

    /// <summary>The browser's tests are a program of their own, which need not be built when these run: their sources say the same.</summary>
    private static IEnumerable<(int Number, string Name)> InBrowser()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(ProductProcess.Sources, "tests", "Browser"), "*Tests.cs"))
        {
            var numbers = new List<int>();
            foreach (var line in File.ReadLines(file))
            {
                numbers.AddRange(Trait().Matches(line).Select(match => Number(match.Groups[1].Value)));
                if (Method().Match(line) is { Success: true } method)
                {
                    foreach (var number in numbers)
                    {
                        yield return (number, $"{Path.GetFileNameWithoutExtension(file)}.{method.Groups[1].Value}");
                    }

                    numbers.Clear();
                }
            }
        }
    }

    [GeneratedRegex("Trait\\(\"Requirement\", \"(\\d+)\"\\)")]
    private static partial Regex Trait();

    [GeneratedRegex(@"public (?:async )?(?:Task|void) (\w+)\(")]
    private static partial Regex Method();

    private sealed record Requirement(int Number, string Part, string Words, IReadOnlyList<string> Places);
}
