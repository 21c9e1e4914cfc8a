using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using Slotwright.Localisation;
using Slotwright.Mail;

namespace Slotwright.Pages;

public sealed partial class LanguageTests
{
    private static readonly string[] Baskets =
    [
        .. typeof(Text).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith("Slotwright.Resources.Localisation.", StringComparison.Ordinal) && name.EndsWith(".resources", StringComparison.Ordinal))
            .Select(name => name[..^".resources".Length]),
    ];

    [Theory]
    [InlineData("en", "Morning", "Wednesday 9 December", "en")]
    [InlineData("fr-CA,fr;q=0.9", "Matin", "mercredi 9 décembre", "fr")]
    [InlineData("nl", "Ochtend", "woensdag 9 december", "nl")]
    [InlineData("de,pt;q=0.5", "Matin", "mercredi 9 décembre", "fr")]
    public async Task A_page_speaks_the_browsers_language_else_the_accounts(string accepted, string morning, string day, string language)
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor(accepted);

        await visitor.Open("/schedule/corner-barber/Chairs?day=2026-12-09");

        Assert.Equal((morning, day, language), (visitor.Text("h4"), visitor.Text(".chosen"), visitor.Page.DocumentElement.GetAttribute("lang")));
    }

    [Fact]
    public async Task A_chosen_language_is_kept_and_keeps_the_page()
    {
        await using var host = await PagesHost.Start();
        var visitor = host.Visitor("en");
        await visitor.Open("/schedule/corner-barber/Chairs?day=2026-12-09&resource=41");

        await visitor.Follow("a[hreflang=nl]");
        Assert.Equal(("woensdag 9 december", "Chair 1"), (visitor.Text(".chosen"), visitor.Text(".chip[aria-current]")));
        await visitor.Open("/signin");
        Assert.Equal("Aanmelden", visitor.Heading);
        await visitor.Open("/signin?lang=xx");

        Assert.Equal("Aanmelden", visitor.Heading);
    }

    [Fact]
    public void Every_sentence_exists_in_every_language_with_the_same_places_for_values()
    {
        foreach (var basket in Baskets)
        {
            var resources = new ResourceManager(basket, typeof(Text).Assembly);
            var english = Sentences(resources, CultureInfo.InvariantCulture);
            Assert.NotEmpty(english);
            foreach (var language in new[] { "fr", "nl" })
            {
                var other = Sentences(resources, CultureInfo.GetCultureInfo(language));
                Assert.Equal(english.Keys.Order(), other.Keys.Order());
                Assert.All(english, sentence => Assert.Equal(Places(sentence.Value), Places(other[sentence.Key])));
            }
        }
    }

    [Fact]
    public void No_french_sign_begins_a_line()
    {
        var french = CultureInfo.GetCultureInfo("fr");
        var sentences = Baskets.SelectMany(basket => Sentences(new ResourceManager(basket, typeof(Text).Assembly), french).Values);
        var mails = typeof(MailTemplates).Assembly;
        var letters = mails.GetManifestResourceNames().Where(name => name.Contains(".Templates.fr.", StringComparison.Ordinal)).Select(name =>
        {
            using var reader = new StreamReader(mails.GetManifestResourceStream(name)!);
            return Code().Replace(reader.ReadToEnd(), "x");
        }).ToList();

        Assert.True(letters.Count > 20);
        Assert.All(sentences.Concat(letters), text => Assert.DoesNotMatch(Loose(), text));
    }

    [Fact]
    public void Every_sentence_that_a_page_names_exists_and_every_one_that_exists_is_named()
    {
        var web = PagesHost.WebFolder();
        var sources = string.Join('\n', Directory.EnumerateFiles(web, "*.cs*", SearchOption.AllDirectories)
            .Where(file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)).Select(File.ReadAllText));
        var known = Sentences(new ResourceManager("Slotwright.Resources.Localisation.Text", typeof(Text).Assembly), CultureInfo.InvariantCulture).Keys.ToHashSet();

        var named = Named().Matches(sources).Select(match => match.Groups[1].Value).Where(name => !name.EndsWith('.')).ToHashSet();

        Assert.All(named, name => Assert.True(known.Contains(name) || known.Contains(name + ".One"), name));
        Assert.All(
            known.Where(name => !name.StartsWith("City.", StringComparison.Ordinal) && !Numbered().IsMatch(name) && name is not ("Week.Morning" or "Week.Afternoon" or "Week.Evening")),
            name => Assert.True(named.Contains(name) || named.Contains(name[..name.LastIndexOf('.')]), $"{name} is said nowhere"));
    }

    private static Dictionary<string, string> Sentences(ResourceManager resources, CultureInfo culture) =>
        resources.GetResourceSet(culture, createIfNotExists: true, tryParents: false)!.Cast<System.Collections.DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string)entry.Value!);

    private static string Places(string sentence) => string.Join(' ', Place().Matches(sentence).Select(match => match.Value).Distinct().Order());

    [GeneratedRegex(@"\{\d(:N0)?\}")]
    private static partial Regex Place();

    /// <summary>A sign that French sets apart by a space, and a space at which a line may end.</summary>
    [GeneratedRegex(@"\u0020[?!;»]|\u0020:(?!\S)|«\u0020")]
    private static partial Regex Loose();

    /// <summary>What a template computes, and its marks.</summary>
    [GeneratedRegex(@"\{\{.*?\}\}|<[^>]*>", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("\"((?:Layout|Help|Closed|List|Week|Live|Book|Field|Fact|Deadline|Error|Manage|Move|Cancel|Home|Mail|Zone)\\.[A-Za-z.]+|Plan\\.Free)\"")]
    private static partial Regex Named();

    [GeneratedRegex(@"^Error\.\d{3}\.")]
    private static partial Regex Numbered();
}
