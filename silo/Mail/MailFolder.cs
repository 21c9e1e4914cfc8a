using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using MimeKit;
using NodaTime;
using NodaTime.Text;
using Slotwright.Storage;

namespace Slotwright.Mail;

/// <summary>
/// Mails as files, for as long as no mail server is configured. The name says when the delivery was made and which it is, so that a
/// second attempt replaces the first.
/// </summary>
internal sealed partial class MailFolder(IOptions<StorageOptions> storage) : IMailTransport, IWrittenMails
{
    private static readonly InstantPattern Stamp = InstantPattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmssfff'Z'");

    private string Folder => Path.Combine(
        storage.Value.Directory.Length == 0 ? "data" : storage.Value.Directory, "outbox-mail");

    public Task<IMailConnection> Connect(string lane, CancellationToken cancellation)
    {
        Directory.CreateDirectory(Folder);
        return Task.FromResult<IMailConnection>(new Writer(Folder));
    }

    public async Task<IReadOnlyList<WrittenMailListing>> List(int limit = 200)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, 1000);
        if (!Directory.Exists(Folder))
        {
            return [];
        }

        var newest = Directory.EnumerateFiles(Folder, "*.eml")
            .Select(file => Path.GetFileNameWithoutExtension(file))
            .Where(id => IdPattern().IsMatch(id))
            .OrderByDescending(id => id, StringComparer.Ordinal)
            .Take(limit)
            .ToList();
        var listings = new List<WrittenMailListing>(newest.Count);
        foreach (var id in newest)
        {
            await using var file = File.OpenRead(PathOf(id));
            listings.Add(Listing(id, await MimeMessage.LoadAsync(file)));
        }

        return listings;
    }

    public async Task<WrittenMail?> Read(string id)
    {
        if (!IdPattern().IsMatch(id) || !File.Exists(PathOf(id)))
        {
            return null;
        }

        var bytes = await File.ReadAllBytesAsync(PathOf(id));
        using var stream = new MemoryStream(bytes);
        var message = await MimeMessage.LoadAsync(stream);
        return new WrittenMail
        {
            Listing = Listing(id, message),
            Text = message.TextBody ?? "",
            Html = message.HtmlBody ?? "",
            Calendar = message.BodyParts.OfType<TextPart>().FirstOrDefault(part => part.ContentType.IsMimeType("text", "calendar"))?.Text,
            Raw = Encoding.Latin1.GetString(bytes),
        };
    }

    private static WrittenMailListing Listing(string id, MimeMessage message) => new()
    {
        Id = id,
        Date = Instant.FromDateTimeOffset(message.Date),
        From = message.From.ToString(),
        To = message.To.ToString(),
        Subject = message.Subject ?? "",
    };

    private string PathOf(string id) => Path.Combine(Folder, id + ".eml");

    [GeneratedRegex(@"\A[0-9]{8}T[0-9]{9}Z-[0-9]{1,10}\z")]
    private static partial Regex IdPattern();

    private sealed class Writer(string folder) : IMailConnection
    {
        public async Task<MailRefusal?> Send(OutgoingMail mail, CancellationToken cancellation)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{Stamp.Format(mail.Delivery.MadeAt)}-{mail.Delivery.Id}");
            var unfinished = Path.Combine(folder, name + ".part");
            await using (var file = File.Create(unfinished))
            {
                await mail.Message.WriteToAsync(file, cancellation);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, Path.Combine(folder, name + ".eml"), overwrite: true);
            return null;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
