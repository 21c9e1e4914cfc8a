using System.Text.RegularExpressions;
using AngleSharp.Html.Parser;

namespace Slotwright.Mail;

public sealed partial class MailTemplateTests
{
    private static readonly string[] Languages = ["en", "fr", "nl"];

    public static TheoryData<string, string> EveryMail()
    {
        var all = new TheoryData<string, string>();
        foreach (var model in MailTemplates.Models())
        {
            foreach (var language in Languages)
            {
                all.Add(model.Name, language);
            }
        }

        return all;
    }

    [Fact]
    public void There_are_so_many_mails() => Assert.Equal(44, MailTemplates.Models().Count());

    [Theory]
    [MemberData(nameof(EveryMail))]
    public void Every_mail_renders_in_every_language_with_and_without_what_may_be_missing(string model, string language)
    {
        foreach (var missing in new[] { false, true })
        {
            var rendered = MailTemplates.Render(Filled(model, missing), Footer(missing), language, "#a03c1e");

            Assert.DoesNotContain("{{", rendered.Subject + rendered.Text + rendered.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("\n", rendered.Subject, StringComparison.Ordinal);
            Assert.DoesNotContain("\n\n\n", rendered.Text, StringComparison.Ordinal);
            Assert.DoesNotContain('!', rendered.Subject + rendered.Text);
            Assert.DoesNotMatch(EmptyLabel(), rendered.Text);
            var page = new HtmlParser(new HtmlParserOptions { IsStrictMode = true }).ParseDocument(rendered.Html);
            Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
            Assert.Single(page.QuerySelectorAll("h1"));
            Assert.Empty(page.QuerySelectorAll("img, script, link, iframe"));
            Assert.All(page.QuerySelectorAll("h1, p, a, strong"), element => Assert.NotEqual("", element.TextContent.Trim()));
        }
    }

    [Theory]
    [MemberData(nameof(EveryMail))]
    public void Text_and_html_say_the_same_values(string model, string language)
    {
        var mail = Filled(model, missing: false);
        var rendered = MailTemplates.Render(mail, Footer(missing: false), language, "#a03c1e");

        // Subject-only and html-only words aside, whatever one part tells the other tells too.
        foreach (var (name, value) in MailTemplates.Values(mail).Where(value => value.Key is not "starts_short"))
        {
            var text = value!.ToString()!;
            Assert.True(
                rendered.Text.Contains(text, StringComparison.Ordinal) == rendered.Html.Contains(text, StringComparison.Ordinal),
                $"{name} is in one part only");
        }
    }

    [Fact]
    public void Languages_differ_in_words_only()
    {
        foreach (var model in MailTemplates.Models())
        {
            var used = Languages.Select(language => string.Join(' ', Values(MailTemplates.Render(Filled(model.Name, false), Footer(false), language, "#a03c1e").Text))).ToList();

            Assert.Equal(used[0], used[1]);
            Assert.Equal(used[0], used[2]);
        }
    }

    [Theory]
    [InlineData("#ffffff", "#000000")]
    [InlineData("#ffff00", "#000000")]
    [InlineData("#000000", "#ffffff")]
    [InlineData("#1f5f8b", "#ffffff")]
    [InlineData("#777777", "#000000")]
    public void Text_on_the_colour_can_always_be_read(string ground, string text)
    {
        Assert.Equal(text, Colours.LegibleOn(ground));
        Assert.True(Colours.Contrast(text, ground) >= 4.5);
    }

    [Theory]
    [InlineData("red")]
    [InlineData("#12345")]
    [InlineData("#12345g")]
    [InlineData("#fff;}body{display:none")]
    public void Colour_that_is_none_becomes_neutral(string colour) => Assert.Equal("#3d4a57", Colours.Valid(colour));

    private static IEnumerable<string> Values(string text) => ValueMark().Matches(text).Select(match => match.Value).Order(StringComparer.Ordinal).Distinct();

    private static MailFooter Footer(bool missing) => new()
    {
        SenderName = "v_sender",
        Contact = missing ? "" : "v_contact",
        Help = missing ? "" : "v_help",
    };

    /// <summary>Each text is a word of its own; or empty where it may be.</summary>
    internal static MailModel Filled(string name, bool missing)
    {
        var type = MailTemplates.Models().Single(model => model.Name == name);
        var mail = (MailModel)Activator.CreateInstance(type)!;
        string[] mayBeMissing =
        [
            nameof(AppointmentMail.What), nameof(AppointmentMail.Place), nameof(CustomerMail.CustomerName), nameof(BookingMail.CustomerEmail), nameof(BookingMail.CustomerPhone),
            nameof(BookingMail.Note), nameof(BookingMovedMail.WasAt), nameof(AppointmentMovedMail.EndsNow), nameof(LimitMail.HelpName), nameof(LimitMail.CopyOf), nameof(AccountOpenedMail.ContactEmail),
        ];
        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
        {
            property.SetValue(mail, property.PropertyType == typeof(int) ? 4321
                : property.PropertyType == typeof(bool) ? !missing
                : missing && mayBeMissing.Contains(property.Name) ? ""
                : "v_" + property.Name);
        }

        return mail;
    }

    [GeneratedRegex(@"v_\w+|4321")]
    private static partial Regex ValueMark();

    [GeneratedRegex(@":[ \u00A0]*\n(?!\S)")]
    private static partial Regex EmptyLabel();
}
