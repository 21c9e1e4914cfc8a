using System.Net;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Branding;
using Slotwright.Pages.Booking;
using Slotwright.Schedules;

namespace Slotwright.Pages;

/// <summary>What the booking pages say, ask and weigh.</summary>
public sealed class BookingPageTests
{
    private const string Chairs = "/schedule/corner-barber/Chairs";
    private const string HalfPastTwo = Chairs + "/book?at=2026-12-09T14:30%2B01:00";

    [Fact]
    public async Task A_day_is_full_closed_over_or_not_yet_and_says_so()
    {
        await using var host = await PagesHost.Start();
        host.Chairs.IsClosed = day => day.DayOfWeek == IsoDayOfWeek.Sunday;
        host.Chairs.Shown = host.Chairs.Shown with { HorizonDays = 4, Resources = [host.Chairs.Shown.Resources[0]] };
        foreach (var hour in Enumerable.Range(0, 18))
        {
            await host.Chairs.Book(Booking(new LocalDateTime(2026, 12, 10, 9, 0).PlusMinutes(30 * hour)));
        }

        var visitor = await host.Visitor("en").Open(Chairs);
        Assert.Equal(["over", "15 free", "18 free", "full", "18 free", "18 free", "later"], visitor.Page.QuerySelectorAll(".day i").Select(word => TypedText.Line(word.TextContent)));
        await visitor.Open(Chairs + "?day=2026-12-10");
        Assert.Equal("Every time on this day is taken. Choose another day above.", visitor.Text(".empty"));

        host.Chairs.Shown = host.Chairs.Shown with { HorizonDays = 365 };
        host.World.Clock.AdvanceSeconds(3);
        await visitor.Open(Chairs + "?day=2026-12-13");
        Assert.Equal("Closed on this day. Choose another one above.", visitor.Text(".empty"));
    }

    [Fact]
    public async Task The_next_free_time_is_one_press_away_and_a_chosen_time_that_went_has_neighbours()
    {
        await using var host = await PagesHost.Start();
        host.Chairs.IsClosed = day => day < new LocalDate(2027, 1, 4);
        var visitor = host.Visitor("en");

        await visitor.Open(Chairs + "?next=1");
        Assert.Equal("Monday 4 January 2027, 09:00 – 09:30", visitor.Text("#when"));
        host.Chairs.Shown = host.Chairs.Shown with { Resources = [host.Chairs.Shown.Resources[0]] };
        await host.Chairs.Book(Booking(new LocalDateTime(2027, 1, 4, 9, 0)));
        host.World.Clock.AdvanceSeconds(3);
        await visitor.Open(visitor.Address.PathAndQuery);

        Assert.Contains("This time is not free.", visitor.Text(".notice"), StringComparison.Ordinal);
        Assert.Equal(3, visitor.Page.QuerySelectorAll(".notice a.time").Length);
        Assert.Null(visitor.Page.QuerySelector("#chosen"));
    }

    [Fact]
    public async Task The_form_asks_what_the_schedule_wants_and_keeps_what_was_typed()
    {
        await using var host = await PagesHost.Start();
        host.Chairs.Shown = host.Chairs.Shown with { Fields = new CustomerFields { Phone = FieldUse.Required, Address = FieldUse.Optional, Note = FieldUse.Hidden } };
        var visitor = await host.Visitor("en").Open(HalfPastTwo);
        Assert.Equal(["Name", "E-mail", "Phone", "Address (optional)"], visitor.Page.QuerySelectorAll(".fields .field label").Select(label => TypedText.Line(label.TextContent)));

        await visitor.Submit("#booking", new Dictionary<string, string> { ["Name"] = "Ada", ["Email"] = "ada@example.com", ["Address"] = "1 Road" });
        Assert.Equal("Please give a phone number.", visitor.Text(".error"));
        Assert.Equal("1 Road", visitor.Page.QuerySelector("[name=Address]")!.GetAttribute("value"));
        await visitor.Submit("#booking", new Dictionary<string, string> { ["Phone"] = "020 0000" });

        var booked = Assert.Single(host.Chairs.Live);
        Assert.Equal(("020 0000", "1 Road", ""), (booked.Customer.Phone, booked.Customer.Address, booked.Note));
    }

    [Fact]
    public async Task A_misspelt_mail_host_is_asked_about_once()
    {
        await using var host = await PagesHost.Start();
        var visitor = await host.Visitor("en").Open(HalfPastTwo);

        await visitor.Submit("#booking", new Dictionary<string, string> { ["Name"] = "Ada", ["Email"] = "ada@gmial.com" });
        Assert.Equal("Did you mean ada@gmail.com? If ada@gmial.com is right, press Book again.", visitor.Text(".error"));
        Assert.Empty(host.Chairs.Live);
        await visitor.Submit("#booking");

        Assert.Equal("ada@gmial.com", Assert.Single(host.Chairs.Live).Customer.Email);
    }

    [Theory]
    [InlineData("a@gmail.com", null)]
    [InlineData("a@gmial.com", "a@gmail.com")]
    [InlineData("a@gmai.com", "a@gmail.com")]
    [InlineData("a@hotmaill.com", "a@hotmail.com")]
    [InlineData("a@OUTLOOK.CON", "a@outlook.com")]
    [InlineData("a@example.com", null)]
    [InlineData("a@gmx.de", null)]
    [InlineData("@", null)]
    [InlineData("", null)]
    public void Only_one_slip_from_a_known_host_is_asked_about(string typed, string? meant) => Assert.Equal(meant, MailHosts.Meant(typed));

    [Fact]
    public async Task A_wrong_offset_leads_back_to_the_times()
    {
        await using var host = await PagesHost.Start();

        var visitor = await host.Visitor("en").Open(Chairs + "/book?at=2026-12-09T14:30%2B05:00");

        Assert.Equal(Chairs, visitor.Address.AbsolutePath);
    }

    [Fact]
    public async Task An_account_that_takes_no_bookings_lists_nothing_to_book_and_says_whom_to_ask_once()
    {
        await using var host = await PagesHost.Start();
        host.Barber.Shown = host.Barber.Shown! with { TakesBookings = false, Brand = host.Barber.Shown!.Brand with { Contact = "12 rue des Lilas, Lyon · +33 4 00 00 00 12, ask@barber.example" } };

        var visitor = await host.Visitor("en").Open("/schedule/corner-barber");

        Assert.Equal("Online booking is closed here", visitor.Heading);
        Assert.Equal(["tel:+33400000012", "mailto:ask@barber.example"], visitor.Page.QuerySelectorAll("main p a").Take(2).Select(link => link.GetAttribute("href")));
        Assert.Single(visitor.Page.QuerySelectorAll("p"), line => line.TextContent.Contains("rue des Lilas", StringComparison.Ordinal));
    }

    [Fact]
    public void Numbers_of_a_street_are_no_phone_numbers() =>
        Assert.DoesNotContain(Contact.Parts("12 rue des Lilas, 69001 Lyon, 2 – 4"), part => part.Link is not null);

    [Fact]
    public void Accents_do_not_pile_up()
    {
        var piled = "Z" + new string('\u0301', 40) + "oe\u0301";

        Assert.Equal("Z\u0301".Normalize() + new string('\u0301', 4) + "oé", TypedText.Line(piled));
        Assert.Equal("Nguyễn Thị Ánh, עִבְרִית", TypedText.Line("Nguyễn Thị Ánh, עִבְרִית"));
    }

    [Fact]
    public async Task A_cancelled_appointment_has_no_button_to_move_it()
    {
        await using var host = await PagesHost.Start();
        var visitor = await Book(host);
        var manage = visitor.Address.AbsolutePath;
        await visitor.Open(manage + "/move/confirm?at=2026-12-10T15:00%2B01:00");
        var form = visitor.Page.QuerySelectorAll("main form input").Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.GetAttribute("value") ?? "")).ToList();
        await visitor.Open(manage + "/cancel");
        await visitor.Submit("main form");

        await visitor.Open(manage + "/move/confirm?at=2026-12-10T15:00%2B01:00");
        Assert.Equal(("This appointment is cancelled", manage), (visitor.Heading, visitor.Address.AbsolutePath));
        host.Chairs.Refuses = BookingRefusal.AlreadyCancelled;
        await visitor.Post(manage + "/move/confirm", form);

        Assert.Equal("This appointment is already cancelled.", visitor.Text("[role=alert] strong"));
        Assert.Null(visitor.Page.QuerySelector("main form"));
    }

    [Fact]
    public async Task A_booked_appointment_goes_into_calendars_and_the_file_is_its_holders_alone()
    {
        await using var host = await PagesHost.Start();
        host.Chairs.Shown = host.Chairs.Shown with { Location = "12 Rue des Lilas; \"Cour\", Lyon" };
        var visitor = await Book(host);
        var links = visitor.Page.QuerySelectorAll(".calendars a").Select(link => link.GetAttribute("href")!).ToList();

        Assert.Equal("https://calendar.google.com/calendar/render?action=TEMPLATE&text=Chairs%20%C2%B7%20The%20Corner%20Barber&dates=20261209T133000Z%2F20261209T140000Z", links[1].Split("&location=")[0]);
        Assert.Contains("startdt=2026-12-09T13%3A30%3A00Z", links[2], StringComparison.Ordinal);
        await visitor.Open(links[0]);
        Assert.Equal("text/calendar", visitor.Answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("\r\nDTSTART:20261209T133000Z\r\nDTEND:20261209T140000Z\r\n", visitor.Source, StringComparison.Ordinal);
        Assert.Contains("\r\nLOCATION:12 Rue des Lilas\\; \"Cour\"\\, Lyon\r\n", visitor.Source, StringComparison.Ordinal);
        Assert.All(visitor.Source.Split("\r\n"), line => Assert.True(System.Text.Encoding.UTF8.GetByteCount(line) <= 75, line));
        Assert.Equal("Chairs · The Corner Barber", Ical.Net.Calendar.Load(visitor.Source)!.Events.Single()!.Summary);
        await visitor.Open(links[0].Replace(links[0].Split('/')[^2], new string('0', 32), StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, visitor.Status);
    }

    /// <summary>The first visit of a booking page, all its files included, as a browser fetches it.</summary>
    [Fact]
    public async Task A_first_visit_weighs_less_than_60_kB_and_pages_with_secrets_are_not_compressed()
    {
        await using var host = await PagesHost.Start();
        using var browser = host.Client();
        browser.DefaultRequestHeaders.Add("Accept-Encoding", "gzip, br");
        var visitor = await host.Visitor("en").Open(Chairs);

        var weights = new List<(string Address, string Coding, int Bytes)>();
        foreach (var address in visitor.Page.QuerySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]").Select(file => file.GetAttribute("href") ?? file.GetAttribute("src")!).Append(Chairs))
        {
            using var answer = await browser.GetAsync(address, TestContext.Current.CancellationToken);
            weights.Add((address, string.Join(',', answer.Content.Headers.ContentEncoding), (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', weights));
        Assert.True(weights.Sum(file => file.Bytes) < 60_000, string.Join('\n', weights));
        Assert.All(weights, file => Assert.Equal("br", file.Coding));
        using var managed = await browser.GetAsync((await Book(host)).Address, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.OK, 0), (managed.StatusCode, managed.Content.Headers.ContentEncoding.Count));
    }

    [Fact]
    public async Task A_page_that_was_just_shown_is_shown_again_while_nothing_it_says_has_changed()
    {
        await using var host = await PagesHost.Start();
        var (visitor, owner) = (host.Visitor("en"), host.Visitor("en"));
        await owner.SignIn("owner@corner-barber.example", "demo-corner-barber");
        var day = Chairs + "?day=2026-12-09&resource=41";

        var first = (await visitor.Open(day)).Source;
        Assert.Equal(first, (await host.Visitor("en").Open(day)).Source);
        Assert.DoesNotContain("form-token", first, StringComparison.Ordinal);
        Assert.Contains("mercredi", (await host.Visitor("fr").Open(day)).Source, StringComparison.Ordinal);
        Assert.Contains("Control panel", (await owner.Open(day)).Source, StringComparison.Ordinal);
        host.Barber.Shown = host.Barber.Shown! with { Brand = host.Barber.Shown!.Brand with { DisplayName = "The Other Barber" } };
        host.World.Clock.AdvanceSeconds(3);
        Assert.Contains("The Other Barber", (await visitor.Open(day)).Source, StringComparison.Ordinal);

        await visitor.Open(HalfPastTwo + "&resource=41");
        await visitor.Submit("#booking", new Dictionary<string, string> { ["Name"] = "Ada", ["Email"] = "ada@example.com" });
        Assert.Equal("17 free times", (await visitor.Open(day)).Text(".day[aria-current] .count"));
    }

    private static async Task<Visitor> Book(PagesHost host)
    {
        var visitor = await host.Visitor("en").Open(HalfPastTwo);
        return await visitor.Submit("#booking", new Dictionary<string, string> { ["Name"] = "Ada", ["Email"] = "ada@example.com" });
    }

    private static BookAppointment Booking(LocalDateTime at) => new()
    {
        Start = Time.Moment.OnTheClock(at),
        Customer = new CustomerDetails { Name = "Rival", Email = "rival@example.com" },
        Language = "en",
        Actor = Actor.Customer("rival@example.com"),
    };
}
