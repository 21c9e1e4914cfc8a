using System.Net;
using System.Text.Json;

namespace Slotwright.BackOffice;

/// <summary>What moves in the calendar or by the form, and what is asked before.</summary>
public sealed partial class DayPagesTests
{
    [Fact]
    public async Task The_calendar_lists_what_its_script_draws_and_moves_only_what_was_seen()
    {
        var id = await Book("Ida", "10:00");
        await Book("Noor", "11:00");
        await owner.Open($"{Office}/calendar?day={Wednesday}&view=day");
        Assert.Contains("10:00 – 10:30", owner.Text(".lines-of-day"), StringComparison.Ordinal);
        var token = owner.Page.QuerySelector("#gesture input")!;
        var form = KeyValuePair.Create(token.GetAttribute("name")!, token.GetAttribute("value")!);

        var sheet = await Json($"{Office}/calendar/sheet?day={Wednesday}&view=day");
        var entry = sheet.GetProperty("entries")[0];
        Assert.Equal((id, "2027-01-13T10:00:00", 3600), (entry.GetProperty("id").GetInt32(), entry.GetProperty("start").GetString(), entry.GetProperty("offset").GetInt32()));
        Assert.Equal((8, 19), (sheet.GetProperty("fromHour").GetInt32(), sheet.GetProperty("toHour").GetInt32()));

        // Without the page's token nothing is moved.
        await owner.Post($"{Office}/calendar/move", Gesture(id, 1, "14:00", "14:30"));
        Assert.Equal(HttpStatusCode.BadRequest, owner.Status);

        var moved = await Move(form, Gesture(id, 1, "14:00", "14:30"));
        Assert.Equal("Moved to Wednesday 13 January, 14:00 – 14:30, Chair 1.", moved.GetProperty("says").GetString());
        var stale = await Move(form, Gesture(id, 1, "15:00", "15:30"));
        Assert.Equal(JsonValueKind.Null, stale.GetProperty("entry").ValueKind);
        var taken = await Move(form, Gesture(id, 2, "11:00", "11:30"));
        Assert.True(taken.GetProperty("asksOverlap").GetBoolean());
        var over = await Move(form, [.. Gesture(id, 2, "11:00", "11:30"), new("overlap", "true")]);
        Assert.True(over.GetProperty("entry").GetProperty("overlaps").GetBoolean());
        var undone = await Move(form, [.. Gesture(id, 3, "14:00", "14:30"), new("isUndo", "true")]);
        Assert.Equal("Back at Wednesday 13 January, 14:00 – 14:30, Chair 1.", undone.GetProperty("says").GetString());
    }

    [Fact]
    public async Task A_gesture_asks_before_it_goes_into_the_past_outside_the_hours_or_over_another_one()
    {
        var id = await Book("Ida", "10:00");
        await Book("Noor", "11:00");
        var form = await Token();

        var past = await Move(form, Gesture(id, 1, "10:00", "10:30", "2027-01-11"));
        Assert.Equal(("This time has passed", "The customer is not told. Move it all the same?", true), Asked(past));
        var begun = await Move(form, Gesture(id, 1, "08:45", "09:15", "2027-01-12"));
        Assert.Equal(("This time has begun already", "Its start lies in the past. Move it all the same?", true), Asked(begun));
        var sunday = await Move(form, Gesture(id, 1, "10:00", "10:30", "2027-01-17"));
        Assert.Equal(("Closed then", "This lies outside the opening hours. Move it all the same?", true), Asked(sunday));
        var late = await Move(form, Gesture(id, 1, "17:45", "18:15"));
        Assert.Equal("Closed then", Asked(late).Says);
        var taken = await Move(form, Gesture(id, 1, "11:00", "11:30"));
        Assert.Equal(("This time is taken", "11:00 – 11:30 with Noor is booked on Chair 1. Do you want to place it over the other one all the same?", false), Asked(taken));

        var meant = await Move(form, [.. Gesture(id, 1, "10:00", "10:30", "2027-01-11"), new("anyway", "true")]);
        Assert.Equal("Moved to Monday 11 January, 10:00 – 10:30, Chair 1.", meant.GetProperty("says").GetString());
        var undone = await Move(form, [.. Gesture(id, 2, "10:00", "10:30"), new("isUndo", "true")]);
        Assert.Equal("Back at Wednesday 13 January, 10:00 – 10:30, Chair 1.", undone.GetProperty("says").GetString());
    }

    [Fact]
    public async Task A_form_asks_before_it_moves_into_the_past_and_names_what_is_in_the_way()
    {
        var id = await Book("Ida", "10:00");
        await Book("Noor", "11:00");
        await owner.Open($"{Office}/appointment/{id}/time");

        await owner.Submit("form.fields", new Dictionary<string, string> { ["Time"] = "11:00" });
        Assert.Contains("11:00 – 11:30 with Noor is booked on Chair 1.", owner.Text("[role=alert]"), StringComparison.Ordinal);
        var yesterday = new Dictionary<string, string> { ["Day"] = "2027-01-11", ["Time"] = "10:00" };
        await owner.Submit("form.fields", yesterday);
        Assert.Contains("This time has passed: the customer is not told.", owner.Text("[role=alert]"), StringComparison.Ordinal);
        await owner.Submit("form.fields", new Dictionary<string, string>(yesterday) { ["Anyway"] = "true" });

        Assert.Contains("Monday 11 January, 10:00 – 10:30", owner.Text(".sub"), StringComparison.Ordinal);
        await owner.Submit("form.undo");
        Assert.Contains("Wednesday 13 January, 10:00 – 10:30", owner.Text(".sub"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_only_ends_at_another_time_is_said_to_be_longer_or_shorter()
    {
        var id = await Book("Ida", "10:00");
        var form = await Token();

        var longer = await Move(form, Gesture(id, 1, "10:00", "11:15"));
        var shorter = await Move(form, Gesture(id, 2, "10:00", "10:45"));

        Assert.Equal(("Lengthened to 11:15.", "Shortened to 10:45."), (longer.GetProperty("says").GetString(), shorter.GetProperty("says").GetString()));
    }
}
