using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Slotwright.Mail;

/// <summary>What Debian's SpamAssassin, without looking anything up, holds against our mails.</summary>
public sealed partial class SpamTests
{
    private const double Most = 1.0;

    [Fact]
    public async Task No_mail_in_any_language_looks_like_spam()
    {
        using var folder = new Slotwright.Storage.TemporaryFolder();
        var all = LifelikeMails.All().ToList();
        var box = Path.Combine(folder.Path, "mails.mbox");
        await using (var file = File.Create(box))
        {
            foreach (var (index, (_, language, mail)) in all.Index())
            {
                var message = LifelikeMails.Message(mail, language);
                message.MessageId = string.Create(CultureInfo.InvariantCulture, $"{index}.2002@post.example");
                await file.WriteAsync("From no-reply@post.example Mon Dec  7 09:00:00 2026\n"u8.ToArray(), TestContext.Current.CancellationToken);
                using var text = new MemoryStream();
                await message.WriteToAsync(text, TestContext.Current.CancellationToken);
                await file.WriteAsync(text.ToArray(), TestContext.Current.CancellationToken);
                await file.WriteAsync("\n\n"u8.ToArray(), TestContext.Current.CancellationToken);
            }
        }

        // The advert is what the test must be able to tell apart.
        await File.AppendAllTextAsync(box, Advert, TestContext.Current.CancellationToken);
        var scores = Scores(await Judge(box, folder.Path));

        Assert.Equal(all.Count + 1, scores.Count);
        Assert.True(scores["1@spam.example"].Score > 5, $"An advert scores {scores["1@spam.example"].Score} only");
        var faults = all.Index()
            .Select(one => (one.Item.Name, one.Item.Language, Judged: scores[string.Create(CultureInfo.InvariantCulture, $"{one.Index}.2002@post.example")]))
            .Where(one => one.Judged.Score >= Most)
            .Select(one => $"{one.Name} {one.Language}: {one.Judged.Score} by {one.Judged.Tests}")
            .ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    /// <summary>Not a test but a printer: <c>SLOTWRIGHT_MAILS=folder … -explicit only</c> writes every mail as a page, to be looked at.</summary>
    [Fact(Explicit = true)]
    public async Task Mails_to_look_at()
    {
        var folder = Directory.CreateDirectory(Environment.GetEnvironmentVariable("SLOTWRIGHT_MAILS") ?? Path.Combine(Path.GetTempPath(), "slotwright-mails"));
        foreach (var (name, language, mail) in LifelikeMails.All())
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{name}-{language}.html"), mail.Html, TestContext.Current.CancellationToken);
        }
    }

    private const string Advert =
        """
        From spam@spam.example Mon Dec  7 09:00:00 2026
        From: Deals <spam@spam.example>
        To: you@customer.example
        Subject: XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X
        Date: Mon, 07 Dec 2026 09:00:00 +0000
        Message-ID: <1@spam.example>

        XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X


        """;

    private static async Task<string> Judge(string box, string home)
    {
        var start = new ProcessStartInfo("spamassassin", ["--local", "--nocreate-prefs", "--mbox", box])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = home,
        };
        start.Environment["HOME"] = home;
        start.Environment["LC_ALL"] = "C";
        using var program = Process.Start(start) ?? throw new InvalidOperationException("spamassassin did not start.");
        var complaints = program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var judged = await program.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(program.ExitCode == 0, await complaints);
        return judged;
    }

    // By Message-Id: they come back in no order. A mail that is judged spam is wrapped into another one of the same id.
    private static Dictionary<string, (double Score, string Tests)> Scores(string judged) => Mail().Split(judged)
        .Select(text => (Id: Id().Match(text), Status: Status().Match(text)))
        .Where(one => one.Id.Success && one.Status.Success)
        .ToDictionary(
            one => one.Id.Groups[1].Value,
            one => (double.Parse(one.Status.Groups[1].Value, CultureInfo.InvariantCulture), Space().Replace(one.Status.Groups[2].Value, "")));

    [GeneratedRegex("^From ", RegexOptions.Multiline)]
    private static partial Regex Mail();

    [GeneratedRegex("^Message-Id: <([^>]+)>", RegexOptions.Multiline | RegexOptions.IgnoreCase)]
    private static partial Regex Id();

    [GeneratedRegex(@"^X-Spam-Status: (?:Yes|No), score=(-?[\d.]+) required=[\d.]+\s+tests=([\s\S]*?)autolearn=", RegexOptions.Multiline)]
    private static partial Regex Status();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
