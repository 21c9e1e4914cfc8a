namespace Slotwright;

public sealed class SmokeTests
{
    [Fact]
    public void The_test_project_runs() => Assert.Equal("/a/corner-barber", Platform.Links.BackOffice("corner-barber"));
}
