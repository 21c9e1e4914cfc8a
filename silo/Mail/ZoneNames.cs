using System.Globalization;
using System.Text;

namespace Slotwright.Mail;

/// <summary>A zone as its people call it: by the city of its id, in the reader's language where that has a word of its own.</summary>
internal static class ZoneNames
{
    private static readonly Dictionary<string, string> French = new(StringComparer.Ordinal)
    {
        ["London"] = "Londres",
        ["Lisbon"] = "Lisbonne",
        ["Brussels"] = "Bruxelles",
        ["Copenhagen"] = "Copenhague",
        ["Vienna"] = "Vienne",
        ["Warsaw"] = "Varsovie",
        ["Athens"] = "Athènes",
        ["Rome"] = "Rome",
        ["Moscow"] = "Moscou",
        ["Bucharest"] = "Bucarest",
        ["Algiers"] = "Alger",
        ["Tunis"] = "Tunis",
        ["Zurich"] = "Zurich",
        ["Montreal"] = "Montréal",
        ["Reunion"] = "La Réunion",
        ["Cairo"] = "Le Caire",
        ["Havana"] = "La Havane",
        ["Mexico City"] = "Mexico",
        ["Sao Paulo"] = "São Paulo",
        ["Noumea"] = "Nouméa",
        ["Dubai"] = "Dubaï",
        ["Singapore"] = "Singapour",
        ["Seoul"] = "Séoul",
        ["Prague"] = "Prague",
        ["Belgrade"] = "Belgrade",
        ["Kyiv"] = "Kyiv",
        ["Geneva"] = "Genève",
        ["Canary"] = "Les Canaries",
        ["Guadeloupe"] = "La Guadeloupe",
        ["Martinique"] = "La Martinique",
        ["Beirut"] = "Beyrouth",
        ["Jerusalem"] = "Jérusalem",
        ["Luxembourg"] = "Luxembourg",
    };

    private static readonly Dictionary<string, string> Dutch = new(StringComparer.Ordinal)
    {
        ["Paris"] = "Parijs",
        ["London"] = "Londen",
        ["Brussels"] = "Brussel",
        ["Berlin"] = "Berlijn",
        ["Lisbon"] = "Lissabon",
        ["Copenhagen"] = "Kopenhagen",
        ["Vienna"] = "Wenen",
        ["Warsaw"] = "Warschau",
        ["Athens"] = "Athene",
        ["Moscow"] = "Moskou",
        ["Prague"] = "Praag",
        ["Budapest"] = "Boedapest",
        ["Bucharest"] = "Boekarest",
        ["Belgrade"] = "Belgrado",
        ["Luxembourg"] = "Luxemburg",
        ["Kyiv"] = "Kyiv",
        ["Curacao"] = "Curaçao",
        ["Cairo"] = "Caïro",
        ["Casablanca"] = "Casablanca",
        ["Mexico City"] = "Mexico-Stad",
        ["Canary"] = "de Canarische Eilanden",
        ["Jerusalem"] = "Jeruzalem",
        ["Beirut"] = "Beiroet",
        ["Dublin"] = "Dublin",
    };

    /// <summary>"Paris time", "heure de Paris", "tijd in Parijs"; for zones without a place "UTC" or their id.</summary>
    public static string InWords(string zoneId, string language)
    {
        if (zoneId is "UTC" or "Etc/UTC" or "Etc/GMT" or "GMT" || !zoneId.Contains('/', StringComparison.Ordinal))
        {
            return zoneId is "Etc/UTC" ? "UTC" : zoneId;
        }

        if (zoneId.StartsWith("Etc/", StringComparison.Ordinal))
        {
            return zoneId["Etc/".Length..];
        }

        var city = zoneId[(zoneId.LastIndexOf('/') + 1)..].Replace('_', ' ');
        return language switch
        {
            "fr" => "heure " + Of(French.GetValueOrDefault(city, city)),
            "nl" => (Dutch.GetValueOrDefault(city, city) is var name && name.StartsWith("de ", StringComparison.Ordinal) ? "tijd op " : "tijd in ")
                + Dutch.GetValueOrDefault(city, city),
            _ => city + " time",
        };
    }

    // de Paris, d'Amsterdam, du Caire, de La Havane, des Canaries.
    private static string Of(string city)
    {
        if (city.StartsWith("Le ", StringComparison.Ordinal))
        {
            return "du " + city[3..];
        }

        if (city.StartsWith("Les ", StringComparison.Ordinal))
        {
            return "des " + city[4..];
        }

        var first = char.ToLowerInvariant(city.Normalize(NormalizationForm.FormD).First(c => CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark));
        return (first is 'a' or 'e' or 'i' or 'o' or 'u' ? "d’" : "de ") + city;
    }
}
