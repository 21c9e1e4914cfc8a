using Slotwright.Processes;

namespace Slotwright.Architecture;

public sealed class WireNamesTests
{
    private static readonly string Manifest =
        Path.Combine(ProductProcess.Sources, "tests", "Slotwright.Tests", "Architecture", "wire-names.txt");

    /// <summary>
    /// Red: a name that other processes or stored documents know has changed. A new line is fine. A line that is gone or altered
    /// breaks rolling upgrades and stored data: add a member beside the old one instead. When the change is meant, run this test
    /// once with <c>SLOTWRIGHT_ACCEPT=1</c> and commit the manifest with it.
    /// </summary>
    [Fact]
    public void Wire_names_are_those_of_the_manifest()
    {
        var present = WireNames.Lines();
        if (Environment.GetEnvironmentVariable("SLOTWRIGHT_ACCEPT") == "1")
        {
            File.WriteAllLines(Manifest, present);
        }

        var kept = File.ReadAllLines(Manifest);

        var differences = kept.Except(present).Select(line => "- " + line).Concat(present.Except(kept).Select(line => "+ " + line)).ToList();
        Assert.True(
            differences.Count == 0,
            "Wire names differ from tests/Slotwright.Tests/Architecture/wire-names.txt. A line with '+' alone is an addition; one with '-' breaks "
            + "rolling upgrades and stored documents. When it is meant: SLOTWRIGHT_ACCEPT=1 dotnet run --project tests/Slotwright.Tests -- "
            + "-class Slotwright.Architecture.WireNamesTests, and commit the file.\n" + string.Join('\n', differences));
    }
}
