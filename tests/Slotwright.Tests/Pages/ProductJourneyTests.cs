using System.Net;
using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Pages;

/// <summary>The same roads as on the fake world, through the whole product with its demo world.</summary>
public sealed class ProductJourneyTests
{
    private const string Chairs = "/schedule/corner-barber/Chairs";

    [Fact]
    public async Task A_customer_books_moves_and_cancels_and_the_owner_sees_it()
    {
        await using var product = await Product.Start();
        var (customer, owner) = (Visitor(product), Visitor(product));
        await owner.SignIn("corner-barber", "demo-corner-barber");

        await customer.Open(Chairs + "?day=2027-01-12");
        Assert.Contains("Paris time (CET, UTC+1)", customer.Text(".zone"), StringComparison.Ordinal);
        await customer.Follow(".time[href*='T14%3A30']");
        await customer.Submit("#chosen");
        await customer.Submit("#booking", Details("Ada"));
        Assert.Equal("Your appointment is booked", customer.Heading);
        await owner.Open("/a/corner-barber");
        Assert.Matches(@"(?s)14:30\s+– 15:00.*Ada.*Chair 1.*ada@example\.com", owner.Text(".visits"));

        await customer.Follow("a[href$='/move']");
        await customer.Follow(".time[href*='T16%3A00']");
        await customer.Submit("main form");
        Assert.Equal("Your appointment is moved", customer.Heading);
        Assert.Contains("16:00 – 16:30", customer.Text(".facts"), StringComparison.Ordinal);

        await customer.Follow("a[href$='/cancel']");
        await customer.Submit("main form");
        Assert.Equal("This appointment is cancelled", customer.Heading);
        await owner.Open("/a/corner-barber");
        Assert.Contains("No appointments on this day.", owner.Text("main"), StringComparison.Ordinal);
    }

    [Fact, Trait("Fault", "1")]
    public async Task Rivals_for_one_chair_get_one_confirmation_and_the_others_other_times()
    {
        await using var product = await Product.Start();
        var chairs = await (await product.Schedule("corner-barber", "Chairs")).Face();
        var chair = chairs!.Resources[0].Id;
        var rivals = Enumerable.Range(1, 8).Select(_ => Visitor(product)).ToList();
        await Task.WhenAll(rivals.Select(rival => rival.Open($"{Chairs}/book?at=2027-01-12T14:30%2B01:00&resource={chair}")));

        await Task.WhenAll(rivals.Select((rival, number) => rival.Submit("#booking", Details($"Rival{number}"))));

        Assert.Single(rivals, rival => rival.Page.QuerySelector("h1")!.TextContent == "Your appointment is booked");
        Assert.All(
            rivals.Where(rival => rival.Page.QuerySelector("#booking") is not null),
            rival => Assert.Equal(("This time is not free. Please choose another one.", 4), (rival.Text("[role=alert] strong"), rival.Page.QuerySelectorAll("button.time").Length)));
    }

    [Fact, Trait("Requirement", "68")]
    public async Task A_free_account_with_fifty_appointments_is_closed_to_customers_and_tells_its_staff_why()
    {
        await using var product = await Product.Start();
        var terrace = await product.Schedule("petite-table", "Terrace");
        await Task.WhenAll(Enumerable.Range(0, 50).Select(number => terrace.Book(new BookAppointment
        {
            Start = Time.Moment.OnTheClock(new LocalDateTime(2027, 1, 13, 12, 0).PlusDays(number)),
            Customer = new CustomerDetails { Name = "Guest", Email = $"guest{number}@example.com" },
            Language = "nl",
            Actor = Actor.ApiKey(),
        })));
        product.Clock.Advance(Duration.FromSeconds(5));
        var (customer, staff) = (Visitor(product), Visitor(product));
        await staff.SignIn("petite-table", "demo-petite-table");

        await customer.Open("/schedule/petite-table/Indoor");
        Assert.Equal("Online booking is closed here", customer.Heading);
        Assert.DoesNotContain("plan", customer.Text("main"), StringComparison.OrdinalIgnoreCase);
        await staff.Open("/schedule/petite-table/Indoor");
        Assert.Contains("Your plan is full", staff.Text("main"), StringComparison.Ordinal);
        await staff.Open("/a/petite-table");
        Assert.Contains("50 of 50 upcoming appointments", staff.Text("main"), StringComparison.Ordinal);
        Assert.DoesNotContain("Slotwright", customer.Source + staff.Source, StringComparison.OrdinalIgnoreCase);
    }

    [Fact, Trait("Fault", "5")]
    public async Task The_booking_that_filled_the_account_sent_again_leads_to_the_same_confirmation()
    {
        await using var product = await Product.Start();
        var terrace = await product.Schedule("petite-table", "Terrace");
        await Task.WhenAll(Enumerable.Range(0, 49).Select(number => terrace.Book(new BookAppointment
        {
            Start = Time.Moment.OnTheClock(new LocalDateTime(2027, 1, 13, 12, 0).PlusDays(number)),
            Customer = new CustomerDetails { Name = "Guest", Email = $"guest{number}@example.com" },
            Language = "nl",
            Actor = Actor.ApiKey(),
        })));
        var customer = Visitor(product);
        await customer.Open("/schedule/petite-table/Terrace/book?at=2027-01-14T13:30%2B01:00");
        var fields = customer.Page.QuerySelectorAll("#booking input[type=hidden]")
            .Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.GetAttribute("value") ?? ""))
            .Concat(Details("Ada")).ToList();
        await customer.Post("/schedule/petite-table/Terrace/book", fields);
        var (first, said) = (customer.Address, customer.Heading);
        product.Clock.Advance(Duration.FromSeconds(5));

        await customer.Open("/schedule/petite-table/Terrace");
        var closed = customer.Heading;
        await customer.Post("/schedule/petite-table/Terrace/book", fields);

        Assert.Equal(("Your appointment is booked", "Online booking is closed here"), (said, closed));
        Assert.Equal((first, said), (customer.Address, customer.Heading));
    }

    [Fact]
    public async Task The_operators_link_sets_a_password_once_and_leads_in()
    {
        await using var product = await Product.Start();
        var link = await product.Grains.SignUp().InviteOperator("operator@platform.example");
        var visitor = Visitor(product);

        await visitor.Open(link!);
        await visitor.Submit("main form", new Dictionary<string, string> { ["password"] = "four unusual words here" });
        Assert.Contains("Signed in as operator: operator@platform.example.", visitor.Text("main"), StringComparison.Ordinal);
        await visitor.Open(link!);

        Assert.Equal((HttpStatusCode.OK, "This link no longer works"), (visitor.Status, visitor.Heading));
    }

    [Fact]
    public async Task A_stranger_is_refused_in_the_same_words_as_a_wrong_password()
    {
        await using var product = await Product.Start();
        var (known, stranger) = (Visitor(product), Visitor(product));

        await known.SignIn("corner-barber", "wrong password");
        await stranger.SignIn("stranger@example.com", "wrong password");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (known.Status, stranger.Status));
        Assert.Equal(known.Text("[role=alert]"), stranger.Text("[role=alert]"));
    }

    private static Visitor Visitor(Product product) =>
        new(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, product.Address, "en");

    private static Dictionary<string, string> Details(string name) => new() { ["Name"] = name, ["Email"] = $"{name.ToLowerInvariant()}@example.com" };
}
