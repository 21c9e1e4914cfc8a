using System.Security.Cryptography;
using NodaTime;

namespace Slotwright.WhiteLabel;

/// <summary>
/// What a sender's domain must say before mails carry an address of it, and what it says. Pure. Bounces always come to us, so receivers
/// compare SPF with our domain: what makes a mail the sender's own is our signature with a key that its domain shows.
/// </summary>
public static class SenderRules
{
    public const string KeyPurpose = "sender-key";
    public const string PasswordPurpose = "mail-server";

    /// <summary>RFC 7208, 4.6.4: more than ten look-ups are an error.</summary>
    public const int MostLookups = 10;

    private static readonly int[] MailPorts = [25, 465, 587, 2465, 2525, 2587];

    public static bool IsMailPort(int port) => MailPorts.Contains(port);

    /// <summary>
    /// Mails may carry the address: our signature is the domain's, with a key that is this account's alone. SPF does not do: it lists the
    /// platform, and with it every account there is, so that any of them could write in the name of all the others.
    /// </summary>
    public static bool MayUse(SenderRecords records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return records.Dkim == RecordState.Good;
    }

    /// <summary>What is known after a look: where no name server answered, what was known before.</summary>
    public static SenderRecords Merge(SenderRecords before, SenderRecords found)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(found);
        return new SenderRecords(Later(before.Spf, found.Spf), Later(before.Dkim, found.Dkim), Later(before.Dmarc, found.Dmarc));
    }

    public static string DkimName(string selector, string domain) => $"{selector}._domainkey.{domain}";

    public static string DkimValue(string keyPublic) => $"v=DKIM1; k=rsa; p={keyPublic}";

    /// <summary>A new key of 2,048 bits: private in PEM, public as the DNS shows it.</summary>
    public static (string Pem, string Public) NewKey()
    {
        using var key = RSA.Create(2048);
        return (key.ExportPkcs8PrivateKeyPem(), Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()));
    }

    /// <summary>Null texts: no name server answered.</summary>
    public static RecordState JudgeDkim(IReadOnlyList<string>? texts, string keyPublic)
    {
        if (texts is null)
        {
            return RecordState.NoAnswer;
        }

        var shown = texts.Select(text => Tag(text, "p")).Where(key => key is not null).ToList();
        return shown.Count == 0 ? RecordState.Missing : shown.Exists(key => key == keyPublic) ? RecordState.Good : RecordState.Different;
    }

    public static RecordState JudgeDmarc(IReadOnlyList<string>? texts) =>
        texts is null ? RecordState.NoAnswer
        : texts.FirstOrDefault(text => text.StartsWith("v=DMARC1", StringComparison.OrdinalIgnoreCase)) is not { } record ? RecordState.Missing
        : Tag(record, "p")?.ToLowerInvariant() switch
        {
            "none" => RecordState.Good,
            "quarantine" or "reject" => RecordState.Strict,
            _ => RecordState.Different,
        };

    /// <summary>The domain's SPF record names ours, itself or through those that it includes.</summary>
    public static async Task<RecordState> JudgeSpf(string domain, string needed, Func<string, Task<IReadOnlyList<string>?>> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var (open, seen) = (new Queue<string>([domain]), new HashSet<string>(StringComparer.OrdinalIgnoreCase));
        var found = false;
        while (open.TryDequeue(out var next) && seen.Count < MostLookups)
        {
            if (!seen.Add(next))
            {
                continue;
            }

            if (await texts(next) is not { } answer)
            {
                return RecordState.NoAnswer;
            }

            if (answer.FirstOrDefault(text => text.Equals("v=spf1", StringComparison.OrdinalIgnoreCase) || text.StartsWith("v=spf1 ", StringComparison.OrdinalIgnoreCase)) is not { } record)
            {
                continue;
            }

            found = true;
            foreach (var term in record.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var plain = term.TrimStart('+');
                if (plain.Equals(needed, StringComparison.OrdinalIgnoreCase))
                {
                    return RecordState.Good;
                }

                if (Named(plain, "include:") is { } included)
                {
                    open.Enqueue(included);
                }
                else if (Named(plain, "redirect=") is { } other)
                {
                    open.Enqueue(other);
                }
            }
        }

        return found ? RecordState.Different : RecordState.Missing;
    }

    /// <summary>Soon while something is missing, so that what was just typed in is seen; else now and then.</summary>
    public static Instant NextCheck(SenderRecords records, Instant changedAt, Instant now) =>
        now + (records is { Dkim: RecordState.Good, Spf: RecordState.Good } ? Duration.FromHours(6)
            : now - changedAt < Duration.FromDays(1) ? Duration.FromMinutes(10)
            : Duration.FromHours(3));

    private static RecordState Later(RecordState before, RecordState found) =>
        found == RecordState.NoAnswer && before != RecordState.NotAsked ? before : found;

    private static string? Named(string term, string mechanism) =>
        term.StartsWith(mechanism, StringComparison.OrdinalIgnoreCase) && term.Length > mechanism.Length && !term.Contains('%', StringComparison.Ordinal)
            ? term[mechanism.Length..]
            : null;

    // RFC 6376, 3.2: tag=value pairs parted by semicolons; white space counts for nothing within a key.
    private static string? Tag(string record, string tag)
    {
        foreach (var part in record.Split(';'))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            if (at > 0 && part[..at].Trim().Equals(tag, StringComparison.OrdinalIgnoreCase))
            {
                return string.Concat(part[(at + 1)..].Where(character => !char.IsWhiteSpace(character)));
            }
        }

        return null;
    }
}
