using System.Net;

namespace Slotwright.Tenancy;

/// <summary>How a client finds into its own account, by the platform's address and by its own.</summary>
public sealed class WayInTests
{
    [Fact, Trait("Requirement", "62"), Trait("Requirement", "66")]
    public async Task A_client_comes_in_by_the_front_page_or_by_a_schedule_and_finds_its_control_panel_there()
    {
        await using var hosted = await HostedProduct.Start();
        var (front, own) = (hosted.Visitor(HostedProduct.PlatformHost), hosted.Visitor(HostedProduct.BarberHost));

        await front.Open("/");
        await front.Follow("main a[href='/signin']");
        await front.Submit("main form", SignIn);
        Assert.Equal((HttpStatusCode.OK, "/a/corner-barber"), (front.Status, front.Address.AbsolutePath));

        await own.Open("/Chairs");
        await own.Follow("header .tools a[href^='/signin']");
        await own.Submit("main form", SignIn);
        Assert.Equal((HttpStatusCode.OK, "/dashboard"), (own.Status, own.Address.AbsolutePath));
        await own.Open("/Chairs");
        Assert.Equal(("Control panel", "/dashboard"), (own.Text("header .tools > a"), own.Page.QuerySelector("header .tools > a")!.GetAttribute("href")));
    }

    [Fact, Trait("Requirement", "18"), Trait("Requirement", "19"), Trait("Requirement", "63"), Trait("Requirement", "67")]
    public async Task Clients_under_one_parent_domain_each_have_their_list_of_schedules_at_the_bare_address()
    {
        await using var hosted = await HostedProduct.Start();
        Assert.True(await hosted.Map("client1.atelier-web.example", "petite-table"));
        Assert.True(await hosted.Map("client2.atelier-web.example", "corner-barber"));
        Assert.False(await hosted.Map("client1.atelier-web.example", "corner-barber"));
        var (first, second) = (hosted.Visitor("client1.atelier-web.example"), hosted.Visitor("client2.atelier-web.example"));

        await first.Open("/");
        await second.Open("/");
        Assert.Equal(("/", "/Chairs"), (first.Address.AbsolutePath, second.Address.AbsolutePath));
        Assert.Equal(["/Terrace", "/Indoor"], first.Page.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")));

        await first.Open("/dashboard");
        Assert.Equal("/signin", first.Address.AbsolutePath);
        await first.Submit("main form", new Dictionary<string, string> { ["login"] = "petite-table", ["password"] = "demo-petite-table" });
        Assert.Equal((HttpStatusCode.OK, "/dashboard"), (first.Status, first.Address.AbsolutePath));
    }

    private static Dictionary<string, string> SignIn => new() { ["login"] = "corner-barber", ["password"] = "demo-corner-barber" };
}
