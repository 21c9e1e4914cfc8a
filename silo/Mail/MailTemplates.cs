using System.Collections.Concurrent;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;

namespace Slotwright.Mail;

/// <summary>A mail's three texts.</summary>
internal sealed record RenderedMail(string Subject, string Text, string Html);

/// <summary>The templates that are built in: <c>Templates/{language}/{mail}.html</c> and <c>.txt</c>; the first line of the text is the subject.</summary>
internal static partial class MailTemplates
{
    private const string Body = "<!--body-->";
    private const string Foot = "<!--footer-->";

    private static readonly ConcurrentDictionary<string, SafeTemplate> Parsed = new();

    public static RenderedMail Render(MailModel mail, MailFooter footer, string language, string accent)
    {
        var name = Kebab(mail.GetType().Name[..^"Mail".Length]);
        var values = Values(mail);
        var below = Values(footer);

        var text = Get($"{language}.{name}.txt").RenderText(values);
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var subject = CleanText.Line(text[..end], 200);
        var frame = new MailFrame
        {
            Language = language,
            Subject = subject,
            SenderName = footer.SenderName,
            Accent = Colours.Valid(accent),
            AccentText = Colours.LegibleOn(Colours.Valid(accent)),
        };

        // No value can bring one of the marks along: whatever is written into the frame is escaped.
        var html = Get("layout.html").RenderHtml(Values(frame))
            .Replace(Foot, Get($"{language}.footer.html").RenderHtml(below).Trim(), StringComparison.Ordinal)
            .Replace(Body, Get($"{language}.{name}.html").RenderHtml(values).Trim(), StringComparison.Ordinal);
        var plain = Tidy(text[end..]) + "\n\n-- \n" + Tidy(Get($"{language}.footer.txt").RenderText(below)) + "\n";
        return new RenderedMail(subject, plain, html);
    }

    /// <summary>Every mail there is, by model.</summary>
    public static IEnumerable<Type> Models() =>
        typeof(MailModel).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(MailModel)) && !type.IsAbstract);

    public static Dictionary<string, object?> Values(object model) => model.GetType()
        .GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .ToDictionary(property => Snake(property.Name), property => property.GetValue(model));

    private static SafeTemplate Get(string name) => Parsed.GetOrAdd(name, static key =>
    {
        var resource = typeof(MailTemplates).Assembly.GetManifestResourceStream("Slotwright.Mail.Templates." + key)
            ?? throw new InvalidOperationException($"There is no mail template '{key}'");
        using var reader = new StreamReader(resource);
        return SafeTemplate.Parse(reader.ReadToEnd().ReplaceLineEndings("\n"));
    });

    // A line whose value was empty leaves a gap; two gaps become one.
    private static string Tidy(string text) => Gaps().Replace(text, "\n\n").Trim();

    private static string Kebab(string name) => Separated(name, '-');

    private static string Snake(string name) => Separated(name, '_');

    private static string Separated(string name, char separator)
    {
        var text = new StringBuilder();
        foreach (var character in name)
        {
            if (char.IsUpper(character) && text.Length > 0)
            {
                text.Append(separator);
            }

            text.Append(char.ToLowerInvariant(character));
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\n[ \t]*(\n[ \t]*)+\n|\n[ \t]+\n")]
    private static partial Regex Gaps();
}
