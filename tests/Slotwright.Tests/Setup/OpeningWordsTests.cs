using System.Globalization;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using NodaTime;
using Slotwright.Localisation;
using Slotwright.Schedules;

namespace Slotwright.Setup;

public sealed class OpeningWordsTests
{
    private static readonly LocalDate Today = new(2026, 11, 24);

    private static readonly OpeningWords Words = new(new StringLocalizer<Localisation.Setup>(
        new ResourceManagerStringLocalizerFactory(Options.Create(new LocalizationOptions { ResourcesPath = "Resources" }), NullLoggerFactory.Instance)));

    /// <summary>Weeks are "1-6 9-18; 7 10-12 14-16"; exceptions "2026-12-25", "2026-12-24..2027-01-02", "2026-12-31 9-12".</summary>
    [Theory]
    [InlineData("1-6 9-18", "2026-12-25", "Open Mon–Sat 9–18; closed 25 December")]
    [InlineData("", "", "Closed all week")]
    [InlineData("1-7 0-0", "", "Open every day all day")]
    [InlineData("1-5 9-12 14-18", "", "Open Mon–Fri 9–12 and 14–18")]
    [InlineData("1-5 9-12 12-18", "", "Open Mon–Fri 9–18")]
    [InlineData("1-5 9-13 12-18 17-17:30", "", "Open Mon–Fri 9–18")]
    [InlineData("1-5 9-18;6 10:30-16", "", "Open Mon–Fri 9–18, Sat 10:30–16")]
    [InlineData("1 9-12;3 9-12;5 9-12", "", "Open Mon, Wed and Fri 9–12")]
    [InlineData("1 9-12;2 9-12", "", "Open Mon and Tue 9–12")]
    [InlineData("1-3 9-12;5-7 9-12", "", "Open Mon–Wed and Fri–Sun 9–12")]
    [InlineData("5 22-2;6 22-0", "", "Open Fri 22–2, Sat 22–24")]
    [InlineData("1-5 7-9 11-13 15-17", "", "Open Mon–Fri 7–9, 11–13 and 15–17")]
    [InlineData("1-5 9-18", "2026-12-24..2027-01-02", "Open Mon–Fri 9–18; closed 24 December – 2 January 2027")]
    [InlineData("1-5 9-18", "2026-12-24..2026-12-28", "Open Mon–Fri 9–18; closed 24–28 December")]
    [InlineData("1-5 9-18", "2027-12-24..2028-01-02", "Open Mon–Fri 9–18; closed 24 December 2027 – 2 January 2028")]
    [InlineData("1-5 9-18", "2027-03-01..2027-04-02", "Open Mon–Fri 9–18; closed 1 March – 2 April 2027")]
    [InlineData("1-5 9-18", "2026-12-24,2026-12-25,2026-12-26", "Open Mon–Fri 9–18; closed 24–26 December")]
    [InlineData("1-5 9-18", "2027-01-01,2026-12-25", "Open Mon–Fri 9–18; closed 25 December and 1 January 2027")]
    [InlineData("1-5 9-18", "2026-11-23,2026-11-20..2026-11-25", "Open Mon–Fri 9–18; closed 24–25 November")]
    [InlineData("1-5 9-18", "2026-11-20..2026-11-23", "Open Mon–Fri 9–18")]
    [InlineData("1-5 9-18", "2026-12-24..2026-12-31,2026-12-28 10-12", "Open Mon–Fri 9–18; closed 24–27 December and 29–31 December; 28 December 10–12")]
    [InlineData("1-5 9-18", "2026-12-28 10-12,2026-12-24..2026-12-31", "Open Mon–Fri 9–18; closed 24–31 December")]
    [InlineData("", "2026-12-12 9-12 13-17", "Closed all week; 12 December 9–12 and 13–17")]
    public void A_week_and_its_exceptions_are_said_in_a_sentence(string week, string exceptions, string sentence) =>
        Assert.Equal(sentence, Say("en", week, exceptions));

    [Theory]
    [InlineData("fr", "1-6 9-18", "2026-12-25", "Ouvert lun–sam 9\u00a0h–18\u00a0h\u202f; fermé le 25 décembre")]
    [InlineData("fr", "1-5 9-12 14-17:30", "2027-01-01", "Ouvert lun–ven 9\u00a0h–12\u00a0h et 14\u00a0h–17\u00a0h\u00a030\u202f; fermé le 1er janvier 2027")]
    [InlineData("nl", "1-6 9-18", "2026-12-25", "Open ma–za 9–18 uur; gesloten op 25 december")]
    [InlineData("nl", "1-7 0-0", "", "Open elke dag de hele dag")]
    public void It_is_said_in_each_language(string language, string week, string exceptions, string sentence) =>
        Assert.Equal(sentence, Say(language, week, exceptions));

    [Fact]
    public void A_long_list_of_closed_days_is_cut_and_says_so()
    {
        var days = string.Join(',', Enumerable.Range(1, 9).Select(month => $"2027-0{month}-15"));

        Assert.EndsWith("15 June 2027 and 3 more", Say("en", "1-5 9-18", days), StringComparison.Ordinal);
    }

    [Fact]
    public void A_resource_tells_what_it_has_of_its_own()
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        var own = new Resource { Id = 7, Name = "Anna", OpeningHours = Week("1-3 10-14") };
        var definition = Definition("1-5 9-18", "2026-12-25") with
        {
            Resources = [own, new Resource { Id = 8, Name = "Ben" }],
            Exceptions = [new SpecialHours { From = Today, To = Today, ResourceId = 8 }, .. Exceptions("2026-12-25")],
        };

        Assert.Equal("Open Mon–Fri 9–18; closed 25 December", Words.Of(definition, Today));
        Assert.Equal("Open Mon–Wed 10–14", Words.Of(own, definition, Today));
        Assert.Equal("closed 24 November", Words.Of(definition.Resources[1], definition, Today));
        Assert.Null(Words.Of(new Resource { Id = 9, Name = "Cem" }, definition, Today));
    }

    private static string Say(string language, string week, string exceptions)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(language);
        return Words.Of(Definition(week, exceptions), Today);
    }

    private static ScheduleDefinition Definition(string week, string exceptions) => new()
    {
        Name = "Chairs",
        TimeZone = "Europe/Paris",
        Resources = [new Resource { Id = 1, Name = "Chair" }],
        OpeningHours = Week(week),
        Exceptions = [.. Exceptions(exceptions)],
        Length = AppointmentLength.Fixed(30),
        StepMinutes = 30,
    };

    private static WeeklyHours Week(string text) => new()
    {
        Spans = [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries).SelectMany(part =>
        {
            var words = part.Split(' ');
            var days = words[0].Split('-').Select(day => int.Parse(day, CultureInfo.InvariantCulture)).ToArray();
            return from day in Enumerable.Range(days[0], days[^1] - days[0] + 1) from span in Spans(words[1..]) select new WeeklySpan((IsoDayOfWeek)day, span);
        })],
    };

    private static IEnumerable<SpecialHours> Exceptions(string text) => text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(part =>
    {
        var words = part.Split(' ');
        var dates = words[0].Split("..").Select(date => NodaTime.Text.LocalDatePattern.Iso.Parse(date).Value).ToArray();
        return new SpecialHours { From = dates[0], To = dates[^1], Spans = [.. Spans(words[1..])] };
    });

    private static IEnumerable<OpeningSpan> Spans(string[] words) => words.Select(word => word.Split('-').Select(Time).ToArray()).Select(times => new OpeningSpan(times[0], times[1]));

    private static LocalTime Time(string text) => text.Split(':').Select(part => int.Parse(part, CultureInfo.InvariantCulture)).ToArray() is var parts
        ? new LocalTime(parts[0], parts.ElementAtOrDefault(1))
        : default;
}
