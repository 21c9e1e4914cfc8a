using System.Net;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Schedules;
using Slotwright.Time;

namespace Slotwright.Setup;

public sealed class ScheduleSetupTests
{
    private static readonly Actor Staff = Actor.Staff(1, "owner@corner-barber.example");

    [Fact]
    public async Task Opening_hours_are_changed_copied_and_said()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "corner-barber");
        var (_, id) = await product.Find("corner-barber", "Chairs");
        await owner.Open($"/a/corner-barber/schedules/{id}/hours");
        Assert.Equal("Open Mon–Sat 9–18", owner.Text(".said"));

        await owner.Send("#hours", ("d1-from", "08:00"), ("d1-from", "14:00"), ("d1-to", "12:00"), ("d1-to", "17:30"), ("do", "copy-1-days"));
        Assert.Equal("Open Mon–Sat 9–18", owner.Text(".said"));
        await owner.Send("#hours", ("do", "save"));

        Assert.Equal("Open Mon–Fri 8–12 and 14–17:30, Sat 9–18", owner.Text(".said"));
        Assert.Equal("Saved.", owner.Text(".notice.good"));
        var definition = await (await product.Schedule("corner-barber", "Chairs")).Definition();
        Assert.Equal(11, definition!.OpeningHours.Spans.Count);
    }

    [Fact]
    public async Task A_try_without_saving_shows_the_free_times_and_stores_nothing()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "corner-barber");
        var (_, id) = await product.Find("corner-barber", "Chairs");
        await owner.Open($"/a/corner-barber/schedules/{id}/hours");

        await owner.Send("#hours", ("d1-from", "10:00"), ("d1-to", "11:00"), ("do", "preview"));

        Assert.Equal(["10:00", "10:30"], owner.Page.QuerySelectorAll(".preview > li:first-child ul li").Select(time => time.TextContent.Trim()));
        Assert.Equal("10:00", owner.Page.QuerySelector("[name=d1-from]")!.GetAttribute("value"));
        Assert.Equal(new LocalTime(9, 0), (await (await product.Schedule("corner-barber", "Chairs")).Definition())!.OpeningHours.Spans[0].Span.From);
    }

    [Fact]
    public async Task Of_two_tabs_the_second_is_told_what_is_stored_and_keeps_what_was_typed()
    {
        await using var product = await Product.Start();
        var (first, second) = (await Owner.Of(product, "corner-barber"), await Owner.Of(product, "corner-barber"));
        var (_, id) = await product.Find("corner-barber", "Chairs");
        foreach (var tab in new[] { first, second })
        {
            await tab.Open($"/a/corner-barber/schedules/{id}/hours");
        }

        var other = await Owner.Of(product, "corner-barber");
        await other.Open($"/a/corner-barber/schedules/{id}/texts");
        await other.Send("main form.card", ("description", "Coupe · barbe"));
        await first.Send("#hours", ("d6-from", ""), ("d6-to", ""), ("do", "save"));
        Assert.Equal("Open Mon–Fri 9–18", first.Text(".said"));

        await second.Send("#hours", ("d1-from", "07:00"), ("do", "save"));

        Assert.Contains("changed meanwhile", second.Text(".notice.bad"), StringComparison.Ordinal);
        Assert.Contains("Stored now: Open Mon–Fri 9–18", second.Text(".notice.bad"), StringComparison.Ordinal);
        Assert.Equal("07:00", second.Page.QuerySelector("[name=d1-from]")!.GetAttribute("value"));
        await second.Send("#hours", ("do", "save"));
        Assert.StartsWith("Open Mon 7–18, Tue–Sat 9–18", second.Text(".said"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("d2-from", "25:99")]
    [InlineData("d2-from", "")]
    [InlineData("d2-to", "09:00")]
    [InlineData("d2-to", "<script>")]
    public async Task Hours_that_are_none_stand_marked_and_nothing_is_stored(string field, string typed)
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "corner-barber");
        var (_, id) = await product.Find("corner-barber", "Chairs");
        await owner.Open($"/a/corner-barber/schedules/{id}/hours");

        await owner.Send("#hours", (field, typed), ("d1-from", "06:00"), ("do", "save"));

        Assert.Equal(HttpStatusCode.OK, owner.Status);
        Assert.Single(owner.Page.QuerySelectorAll(".hours-day[data-day='2'] .error"));
        Assert.Equal(typed, owner.Page.QuerySelector($"[name={field}]")!.GetAttribute("value"));
        Assert.Equal("06:00", owner.Page.QuerySelector("[name=d1-from]")!.GetAttribute("value"));
        Assert.Equal(1, (await (await product.Schedule("corner-barber", "Chairs")).Definition())!.Edition);
    }

    [Fact]
    public async Task A_resource_with_appointments_stays_and_the_page_says_how_many()
    {
        await using var product = await Product.Start();
        var schedule = await product.Schedule("corner-barber", "Chairs");
        var definition = await schedule.Definition();
        var chair = definition!.Resources[0];
        var booked = await schedule.Book(new BookAppointment
        {
            Start = Moment.At(Product.Morning + Duration.FromDays(400)),
            End = Moment.At(Product.Morning + Duration.FromDays(400) + Duration.FromMinutes(30)),
            ResourceId = chair.Id,
            Customer = new CustomerDetails { Name = "Ada" },
            Language = "en",
            Actor = Actor.Staff(1, "owner@corner-barber.example"),
        });
        Assert.True(booked.Accepted);
        var owner = await Owner.Of(product, "corner-barber");
        var (_, id) = await product.Find("corner-barber", "Chairs");
        await owner.Open($"/a/corner-barber/schedules/{id}/resources");

        await owner.Send("main form.card", ("do", "remove-0"));
        await owner.Send("main form.card", ("resource-name", "Chair B"), ("do", "save"));

        Assert.Contains("Chair 1 still has", owner.Text(".notice.bad"), StringComparison.Ordinal);
        Assert.Equal(["Chair B", "Chair 1"], owner.Page.QuerySelectorAll("[name=resource-name]").Select(field => field.GetAttribute("value")));
        await owner.Send("main form.card", ("do", "add"));
        await owner.Send("main form.card", ("resource-name", "Chair B"), ("resource-name", "Chair 1"), ("resource-name", "Chair C"), ("do", "save"));
        Assert.Equal(["Chair B", "Chair 1", "Chair C"], (await schedule.Definition())!.Resources.Select(resource => resource.Name));
        Assert.Equal([definition.Resources[1].Id, chair.Id], (await schedule.Definition())!.Resources.Take(2).Select(resource => resource.Id));
    }

    [Fact]
    public async Task Closed_days_and_special_hours_come_and_go()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "corner-barber", "fr");
        var (_, id) = await product.Find("corner-barber", "Chairs");
        await owner.Open($"/a/corner-barber/schedules/{id}/days");

        await owner.Send("#day", ("from", "2027-12-24"), ("to", "2027-12-26"), ("open", "no"), ("note", "Noël"));
        await owner.Send("#day", ("from", "2027-12-31"), ("open", "yes"), ("span-from", "09:00"), ("span-to", "12:00"));
        Assert.Equal("Ouvert lun–sam 9\u00a0h–18\u00a0h\u202f; fermé le 24–26 décembre\u202f; 31 décembre 9\u00a0h–12\u00a0h", owner.Text(".said"));
        await owner.Send("#day", ("from", "2027-12-31"), ("to", "2027-12-30"), ("open", "yes"));

        Assert.Equal(2, owner.Page.QuerySelectorAll("#day .error").Length);
        await owner.Send(".entries form");
        Assert.Equal("Ouvert lun–sam 9\u00a0h–18\u00a0h\u202f; 31 décembre 9\u00a0h–12\u00a0h", owner.Text(".said"));
    }

    [Fact]
    public async Task Hours_saved_over_what_is_booked_say_how_many_lie_outside_and_where_the_first_is()
    {
        await using var product = await Product.Start();
        var schedule = await product.Schedule("corner-barber", "Chairs");
        var (_, id) = await product.Find("corner-barber", "Chairs");
        var (thursday, friday) = (Product.Morning + Duration.FromDays(2), Product.Morning + Duration.FromDays(3));
        await Book(thursday);
        await Book(friday);
        await Book(friday + Duration.FromDays(7));
        await Book(friday + Duration.FromHours(3));
        await Book(friday + Duration.FromHours(11));
        var cancelled = await Book(friday + Duration.FromMinutes(30));
        Assert.True((await schedule.Cancel(new CancelAppointment { AppointmentId = cancelled.Id, Actor = Staff })).Accepted);
        var kept = await schedule.Block(new BlockTime { Start = Moment.At(friday + Duration.FromHours(1)), End = Moment.At(friday + Duration.FromHours(2)), ResourceId = cancelled.ResourceId, Actor = Staff });
        Assert.True(kept.Accepted);
        var owner = await Owner.Of(product, "corner-barber");

        await owner.Open($"/a/corner-barber/schedules/{id}/days");
        await owner.Send("#day", ("from", "2027-01-13"), ("open", "no"));
        Assert.Equal("Saved.", owner.Text(".notice.good"));
        Assert.Empty(owner.Page.QuerySelectorAll(".notice.warn"));

        await owner.Send("#day", ("from", "2027-01-14"), ("open", "no"));
        Assert.Equal("1 appointment now lies outside the opening hours. It stays booked, and the customer is not told.", owner.Text(".notice.warn strong"));
        Assert.Equal("See it in the calendar: 14 January", owner.Text(".notice.warn a"));

        // What was closed by the day before, and what never lay within the hours, is not counted again.
        await owner.Open($"/a/corner-barber/schedules/{id}/hours");
        await owner.Send("#hours", ("d4-from", "10:00"), ("d5-from", "10:00"), ("do", "save"));
        Assert.Equal("2 appointments now lie outside the opening hours. They stay booked, and the customers are not told.", owner.Text(".notice.warn strong"));
        await owner.Follow(".notice.warn a");

        Assert.Equal("/a/corner-barber/calendar", owner.Address.AbsolutePath);
        Assert.Contains("Ada", owner.Text("main"), StringComparison.Ordinal);
        Assert.Contains("day=2027-01-15", owner.Address.Query, StringComparison.Ordinal);

        async Task<Appointment> Book(Instant start)
        {
            var booked = await schedule.Book(new BookAppointment
            {
                Start = Moment.At(start),
                End = Moment.At(start + Duration.FromMinutes(30)),
                Customer = new CustomerDetails { Name = "Ada" },
                Language = "en",
                Actor = Staff,
            });
            return booked.Value!.Appointment;
        }
    }

    [Fact]
    public async Task A_reminder_is_set_to_other_hours_and_left_out()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "corner-barber", "nl");
        var (schedule, id) = (await product.Schedule("corner-barber", "Chairs"), (await product.Find("corner-barber", "Chairs")).Item2);
        await owner.Open($"/a/corner-barber/schedules/{id}/booking");
        Assert.Equal("24", owner.Page.QuerySelector("[name=Remind]")!.GetAttribute("value"));

        await owner.Send("main form.sections", ("Remind", "48"), ("do", "save"));
        Assert.Equal(48, (await schedule.Definition())!.ReminderHours);
        await owner.Send("main form.sections", ("Remind", " "), ("do", "save"));

        Assert.Null((await schedule.Definition())!.ReminderHours);
    }

    [Theory]
    [InlineData("Fixed", "4")]
    [InlineData("Step", "1,5")]
    [InlineData("Horizon", "99999999999999")]
    [InlineData("Notice", "-1")]
    [InlineData("PerDay", "0")]
    [InlineData("Remind", "0")]
    [InlineData("Remind", "169")]
    public async Task A_condition_out_of_range_stands_at_its_field(string field, string typed)
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "harbour-yoga");
        var (_, id) = await product.Find("harbour-yoga", "Private lessons");
        await owner.Open($"/a/harbour-yoga/schedules/{id}/booking");

        await owner.Send("main form.sections", (field, typed), ("After", "20"), ("do", "save"));

        Assert.Single(owner.Page.QuerySelectorAll($"#field-{field}-error"));
        Assert.Equal((typed, "20"), (owner.Page.QuerySelector($"[name={field}]")!.GetAttribute("value"), owner.Page.QuerySelector("[name=After]")!.GetAttribute("value")));
    }

    [Fact]
    public async Task Conditions_are_saved_said_and_asked_of_customers()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "harbour-yoga");
        var (_, id) = await product.Find("harbour-yoga", "Private lessons");
        await owner.Open($"/a/harbour-yoga/schedules/{id}/booking");

        await owner.Send(
            "main form.sections", ("Kind", "variable"), ("Shortest", "30"), ("Longest", "90"), ("Increment", "30"), ("Usual", "60"), ("Step", "15"), ("After", "0"), ("PerDay", "1"),
            ("Upcoming", "3"), ("MoveUntil", ""), ("CancelUntil", "0"), ("AskPhone", "Required"), ("AskNote", "Hidden"), ("do", "save"));

        Assert.Equal(
            "Customers choose between 30 min and 1 h 30 min in steps of 30 min; there is a start every 15 min. Customers book up to 90 days ahead, at least 2 h before. "
            + "One customer may hold at most 1 a day and 3 upcoming. Only you can move it. They can cancel it until it begins.",
            owner.Text(".said"));
        var definition = await (await product.Schedule("harbour-yoga", "Private lessons")).Definition();
        Assert.Equal((FieldUse.Required, FieldUse.Hidden, null), (definition!.Fields.Phone, definition.Fields.Note, definition.ChangeDeadlineMinutes));
    }

    [Fact, Trait("Requirement", "65")]
    public async Task The_overview_shows_the_address_and_its_code()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "harbour-yoga");
        var (_, id) = await product.Find("harbour-yoga", "Private lessons");

        await owner.Open($"/a/harbour-yoga/schedules/{id}");

        Assert.EndsWith("/schedule/harbour-yoga/Private_lessons", owner.Page.QuerySelector("#schedule-address")!.GetAttribute("value"), StringComparison.Ordinal);
        Assert.Contains("15 min stay free afterwards", owner.Text(".sentences"), StringComparison.Ordinal);
        var picture = await owner.Ask(HttpMethod.Get, new Uri(owner.Address, owner.Page.QuerySelector("img.code")!.GetAttribute("src")!));
        Assert.Equal("image/svg+xml", picture.Content.Headers.ContentType!.MediaType);
        Assert.DoesNotContain("style", await picture.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var png = await owner.Ask(HttpMethod.Get, new Uri(owner.Address, $"/a/harbour-yoga/schedules/{id}/code.png"));
        Assert.Equal([0x89, 0x50, 0x4e, 0x47], (await png.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken))[..4]);
    }

    [Fact]
    public async Task Another_accounts_schedule_is_not_there()
    {
        await using var product = await Product.Start();
        var owner = await Owner.Of(product, "corner-barber");
        var (_, foreign) = await product.Find("harbour-yoga", "Private lessons");

        foreach (var page in new[] { "", "/hours", "/days", "/resources", "/booking", "/texts", "/calendars", "/code.svg" })
        {
            await owner.Open($"/a/corner-barber/schedules/{foreign}{page}");
            Assert.Equal((page, HttpStatusCode.NotFound), (page, owner.Status));
        }
    }
}
