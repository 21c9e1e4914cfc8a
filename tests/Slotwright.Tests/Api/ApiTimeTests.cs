using NodaTime;

namespace Slotwright.Api;

public sealed class ApiTimeTests
{
    [Theory]
    [InlineData("2026-03-09", "2026-03-09T00:00:00")]
    [InlineData("2026-03-09 14:30", "2026-03-09T14:30:00")]
    [InlineData("2026-03-09 14:30:05", "2026-03-09T14:30:05")]
    [InlineData("2026-03-09T14:30:05", "2026-03-09T14:30:05")]
    [InlineData("2026-03-09+14:30", "2026-03-09T14:30:00")]
    [InlineData("2026-3-9 4:5", "2026-03-09T04:05:00")]
    [InlineData("2026-3-9 4:5:6", "2026-03-09T04:05:06")]
    [InlineData("2026-03-09 14.30.05", "2026-03-09T14:30:05")]
    [InlineData("  2026-03-09 14:30 ", "2026-03-09T14:30:00")]
    [InlineData("2026-03-09T14:30:05.123", "2026-03-09T14:30:05")]
    public void Parse_reads_a_wall_clock_in_every_spelling_of_the_clients(string text, string expected)
    {
        Assert.Null(ApiTime.Parse(text, ApiField.Start, out var time));

        Assert.Null(time.Offset);
        Assert.Equal(expected, time.Local.ToString("uuuu-MM-dd'T'HH:mm:ss", null));
    }

    [Theory]
    [InlineData("2026-03-09T13:30:00.000Z", "2026-03-09T13:30:00Z")]
    [InlineData("2026-03-09T13:30:00z", "2026-03-09T13:30:00Z")]
    [InlineData("2026-03-09 13:30:00 UTC", "2026-03-09T13:30:00Z")]
    [InlineData("2026-03-09 14:30:00 +0100", "2026-03-09T13:30:00Z")]
    [InlineData("2026-03-09T14:30:00+01:00", "2026-03-09T13:30:00Z")]
    [InlineData("2026-03-09T14:30:00 01:00", "2026-03-09T13:30:00Z")]
    [InlineData("2026-03-09T08:30-05", "2026-03-09T13:30:00Z")]
    public void Parse_takes_an_offset_as_an_instant(string text, string expected)
    {
        Assert.Null(ApiTime.Parse(text, ApiField.Start, out var time));

        Assert.Equal(expected, ApiFormat.Utc(time.ToMoment().Instant!.Value));
    }

    [Theory]
    [InlineData("tomorrow")]
    [InlineData("09-03-2026")]
    [InlineData("2026-03")]
    [InlineData("2026-03-09 14")]
    [InlineData("2026-03-09 14:")]
    [InlineData("2026-03-09 14:30:")]
    [InlineData("2026-03-09 14:30:00+99")]
    [InlineData("2026-03-09 14:30:00 +01:00 x")]
    [InlineData("2026-03-09 14:30:00 CET")]
    [InlineData("٢٠٢٦-03-09")]
    public void Parse_calls_other_texts_malformed(string text) =>
        Assert.Equal(400, ApiTime.Parse(text, ApiField.Start, out _)?.Status);

    [Theory, Trait("Fault", "26")]
    [InlineData("2026-02-29 10:00")]
    [InlineData("2026-04-31 10:00")]
    [InlineData("2026-13-01 10:00")]
    [InlineData("2026-00-10 10:00")]
    [InlineData("2026-03-09 24:00")]
    [InlineData("2026-03-09 10:60")]
    [InlineData("9999-12-31 23:59:59")]
    [InlineData("0001-01-01 00:00")]
    [InlineData("0000-01-01 00:00")]
    public void Parse_refuses_days_and_hours_that_do_not_exist(string text) =>
        Assert.Equal(422, ApiTime.Parse(text, ApiField.Start, out _)?.Status);

    [Theory, Trait("Fault", "26")]
    [InlineData("2028-02-29 10:00")]
    [InlineData("2026-12-31 23:59:59")]
    [InlineData("2999-12-31 23:59:59 -1800")]
    [InlineData("1900-01-01 00:00:00 +1800")]
    public void Parse_takes_leap_days_and_the_calendar_s_ends(string text) => Assert.Null(ApiTime.Parse(text, ApiField.Start, out _));

    [Fact]
    public void ToInstant_shifts_a_skipped_wall_time_forward_and_takes_the_first_of_a_repeated_one()
    {
        var berlin = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        ApiTime.Parse("2027-03-28 02:30", ApiField.From, out var skipped);
        ApiTime.Parse("2027-10-31 02:30", ApiField.From, out var repeated);

        Assert.Equal(Instant.FromUtc(2027, 3, 28, 1, 30), skipped.ToInstant(berlin));
        Assert.Equal(Instant.FromUtc(2027, 10, 31, 0, 30), repeated.ToInstant(berlin));
    }
}
