using System.Net;
using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Pages;

public sealed class BookingJourneyTests
{
    private const string Chairs = "/schedule/corner-barber/Chairs";
    private const string HalfPastTwo = Chairs + "/book?at=2026-12-09T14:30%2B01:00";

    private static readonly Dictionary<string, string> Ada = new()
    {
        ["Name"] = "Ada Lovelace",
        ["Email"] = "ada@example.com",
        ["Phone"] = "+44 20 0000",
        ["Note"] = "First visit\nshort please",
    };

    [Fact]
    public async Task A_visitor_books_a_free_time_and_sees_it_confirmed()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");

        await visitor.Open("/schedule/corner-barber");
        await visitor.Follow(".day[href*='2026-12-09']");
        await visitor.Follow(".time[href*='T14%3A30']");
        await visitor.Submit("#chosen");
        await visitor.Submit("#booking", Ada);

        Assert.Equal(HttpStatusCode.OK, visitor.Status);
        Assert.Equal("Your appointment is booked", visitor.Heading);
        Assert.Contains("Wednesday 9 December, 14:30 – 15:00 (Paris time)", visitor.Text(".facts"), StringComparison.Ordinal);
        Assert.Contains("Chair 1", visitor.Text(".facts"), StringComparison.Ordinal);
        Assert.Equal("?done=1", visitor.Address.Query);
        var booked = Assert.Single(host.Chairs.Appointments.Values);
        Assert.Equal(("Ada Lovelace", "ada@example.com", "First visit\nshort please", "en"), (booked.Customer.Name, booked.Customer.Email, booked.Note, booked.Language));
    }

    [Fact]
    public async Task A_chosen_length_and_resource_are_booked()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");

        await visitor.Open("/schedule/harbour-yoga/Mat?day=2026-12-09&length=90&resource=43");
        await visitor.Follow(".time[href*='T14%3A30']");
        await visitor.Submit("#chosen");
        await visitor.Submit("#booking", Ada);

        var booked = Assert.Single(host.Mat.Appointments.Values);
        Assert.Equal((Duration.FromMinutes(90), 43), (booked.End - booked.Start, booked.ResourceId));
    }

    [Fact]
    public async Task Sending_the_form_again_leads_to_the_same_confirmation()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor();
        await visitor.Open(HalfPastTwo);
        var form = visitor.Page;
        await visitor.Submit("#booking", Ada);
        var first = visitor.Address;

        await visitor.Open(HalfPastTwo);
        var fields = Fields(form).Concat(Ada).Append(KeyValuePair.Create("form-token", visitor.Page.QuerySelector("[name=form-token]")!.GetAttribute("value")!));
        await visitor.Post(Chairs + "/book", fields);

        Assert.Equal(first, visitor.Address);
        Assert.Single(host.Chairs.Appointments);
    }

    [Fact]
    public async Task Going_back_to_the_form_after_booking_leads_to_the_appointment()
    {
        await using var host = await PagesHost.Start();
        var (visitor, other) = (host.Visitor("en"), host.Visitor("en"));
        await visitor.Open(HalfPastTwo + "&resource=41");
        await visitor.Submit("#booking", Ada);
        var manage = visitor.Address.AbsolutePath;
        host.World.Clock.AdvanceSeconds(3);

        await visitor.Open(HalfPastTwo + "&resource=41");
        Assert.True(visitor.Answer.Headers.CacheControl?.NoStore);
        Assert.Equal(("You have booked this", "You have booked this time. See your appointment"), (visitor.Heading, TypedText.Line(visitor.Text("#standing"))));
        Assert.Null(visitor.Page.QuerySelector("[role=alert], .notice.bad, #booking, .time"));
        await visitor.Follow("[data-booked] a");
        Assert.Equal(manage, visitor.Address.AbsolutePath);

        // Another chair is free for a friend: the form stays, and so does the word about the own appointment.
        await visitor.Open(HalfPastTwo);
        Assert.NotNull(visitor.Page.QuerySelector("#booking"));
        Assert.Equal(manage, visitor.Page.QuerySelector("[data-booked]:not([data-lost]) a")?.GetAttribute("href"));

        // Nobody else is told, and what was cancelled is not booked.
        await other.Open(HalfPastTwo + "&resource=41");
        Assert.Contains("This time is not free.", other.Text("[role=alert]"), StringComparison.Ordinal);
        await visitor.Open(manage + "/cancel");
        await visitor.Submit("main form");
        await host.Chairs.Book(Rival(41));
        host.World.Clock.AdvanceSeconds(3);
        await visitor.Open(HalfPastTwo + "&resource=41");
        Assert.Contains("This time is not free.", visitor.Text("[role=alert]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_browser_claims_to_have_booked_is_judged_like_any_link()
    {
        await using var host = await PagesHost.Start();
        var (visitor, stranger) = (host.Visitor("en"), host.Visitor("en"));
        await visitor.Open(HalfPastTwo);
        await visitor.Submit("#booking", Ada);
        var (name, value) = visitor.Cookies.Single(cookie => cookie.Key.EndsWith("booked", StringComparison.Ordinal));
        Assert.Contains("max-age=1800", visitor.SetCookies.Single(set => set.StartsWith(name, StringComparison.Ordinal)), StringComparison.Ordinal);

        foreach (var forged in (string[])[value[..^1] + "f", value.Split('.')[0], "1.2.3", "x." + new string('0', 32)])
        {
            stranger.Keep(name, forged);
            await stranger.Open(HalfPastTwo);
            Assert.Null(stranger.Page.QuerySelector("[data-booked]"));
        }
    }

    [Fact]
    public async Task A_refused_form_opens_where_it_says_why()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await visitor.Open(HalfPastTwo + "&resource=41");
        Assert.Null(visitor.Page.QuerySelector("[autofocus]"));

        await visitor.Submit("#booking", new Dictionary<string, string>(Ada) { ["Name"] = "", ["Email"] = "ada at example" });
        Assert.Equal("field-Name", Assert.Single(visitor.Page.QuerySelectorAll("[autofocus]")).Id);
        Assert.Equal("-1", visitor.Page.QuerySelector("#wrong")?.GetAttribute("tabindex"));
        await visitor.Submit("#booking", new Dictionary<string, string>(Ada) { ["Email"] = "ada@gmial.com" });
        Assert.Equal("field-Email", Assert.Single(visitor.Page.QuerySelectorAll("[autofocus]")).Id);
        await host.Chairs.Book(Rival(41));
        await visitor.Submit("#booking", Ada);
        Assert.Equal("standing", Assert.Single(visitor.Page.QuerySelectorAll("[autofocus]")).Id);
    }

    [Fact, Trait("Fault", "1")]
    public async Task A_place_taken_meanwhile_keeps_what_was_typed_and_offers_the_nearest_times()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await visitor.Open(HalfPastTwo + "&resource=41");
        await host.Chairs.Book(Rival(41));

        await visitor.Submit("#booking", Ada);

        Assert.Equal(HttpStatusCode.OK, visitor.Status);
        Assert.Contains("This time is not free. Please choose another one.", visitor.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Equal("Ada Lovelace", visitor.Page.QuerySelector("[name=Name]")!.GetAttribute("value"));
        Assert.Contains("short please", visitor.Text("textarea"), StringComparison.Ordinal);
        Assert.Equal(
            ["Wednesday 9 December, 13:30", "Wednesday 9 December, 14:00", "Wednesday 9 December, 15:00", "Wednesday 9 December, 15:30"],
            visitor.Page.QuerySelectorAll("button.time").Select(button => button.TextContent));
        Assert.Single(host.Chairs.Appointments);

        await visitor.Submit("#booking", button: "button.time[value*='15:00']");
        Assert.Single(host.Chairs.Appointments);
        Assert.Equal("Ada Lovelace", visitor.Page.QuerySelector("[name=Name]")!.GetAttribute("value"));
        await visitor.Submit("#booking");

        Assert.Equal(2, host.Chairs.Appointments.Count);
        Assert.Contains("15:00 – 15:30", visitor.Text(".facts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_time_that_is_no_longer_free_is_said_before_anything_is_typed()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");

        await visitor.Open(Chairs + "/book?at=2026-12-09T03:00%2B01:00");

        Assert.Contains("This time is not free.", visitor.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Null(visitor.Page.QuerySelector("#booking"));
        Assert.NotEmpty(visitor.Page.QuerySelectorAll("a.time"));
    }

    public static TheoryData<BookingRefusal> AllRefusals => [.. Enum.GetValues<BookingRefusal>()];

    [Theory, MemberData(nameof(AllRefusals))]
    public async Task Every_refusal_is_a_sentence_in_each_language(BookingRefusal refusal)
    {
        await using var host = await PagesHost.Start();
        host.Chairs.Refuses = refusal;
        var said = new HashSet<string>();
        foreach (var language in new[] { "en", "fr", "nl" })
        {
            var visitor = host.Visitor(language);
            await visitor.Open(HalfPastTwo);

            await visitor.Submit("#booking", Ada);

            Assert.Equal(HttpStatusCode.OK, visitor.Status);
            var sentence = refusal is BookingRefusal.AccountFull or BookingRefusal.AccountPaused ? visitor.Heading : visitor.Text("[role=alert] strong");
            Assert.NotEqual(refusal.ToString(), sentence);
            Assert.True(said.Add(sentence), sentence);
        }
    }

    [Fact]
    public async Task A_full_account_shows_customers_a_neutral_page_and_whom_to_ask()
    {
        await using var host = await PagesHost.Start();
        host.Barber.Shown = host.Barber.Shown! with { TakesBookings = false };
        foreach (var address in new[] { Chairs, HalfPastTwo })
        {
            var visitor = host.Visitor("en");

            await visitor.Open(address);

            Assert.Equal("Online booking is closed here", visitor.Heading);
            Assert.Contains("help@atelier-web.example", visitor.Text("main"), StringComparison.Ordinal);
            Assert.DoesNotContain("plan", visitor.Text("main"), StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("limit", visitor.Text("main"), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_closed_page_names_the_business_then_the_reseller_then_the_owner()
    {
        await using var host = await PagesHost.Start();
        host.Yoga.Shown = host.Yoga.Shown! with { TakesBookings = false };
        var visitor = host.Visitor("en");

        await visitor.Open("/schedule/harbour-yoga/Mat");

        Assert.Contains("owner@harbour-yoga.example", visitor.Text("main"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_of_a_full_account_read_the_true_reason_and_staff_of_others_do_not()
    {
        await using var host = await PagesHost.Start();
        (host.Barber.Shown, host.Barber.Allowed) = (host.Barber.Shown! with { TakesBookings = false }, 50);
        var (own, other) = (host.Visitor("en"), host.Visitor("en"));
        await own.SignIn("owner@corner-barber.example", "demo-corner-barber");
        await other.SignIn("owner@harbour-yoga.example", "demo-harbour-yoga");

        await own.Open(Chairs);
        await other.Open(Chairs);

        Assert.Contains("Your plan is full", own.Text("main"), StringComparison.Ordinal);
        Assert.DoesNotContain("plan", other.Text("main"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_a_machine_filled_in_is_not_booked_and_a_person_may_press_again()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor();
        await visitor.Open(HalfPastTwo);

        await visitor.Submit("#booking", new Dictionary<string, string>(Ada) { ["Subject"] = "cheap watches" });
        Assert.Empty(host.Chairs.Appointments);
        await visitor.Submit("#booking");

        Assert.Single(host.Chairs.Appointments);
    }

    [Fact]
    public async Task Wrong_fields_are_marked_where_they_stand_and_nothing_is_booked()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await visitor.Open(HalfPastTwo);

        await visitor.Submit("#booking", new Dictionary<string, string>(Ada) { ["Name"] = new('x', 10_240), ["Email"] = "ada at example" });

        Assert.Equal("A name has 100 characters at most.", visitor.Text("#field-Name-error"));
        var email = visitor.Page.QuerySelector("#field-Email")!;
        Assert.Equal("ada at example", email.GetAttribute("value"));
        Assert.Equal(("true", "field-Email-error field-Email-hint"), (email.GetAttribute("aria-invalid"), email.GetAttribute("aria-describedby")));
        Assert.Equal(0, host.Chairs.Commands);
    }

    [Fact, Trait("Fault", "44")]
    public async Task A_form_without_its_token_or_from_another_visitor_is_refused()
    {
        await using var host = await PagesHost.Start();
        var (visitor, stranger) = (host.Visitor("en"), host.Visitor("en"));
        await visitor.Open(HalfPastTwo);
        var fields = Fields(visitor.Page).Concat(Ada).ToList();

        await visitor.Post(Chairs + "/book", fields);
        Assert.Equal(HttpStatusCode.BadRequest, visitor.Status);
        await stranger.Post(Chairs + "/book", fields.Append(KeyValuePair.Create("form-token", visitor.Page.QuerySelector("[name=form-token]")?.GetAttribute("value") ?? "x")));

        Assert.Equal(HttpStatusCode.BadRequest, stranger.Status);
        Assert.Equal("This did not work", stranger.Heading);
        Assert.Equal(0, host.Chairs.Commands);
    }

    [Fact]
    public async Task Nothing_that_is_fetched_changes_anything()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor();
        await visitor.Open(HalfPastTwo);
        await visitor.Submit("#booking", Ada);
        var (manage, before) = (visitor.Address.AbsolutePath, host.Chairs.Commands);

        foreach (var address in new[] { HalfPastTwo, manage, manage + "/move", manage + "/move/confirm?at=2026-12-09T15:00%2B01:00", manage + "/cancel", "/signout", "/signin" })
        {
            await visitor.Open(address);
        }

        Assert.Equal(before, host.Chairs.Commands);
    }

    private static IEnumerable<KeyValuePair<string, string>> Fields(AngleSharp.Dom.IParentNode page) =>
        page.QuerySelectorAll("#booking input[type=hidden]").Where(field => field.GetAttribute("name") != "form-token")
            .Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.GetAttribute("value") ?? ""));

    private static BookAppointment Rival(int resourceId) => new()
    {
        Start = Time.Moment.OnTheClock(new LocalDateTime(2026, 12, 9, 14, 30)),
        ResourceId = resourceId,
        Customer = new CustomerDetails { Name = "Rival", Email = "rival@example.com" },
        Language = "en",
        Actor = Actor.Customer("rival@example.com"),
    };
}
