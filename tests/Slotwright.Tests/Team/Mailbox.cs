using Microsoft.Extensions.DependencyInjection;
using Slotwright.Mail;

namespace Slotwright.Team;

/// <summary>Letters of a product that was started with <see cref="Paused"/>: they go out when the test says so.</summary>
internal static class Mailbox
{
    public const string Paused = "--Mail:Paused=true";

    /// <summary>Sends what is due; answers the letters to that address, the newest first.</summary>
    public static async Task<IReadOnlyList<WrittenMail>> Letters(this Product product, string to)
    {
        await product.Services.GetRequiredService<Dispatcher>().RunLane(Outbox.PlatformLane, TestContext.Current.CancellationToken);
        var written = product.Services.GetRequiredService<IWrittenMails>();
        var letters = new List<WrittenMail>();
        foreach (var listing in (await written.List()).Where(listing => listing.To.Contains(to, StringComparison.Ordinal)))
        {
            letters.Add((await written.Read(listing.Id))!);
        }

        return letters;
    }

    /// <summary>Path of the letter's first link that begins so.</summary>
    public static string Link(this WrittenMail letter, string path)
    {
        var line = letter.Text.Split('\n').First(line => line.Contains(path, StringComparison.Ordinal));
        return line[line.IndexOf(path, StringComparison.Ordinal)..].Trim();
    }
}
