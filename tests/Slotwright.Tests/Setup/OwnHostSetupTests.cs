using System.Net;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Setup;

public sealed class OwnHostSetupTests
{
    [Fact, Trait("Requirement", "65")]
    public async Task On_an_own_host_addresses_codes_and_feeds_are_of_that_host()
    {
        await using var hosted = await HostedProduct.Start();
        var owner = hosted.Visitor(HostedProduct.YogaHost);
        await owner.SignIn("owner@harbour-yoga.example", "demo-harbour-yoga");
        var (_, id) = await hosted.Product.Find("harbour-yoga", "Private lessons");

        await owner.Open($"/dashboard/schedules/{id}");
        Assert.Equal($"https://{HostedProduct.YogaHost}/Private_lessons", owner.Page.QuerySelector("#schedule-address")!.GetAttribute("value"));
        await owner.Open($"/dashboard/schedules/{id}/hours");
        await owner.Send("#hours", ("d1-from", "07:00"), ("do", "save"));
        Assert.Equal($"/dashboard/schedules/{id}/hours", owner.Address.AbsolutePath);
        await owner.Open($"/dashboard/schedules/{id}/calendars");
        await owner.Send("form.inline", ("label", "Phone"));
        Assert.StartsWith($"https://{HostedProduct.YogaHost}/feed/", owner.Page.QuerySelector("#feed-address")!.GetAttribute("value"), StringComparison.Ordinal);
    }

    [Fact, Trait("Fault", "59")]
    public async Task A_feed_is_served_on_the_platforms_host_and_its_accounts_own_and_on_no_other()
    {
        await using var hosted = await HostedProduct.Start();
        var schedule = await hosted.Product.Schedule("harbour-yoga", "Private lessons");
        var path = Links.CalendarFeed((await schedule.MakeFeed("Phone")).Value!.Token);

        var answers = new List<HttpStatusCode>();
        foreach (var host in new[] { HostedProduct.PlatformHost, HostedProduct.YogaHost, HostedProduct.BarberHost, "nobodys.example" })
        {
            using var client = hosted.Client(host);
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken);
            answers.Add(answer.StatusCode);
        }

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.NotFound, HttpStatusCode.NotFound], answers);
    }
}
