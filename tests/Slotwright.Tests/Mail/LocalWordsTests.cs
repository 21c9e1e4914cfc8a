using NodaTime;

namespace Slotwright.Mail;

public sealed class LocalWordsTests
{
    [Theory]
    [InlineData("en", "Thursday 10 December 2026, 14:30 (Paris time)")]
    [InlineData("fr", "jeudi 10 décembre 2026 à 14 h 30 (heure de Paris)")]
    [InlineData("nl", "donderdag 10 december 2026 om 14:30 uur (tijd in Parijs)")]
    public void Moment_is_written_as_people_write_it(string language, string words) => Assert.Equal(
        words, LocalWords.Moment(Instant.FromUtc(2026, 12, 10, 13, 30), "Europe/Paris", language).Replace('\u00A0', ' '));

    [Theory]
    [InlineData("en", "Friday 1 January, 09:05")]
    [InlineData("fr", "vendredi 1er janvier à 9 h 05")]
    [InlineData("nl", "vrijdag 1 januari om 09:05 uur")]
    public void Short_moment_leaves_out_year_and_zone(string language, string words) => Assert.Equal(
        words, LocalWords.ShortMoment(Instant.FromUtc(2027, 1, 1, 8, 5), "Europe/Paris", language).Replace('\u00A0', ' '));

    [Theory, Trait("Fault", "23")]
    [InlineData(0, "Sunday 25 October 2026, 02:30 (Berlin time, UTC+02)")]
    [InlineData(1, "Sunday 25 October 2026, 02:30 (Berlin time, UTC+01)")]
    public void Hour_that_comes_twice_says_which_one(int hoursLater, string words) => Assert.Equal(
        words, LocalWords.Moment(Instant.FromUtc(2026, 10, 25, hoursLater, 30), "Europe/Berlin", "en"));

    [Theory]
    [InlineData("America/New_York", "New York time", "heure de New York", "tijd in New York")]
    [InlineData("Europe/Amsterdam", "Amsterdam time", "heure d’Amsterdam", "tijd in Amsterdam")]
    [InlineData("Europe/London", "London time", "heure de Londres", "tijd in Londen")]
    [InlineData("Africa/Cairo", "Cairo time", "heure du Caire", "tijd in Caïro")]
    [InlineData("America/Argentina/Buenos_Aires", "Buenos Aires time", "heure de Buenos Aires", "tijd in Buenos Aires")]
    [InlineData("Atlantic/Canary", "Canary time", "heure des Canaries", "tijd op de Canarische Eilanden")]
    [InlineData("UTC", "UTC", "UTC", "UTC")]
    [InlineData("Etc/UTC", "UTC", "UTC", "UTC")]
    public void Zone_is_called_by_its_city(string zone, string english, string french, string dutch) =>
        Assert.Equal((english, french, dutch), (ZoneNames.InWords(zone, "en"), ZoneNames.InWords(zone, "fr"), ZoneNames.InWords(zone, "nl")));

    [Fact]
    public void Every_zone_there_is_has_words_in_every_language()
    {
        foreach (var zone in DateTimeZoneProviders.Tzdb.Ids)
        {
            foreach (var language in new[] { "en", "fr", "nl" })
            {
                Assert.NotEqual("", ZoneNames.InWords(zone, language).Trim());
            }
        }
    }

    [Theory]
    [InlineData(30, "30 minutes", "30 minutes", "30 minuten")]
    [InlineData(60, "1 hour", "1 heure", "1 uur")]
    [InlineData(90, "1 hour 30 minutes", "1 h 30", "1 uur en 30 minuten")]
    [InlineData(120, "2 hours", "2 heures", "2 uur")]
    [InlineData(125, "2 hours 5 minutes", "2 h 05", "2 uur en 5 minuten")]
    public void Length_is_said_in_hours_and_minutes(int minutes, string english, string french, string dutch)
    {
        var length = Duration.FromMinutes(minutes);

        Assert.Equal((english, french, dutch), (
            LocalWords.Length(length, "en"), LocalWords.Length(length, "fr").Replace('\u00A0', ' '), LocalWords.Length(length, "nl")));
    }
}
