using System.Reflection;
using System.Text.RegularExpressions;
using Slotwright.Processes;
using Xunit.v3;

namespace Slotwright.Architecture;

/// <summary>docs/faults.md names tests; a name that is wrong would be a promise that nobody keeps.</summary>
public sealed partial class FaultTests
{
    private static readonly string[] Page = File.ReadAllLines(Path.Combine(ProductProcess.Sources, "docs", "faults.md"));

    [Fact]
    public void Every_test_that_the_page_names_exists_and_carries_the_number()
    {
        var wrong =
            from line in Page
            let row = Row().Match(line)
            where row.Success
            let number = row.Groups[1].Value
            from name in Name().Matches(line).Select(match => (Class: match.Groups[1].Value, Method: match.Groups[2].Value))
            where !Methods(name.Class, name.Method).Any(method => Faults(method).Contains(number))
            select $"{number}: {name.Class}.{name.Method}";

        Assert.Equal("", string.Join('\n', wrong));
    }

    [Fact]
    public void Every_guarantee_names_tests_that_exist()
    {
        var wrong = Page.Where(line => line.StartsWith("| the ", StringComparison.Ordinal))
            .SelectMany(line => Name().Matches(line))
            .Where(match => !Methods(match.Groups[1].Value, match.Groups[2].Value).Any())
            .Select(match => match.Value);

        Assert.Equal("", string.Join('\n', wrong));
    }

    private static IEnumerable<MethodInfo> Methods(string type, string method) =>
        typeof(FaultTests).Assembly.GetTypes().Where(candidate => candidate.Name == type)
            .Select(candidate => candidate.GetMethod(method, BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)).OfType<MethodInfo>();

    private static IEnumerable<string> Faults(MethodInfo method) =>
        method.GetCustomAttributes().Concat(method.DeclaringType!.GetCustomAttributes()).OfType<ITraitAttribute>().SelectMany(attribute => attribute.GetTraits()).Where(trait => trait.Key == "Fault").Select(trait => trait.Value);

    [GeneratedRegex(@"^\| (\d+) \|")]
    private static partial Regex Row();

    [GeneratedRegex(@"`(\w+)\.(\w+)`")]
    private static partial Regex Name();
}
