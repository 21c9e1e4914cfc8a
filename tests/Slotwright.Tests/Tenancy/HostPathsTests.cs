using System.Reflection;
using Slotwright.Platform;

namespace Slotwright.Tenancy;

public sealed class HostPathsTests
{
    [Theory]
    [InlineData("/schedule/corner-barber", "/")]
    [InlineData("/schedule/corner-barber?lang=fr", "/?lang=fr")]
    [InlineData("/schedule/corner-barber/Chairs?day=2027-01-12#week", "/Chairs?day=2027-01-12#week")]
    [InlineData("/schedule/corner-barber/appointment/7/x/move", "/appointment/7/x/move")]
    [InlineData("/a/corner-barber", "/dashboard")]
    [InlineData("/a/corner-barber/calendar?day=1", "/dashboard/calendar?day=1")]
    [InlineData("/signin?return=%2Fdashboard", "/signin?return=%2Fdashboard")]
    [InlineData("/schedule/corner-barber-two/Chairs", "/schedule/corner-barber-two/Chairs")]
    [InlineData("/a/harbour-yoga", "/a/harbour-yoga")]
    public void A_path_is_shorter_on_the_account_s_own_host_and_leads_to_the_same_place(string path, string shorter)
    {
        Assert.Equal(shorter, HostPaths.Outward(path, "corner-barber"));
        Assert.Equal(path.Split('?', '#')[0], HostPaths.Inward(shorter.Split('?', '#')[0], "corner-barber"));
    }

    [Theory]
    [InlineData("Dashboard")]
    [InlineData("signin")]
    [InlineData("API")]
    [InlineData("reseller")]
    public void A_schedule_whose_name_means_something_else_keeps_its_long_path(string schedule)
    {
        var path = $"/schedule/corner-barber/{schedule}";

        Assert.Equal(path, HostPaths.Outward(path, "corner-barber"));
        Assert.Equal(path, HostPaths.Inward(path, "corner-barber"));
    }

    [Theory]
    [InlineData("/schedule/corner-barber//evil.example/x")]
    [InlineData("/schedule/corner-barber/\\evil.example")]
    public void A_path_that_shortened_would_lead_to_another_site_is_not_shortened(string path) =>
        Assert.Equal(path, HostPaths.Outward(path, "corner-barber"));

    [Fact]
    public async Task Every_link_of_an_account_is_the_short_one_while_its_own_host_is_served()
    {
        await Task.Yield();
        Links.FollowedOnHostOf("corner-barber");
        foreach (var link in typeof(Links).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.ReturnType == typeof(string)))
        {
            var made = (string)link.Invoke(null, [.. link.GetParameters().Select(Example)])!;

            Assert.True(made == "/" || (made.StartsWith('/') && made.Length > 1 && made[1] != '/'), $"{link.Name} leads to {made}");
            Assert.False(made.StartsWith("/schedule/", StringComparison.Ordinal) || made.StartsWith("/a/", StringComparison.Ordinal), $"{link.Name} leads to {made}");
        }
    }

    private static object? Example(ParameterInfo parameter) =>
        parameter.Name == "accountName" ? "corner-barber" : parameter.ParameterType == typeof(int) ? 7 : parameter.ParameterType == typeof(string) ? "word" : parameter.HasDefaultValue ? parameter.DefaultValue : null;
}
