using System.Net;
using System.Text.Json;
using Slotwright.Appointments;
using Slotwright.Mail;
using Slotwright.Pages;

namespace Slotwright.BackOffice;

/// <summary>The pages of the day through the whole product, without scripts, as the owner of the demo barber.</summary>
public sealed partial class DayPagesTests : IAsyncLifetime
{
    private const string Office = "/a/corner-barber";
    private const string Wednesday = "2027-01-13";

    private Product product = null!;
    private Visitor owner = null!;
    private int scheduleId;
    private int[] chairs = [];

    public async ValueTask InitializeAsync()
    {
        product = await Product.Start();
        (_, scheduleId) = await product.Find("corner-barber", "Chairs");
        chairs = [.. (await (await product.Schedule("corner-barber", "Chairs")).Face())!.Resources.Select(resource => resource.Id)];
        owner = Visitor("en");
        await owner.SignIn("corner-barber", "demo-corner-barber");
    }

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact]
    public async Task Staff_book_move_lengthen_amend_and_cancel_and_the_history_says_who_changed_what()
    {
        var id = await Book("Renée Dupont", "10:00");
        Assert.Equal("Renée Dupont", owner.Heading);

        await owner.Follow("a[href$='/time']");
        var evening = new Dictionary<string, string> { ["Time"] = "19:45", ["Length"] = "50" };
        await owner.Submit("form.fields", evening);
        Assert.Contains("Closed then: this lies outside the opening hours.", owner.Text("[role=alert]"), StringComparison.Ordinal);
        await owner.Submit("form.fields", new Dictionary<string, string>(evening) { ["Anyway"] = "true" });
        Assert.Contains("19:45 – 20:35", owner.Text(".sub"), StringComparison.Ordinal);

        await owner.Follow("a[href$='/details']");
        await owner.Submit("form.fields", new Dictionary<string, string> { ["Email"] = "renee@example.com", ["Note"] = "By the window" });
        await owner.Follow("a[href$='/cancel']");
        Assert.Contains("renee@example.com is told by mail.", owner.Text("main"), StringComparison.Ordinal);
        await owner.Submit("main form");

        Assert.Equal("Cancelled", owner.Text("h1 .tag"));
        var history = owner.Page.QuerySelectorAll(".history > li").Select(line => line.TextContent).ToList();
        Assert.Equal(["Cancelled", "Details changed", "Moved", "Booked"], owner.Page.QuerySelectorAll(".history > li > strong").Select(kind => kind.TextContent));
        Assert.All(history, line => Assert.Contains("by owner@corner-barber.example", line, StringComparison.Ordinal));
        Assert.Matches("(?s)E-mail: .*–.*renee@example.com.*Note: .*–.*By the window", history[1]);
        Assert.Matches("(?s)Time: .*10:00 – 10:30.*19:45 – 20:35", history[2]);
        await owner.Open($"{Office}/appointment/{id}/time");
        Assert.Equal($"{Office}/appointment/{id}", owner.Address.AbsolutePath);
    }

    [Fact]
    public async Task A_move_by_form_is_taken_back_by_one_button()
    {
        var id = await Book("Renée Dupont", "10:00");
        await owner.Follow("a[href$='/time']");
        await owner.Submit("form.fields", new Dictionary<string, string> { ["Time"] = "14:15", ["Length"] = "50", ["Place"] = $"{scheduleId}/{chairs[1]}" });

        await owner.Submit("form.undo");

        Assert.Contains("10:00 – 10:30", owner.Text(".sub"), StringComparison.Ordinal);
        Assert.Contains("Chair 1", owner.Text("dl"), StringComparison.Ordinal);
        await owner.Open($"{Office}/appointment/{id}");
        Assert.Null(owner.Page.QuerySelector("form.undo"));
    }

    [Fact]
    public async Task A_taken_time_is_had_only_by_saying_so()
    {
        await Book("First", "10:00");
        await owner.Open(New("10:00"));
        var typed = new Dictionary<string, string> { ["Name"] = "Second" };

        await owner.Submit("form.fields", typed);
        Assert.Contains("This time is taken.", owner.Text("[role=alert]"), StringComparison.Ordinal);
        Assert.Equal("Second", owner.Page.QuerySelector("#field-Name")!.GetAttribute("value"));
        await owner.Submit("form.fields", typed);
        Assert.Contains("This time is taken.", owner.Text("[role=alert]"), StringComparison.Ordinal);

        await owner.Submit("form.fields", new Dictionary<string, string>(typed) { ["Overlap"] = "true" });
        Assert.Contains("Placed over another one on purpose", owner.Text("main"), StringComparison.Ordinal);
    }

    [Fact, Trait("Fault", "5")]
    public async Task A_form_that_is_sent_twice_books_once()
    {
        await owner.Open(New("10:00"));
        var form = owner.Page;
        await owner.Submit("form.fields", new Dictionary<string, string> { ["Name"] = "Twice" });
        var first = owner.Address.AbsolutePath;
        var again = Visitor("en");
        foreach (var (name, value) in owner.Cookies)
        {
            again.Keep(name, value);
        }

        await again.Post($"{Office}/appointment/new", form.QuerySelectorAll("form.fields [name]")
            .Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.GetAttribute("name") switch
            {
                "Name" => "Twice",
                "Place" => $"{scheduleId}/{chairs[0]}",
                "Language" => "fr",
                _ => field.GetAttribute("value") ?? "",
            })));

        Assert.Equal(first, again.Address.AbsolutePath);
    }

    [Fact]
    public async Task What_is_missing_is_said_at_its_field_and_nothing_typed_is_lost()
    {
        await owner.Open(New("10:00"));

        await owner.Submit("form.fields", new Dictionary<string, string> { ["Email"] = "no address", ["Day"] = "", ["Length"] = "-3", ["Note"] = "Keep me" });

        Assert.Equal(HttpStatusCode.OK, owner.Status);
        Assert.Equal(
            ["Please choose a day.", "Please enter whole minutes, at least 1.", "Please enter a name.", "This is not an e-mail address. Leave it empty when there is none."],
            owner.Page.QuerySelectorAll(".error").Select(error => error.TextContent.Trim()));
        Assert.Equal("Keep me", owner.Text("textarea"));
    }

    [Theory]
    [InlineData("2027-03-28", "02:30", null)]
    [InlineData("2027-10-31", "02:30", "2027-10-31T00:30:00Z")]
    public async Task On_days_when_clocks_change_a_skipped_time_is_refused_and_a_repeated_one_is_asked(string day, string time, string? instant)
    {
        await owner.Open($"{Office}/appointment/new?day={day}&place={scheduleId}/{chairs[0]}");

        await owner.Submit("form.fields", new Dictionary<string, string> { ["Name"] = "Night owl", ["Time"] = time, ["Day"] = day });

        if (instant is null)
        {
            Assert.Contains("does not exist", owner.Text("[role=alert]"), StringComparison.Ordinal);
            return;
        }

        await owner.Follow("a[href$='/time']");
        Assert.Equal(["The first time", "The second time"], owner.Page.QuerySelectorAll("#offset option").Select(option => option.TextContent));
        await owner.Submit("form.fields", new Dictionary<string, string> { ["Offset"] = "3600" });
        Assert.Contains("Closed then", owner.Text("[role=alert]"), StringComparison.Ordinal);
        await owner.Submit("form.fields", new Dictionary<string, string> { ["Offset"] = "3600", ["Anyway"] = "true" });
        Assert.Contains("UTC+1", owner.Text(".sub"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_block_of_today_is_proposed_for_an_hour_that_is_still_to_come()
    {
        await owner.Open($"{Office}/block/new");
        Assert.Equal("12:00", owner.Page.QuerySelector("[name=Time]")!.GetAttribute("value"));
        product.Clock.AdvanceMinutes(320);

        await owner.Open($"{Office}/block/new");

        Assert.Equal(("15:00", "16:00"), (owner.Page.QuerySelector("[name=Time]")!.GetAttribute("value"), owner.Page.QuerySelector("[name=UntilTime]")!.GetAttribute("value")));
    }

    [Fact]
    public async Task Blocked_time_is_kept_from_customers_until_it_is_opened_again()
    {
        await owner.Open($"{Office}/block/new?at={Wednesday}T12:00&until={Wednesday}T14:00&place={scheduleId}/{chairs[0]}");
        await owner.Submit("form.fields", new Dictionary<string, string> { ["Note"] = "Training" });
        var block = owner.Address.AbsolutePath;
        Assert.Equal("Kept free", owner.Heading);
        var customer = Visitor("en");

        await customer.Open($"/schedule/corner-barber/Chairs/book?at={Wednesday}T12:30%2B01:00&resource={chairs[0]}");
        Assert.NotNull(customer.Page.QuerySelector("[role=alert]"));

        await owner.Open(block + "/cancel");
        await owner.Submit("main form");
        Assert.Contains("Time opened again", owner.Text(".history"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Today_notes_who_came_takes_it_back_and_mails_nobody()
    {
        product.Clock.Reset(Product.Morning + NodaTime.Duration.FromMinutes((25 * 60) + 10));
        var id = await Book("Ida Quill", "10:00", "ida@example.com");
        await Book("Noor de Wit", "12:00");

        await owner.Open(Office);
        Assert.Equal(("2 appointments", "Now", "Next"), (owner.Text("#day"), owner.Text($"#visit-{id} .tag"), owner.Text(".visit.next .tag")));
        await owner.Submit($"#visit-{id} form", button: $"#visit-{id} button[value=NoShow]");
        Assert.Equal(Office, owner.Address.AbsolutePath);
        Assert.Contains("No-show", owner.Text($"#visit-{id} .noted"), StringComparison.Ordinal);
        await owner.Submit($"#visit-{id} form", button: $"#visit-{id} button[value=Unknown]");
        Assert.Null(owner.Page.QuerySelector($"#visit-{id} .noted"));

        await owner.Open($"{Office}/appointment/{id}");
        Assert.Equal(["Attendance taken back", "Noted as a no-show", "Booked"], owner.Page.QuerySelectorAll(".history > li > strong").Select(kind => kind.TextContent));
        var appointment = (await (await product.Schedule("corner-barber", "Chairs")).Find(id))!;
        Assert.Empty(Addressees.Of(ChangeKind.AttendanceMarked, appointment, "owner@example.com", null));
    }

    [Fact]
    public async Task Attendance_belongs_to_the_time_at_which_the_customer_was_expected()
    {
        var schedule = await product.Schedule("corner-barber", "Chairs");
        var id = await Book("Ida", "10:00");
        var staff = Actor.Staff(1, "owner@example.org");
        await schedule.Mark(new MarkAttendance { AppointmentId = id, Attendance = Attendance.NoShow, Actor = staff });
        RescheduleAppointment To(int hour, int end) => new()
        {
            AppointmentId = id,
            Start = Time.Moment.OnTheClock(Asking.Tomorrow.At(new NodaTime.LocalTime(hour, 0))),
            End = Time.Moment.OnTheClock(Asking.Tomorrow.At(new NodaTime.LocalTime(end, 0))),
            Actor = staff,
        };

        Assert.Equal(Attendance.NoShow, (await schedule.Reschedule(To(10, 11))).Value!.Appointment.Attendance);
        Assert.Equal(Attendance.Unknown, (await schedule.Reschedule(To(15, 16))).Value!.Appointment.Attendance);
    }

    [Fact]
    public async Task Find_answers_names_mails_and_numbers_and_another_accounts_owner_nothing()
    {
        var id = await Book("Renée Dupont", "10:00", "renee@example.com");
        var stranger = Visitor("en");
        await stranger.SignIn("harbour-yoga", "demo-harbour-yoga");

        foreach (var asked in new[] { "renee", "RENEE@example", id.ToString(System.Globalization.CultureInfo.InvariantCulture) })
        {
            await owner.Open($"{Office}/find?q={Uri.EscapeDataString(asked)}");
            Assert.Equal(("1 appointment found", "Renée Dupont"), (owner.Text("#found"), owner.Text("td .name")));
            await stranger.Open($"/a/harbour-yoga/find?q={Uri.EscapeDataString(asked)}");
            Assert.Equal("Nothing found", stranger.Text("#found"));
        }

        await owner.Open($"{Office}/find?q=renee&among=past");
        Assert.Equal("Nothing found", owner.Text("#found"));
    }

    [Fact]
    public async Task Every_page_of_the_day_is_there_for_members_only()
    {
        var id = await Book("Ida", "10:00");
        var stranger = Visitor("en");
        await stranger.SignIn("harbour-yoga", "demo-harbour-yoga");
        string[] pages =
        [
            "", "/find?q=ida", "/calendar", "/calendar/sheet", "/appointment/new", "/block/new",
            $"/appointment/{id}", $"/appointment/{id}/time", $"/appointment/{id}/details", $"/appointment/{id}/cancel",
        ];

        foreach (var page in pages)
        {
            Assert.Equal(HttpStatusCode.OK, (await owner.Open(Office + page)).Status);
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Open(Office + page)).Status);
            Assert.Equal("/signin", (await Visitor("en").Open(Office + page)).Address.AbsolutePath);
        }

        // A number of another account is not there, under one's own path.
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Open($"/a/harbour-yoga/appointment/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Open($"{Office}/appointment/999999")).Status);
    }

    private string New(string time) => $"{Office}/appointment/new?at={Wednesday}T{time}&place={scheduleId}/{chairs[0]}";

    private async Task<int> Book(string name, string time, string email = "")
    {
        await owner.Open(New(time));
        await owner.Submit("form.fields", new Dictionary<string, string> { ["Name"] = name, ["Email"] = email });
        Assert.Contains("done=booked", owner.Address.Query, StringComparison.Ordinal);
        return int.Parse(owner.Address.Segments[^1], System.Globalization.CultureInfo.InvariantCulture);
    }

    private KeyValuePair<string, string>[] Gesture(int id, int revision, string start, string end, string day = Wednesday) =>
    [
        new("id", id.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("revision", revision.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("start", $"{day}T{start}:00"),
        new("end", $"{day}T{end}:00"),
        new("resource", chairs[0].ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("key", Guid.NewGuid().ToString("N")),
    ];

    private static (string? Says, string? Question, bool AsksAnyway) Asked(JsonElement answer)
    {
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("entry").ValueKind);
        return (answer.GetProperty("says").GetString(), answer.GetProperty("question").GetString(), answer.GetProperty("asksAnyway").GetBoolean());
    }

    /// <summary>That the calendar's page brings for its script.</summary>
    private async Task<KeyValuePair<string, string>> Token()
    {
        await owner.Open($"{Office}/calendar?day={Wednesday}&view=day");
        var token = owner.Page.QuerySelector("#gesture input")!;
        return KeyValuePair.Create(token.GetAttribute("name")!, token.GetAttribute("value")!);
    }

    private async Task<JsonElement> Move(KeyValuePair<string, string> token, IEnumerable<KeyValuePair<string, string>> gesture)
    {
        await owner.Post($"{Office}/calendar/move", gesture.Append(token));
        return JsonDocument.Parse(owner.Source).RootElement;
    }

    private async Task<JsonElement> Json(string address) => JsonDocument.Parse((await owner.Open(address)).Source).RootElement;

    private Visitor Visitor(string language) => new(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }, product.Address, language);
}
