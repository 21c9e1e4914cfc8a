using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Storage;

namespace Slotwright.Pages;

/// <summary>The reseller's list of clients and their activity, as a browser without scripts has them.</summary>
public sealed class DashboardPageTests : IAsyncLifetime
{
    private Product product = null!;
    private Visitor reseller = null!;
    private int barber;
    private int table;

    public async ValueTask InitializeAsync()
    {
        product = await Product.Start();
        reseller = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, product.Address, "en");
        await reseller.SignIn("atelier-web", "demo-atelier-web");
        (barber, _) = await product.Find("corner-barber", "Chairs");
        (table, _) = await product.Find("petite-table", "Terrace");
    }

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact, Trait("Requirement", "45"), Trait("Requirement", "35")]
    public async Task A_client_is_listed_with_its_plan_use_appointments_and_sign_in()
    {
        var schedule = await product.Schedule("corner-barber", "Chairs");
        await schedule.Book(Asking.For("ida@example.org", 10));
        await schedule.Book(Asking.For("ada@example.org", 15) with { Start = Time.Moment.At(Product.Morning + Duration.FromHours(4)) });
        await new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, product.Address, "en").SignIn("corner-barber", "demo-corner-barber");

        await reseller.Open("/reseller/atelier-web");

        Assert.Equal(["corner-barber", "petite-table"], Names());
        Assert.Equal(("2 of 1,000", "1", "2", "0"), (Figure(barber, "used"), Figure(barber, "today"), Figure(barber, "week"), Figure(barber, "new")));
        Assert.Equal("12 Jan", reseller.Page.QuerySelector($"#client-{barber} td:nth-of-type(6)")!.TextContent.Trim());
        Assert.Equal(("2", "1", "2"), (reseller.Text("[data-total=clients]"), reseller.Text("[data-total=today]"), reseller.Text("[data-total=week]")));
        Assert.Contains("1", reseller.Page.QuerySelectorAll("#hours tbody tr")[13].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_is_searched_filtered_sorted_and_paged_by_the_server()
    {
        for (var number = 0; number < 51; number++)
        {
            await product.Grains.SignUp().OpenAccount(new OpenAccount
            {
                Name = $"salon-{number:00}",
                Brand = new AccountBrand { DisplayName = "Salon", Language = "en", TimeZone = "Europe/London" },
                OwnerEmail = $"owner@salon-{number:00}.example",
                ApiKey = $"salon-{number:00}-key-0123456789",
                PlanCode = "s",
                ResellerId = (await product.Grains.Directory().AccountByName("atelier-web"))!.AccountId,
            });
        }

        await (await product.Schedule("petite-table", "Terrace")).Book(Asking.For("ida@example.org", 13));
        await reseller.Open("/reseller/atelier-web?by=used&down=1");
        Assert.Equal(("petite-table", 50, "53 clients"), (Names()[0], Names().Count, reseller.Text("#clients")));
        await reseller.Follow("a[rel=next]");
        Assert.Equal(3, Names().Count);
        await reseller.Open("/reseller/atelier-web?q=SALON-07.EX");
        Assert.Equal(["salon-07"], Names());
        await reseller.Open("/reseller/atelier-web?among=free");
        Assert.Equal(["petite-table"], Names());
        await reseller.Open("/reseller/atelier-web?q=%25&among=nonsense&by=99&p=-3");
        Assert.Equal((HttpStatusCode.OK, 0), (reseller.Status, Names().Count));
    }

    [Fact]
    public async Task New_is_what_was_booked_since_somebody_marked_all_as_seen()
    {
        var schedule = await product.Schedule("corner-barber", "Chairs");
        await schedule.Book(Asking.For("ida@example.org", 10));
        await reseller.Open("/reseller/atelier-web");
        await reseller.Submit("#seen", new Dictionary<string, string>());
        product.Clock.AdvanceMinutes(1);
        await schedule.Book(Asking.For("ada@example.org", 11));
        await schedule.Book(Asking.For("eve@example.org", 12));

        await reseller.Open("/reseller/atelier-web");

        Assert.Equal(("2", "0"), (Figure(barber, "new"), Figure(table, "new")));
    }

    [Fact]
    public async Task New_is_counted_from_the_first_visit_on_though_nothing_was_marked_as_seen()
    {
        var schedule = await product.Schedule("corner-barber", "Chairs");
        await schedule.Book(Asking.For("ida@example.org", 10));
        await reseller.Open("/reseller/atelier-web");
        Assert.Equal("0", Figure(barber, "new"));
        await Looked();
        product.Clock.AdvanceMinutes(1);
        await schedule.Book(Asking.For("ada@example.org", 11));

        await reseller.Open("/reseller/atelier-web");

        Assert.Equal("1", Figure(barber, "new"));
        Assert.Contains("New is counted since", reseller.Text("#seen p"), StringComparison.Ordinal);
    }

    /// <summary>As the open page's script says.</summary>
    private async Task Looked()
    {
        var fields = reseller.Page.QuerySelectorAll("#seen input[name]").Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.GetAttribute("value")!));
        await reseller.Post("/reseller/atelier-web?handler=Look", fields);
        Assert.Equal(HttpStatusCode.NoContent, reseller.Status);
    }

    [Fact]
    public async Task Prices_and_sign_ins_have_their_column_where_none_is_known()
    {
        await reseller.Open("/reseller/atelier-web");

        Assert.Contains("Price", reseller.Page.QuerySelectorAll("thead th").Select(head => head.TextContent.Trim()));
        Assert.Equal(("–", "–"), (reseller.Text($"#client-{table} .price [aria-hidden]"), reseller.Text($"#client-{table} .signed-in [aria-hidden]")));
    }

    [Fact]
    public async Task A_client_near_its_limit_and_one_that_is_full_say_so_in_words()
    {
        await product.Services.GetRequiredService<IDatabase>().Write(connection => connection.Run("update accounts set allowed = 2 where id = @id", ("id", table)));
        await product.Grains.AccountSetup(table).Reload();
        var schedule = await product.Schedule("petite-table", "Terrace");
        await schedule.Book(Asking.For("ida@example.org", 13));
        await schedule.Book(Asking.For("ada@example.org", 16));

        await reseller.Open("/reseller/atelier-web?among=nearlimit");

        Assert.Equal(["petite-table"], Names());
        Assert.Equal(("full", "full", "1"), (
            reseller.Page.QuerySelector($"#client-{table}")!.GetAttribute("data-level"), reseller.Text($"#client-{table} .level.full"), reseller.Text("[data-total=nearLimit]")));
        await reseller.Open("/reseller/atelier-web/activity");
        Assert.Contains("The plan is full", reseller.Page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Activity_says_what_happened_at_which_client_and_never_who_the_customer_is()
    {
        var schedule = await product.Schedule("corner-barber", "Chairs");
        var booked = await schedule.Book(Asking.For("ida@quill.example", 10));
        product.Clock.AdvanceMinutes(1);
        await schedule.Cancel(new CancelAppointment { AppointmentId = booked.Value!.Appointment.Id, Actor = Actor.Staff(1, "owner@corner-barber.example") });
        await (await product.Schedule("petite-table", "Terrace")).Book(Asking.For("ida@quill.example", 13));

        await reseller.Open($"/reseller/atelier-web/activity?client={barber}");

        Assert.Equal(
            ["Cancelled: Wed 13 Jan, 10:00", "Booked: Wed 13 Jan, 10:00"],
            reseller.Page.QuerySelectorAll("#happens li").Select(line => line.FirstChild!.TextContent.Trim()));
        Assert.DoesNotContain("quill", reseller.Source, StringComparison.OrdinalIgnoreCase);
        var (yoga, _) = await product.Find("harbour-yoga", "Private lessons");
        await (await product.Schedule("harbour-yoga", "Private lessons")).Book(Asking.For("ida@quill.example", 10));
        await reseller.Open($"/reseller/atelier-web/activity?client={yoga}");
        Assert.Empty(reseller.Page.QuerySelectorAll("#happens li"));
    }

    [Fact]
    public async Task The_demo_world_lives_where_it_is_asked_to()
    {
        await using var living = await Product.Start(null, "--Demo:Traffic=true");
        var visitor = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, living.Address, "en");
        await visitor.SignIn("atelier-web", "demo-atelier-web");
        do
        {
            await visitor.Open("/reseller/atelier-web");
        }
        while (visitor.Page.QuerySelectorAll("tbody tr[data-client]").Length < 8 || visitor.Text("[data-total=today]") == "0");

        Assert.Contains("studio-lumen", visitor.Page.Body!.TextContent, StringComparison.Ordinal);
        await visitor.Open("/dev/mail");
        await visitor.Follow("main a[href='/reseller/atelier-web']");
        Assert.Equal(HttpStatusCode.OK, visitor.Status);
    }

    private List<string> Names() => [.. reseller.Page.QuerySelectorAll("tr[data-client] .name").Select(name => name.TextContent)];

    private string Figure(int client, string name) => reseller.Text($"#client-{client} [data-figure={name}]");
}
