using NodaTime;

namespace Slotwright.Mail;

/// <summary>
/// The mails that were written to files because no mail server is configured; the development pages list them. Registered by hosts
/// that carry a silo; elsewhere there is none.
/// </summary>
public interface IWrittenMails
{
    /// <summary>Newest first, at most <paramref name="limit"/> (1–1000); empty when none was written.</summary>
    Task<IReadOnlyList<WrittenMailListing>> List(int limit = 200);

    /// <summary>Null when there is no such mail; an id that is not one of <see cref="List"/> never reaches a file.</summary>
    Task<WrittenMail?> Read(string id);
}

/// <summary>One line of the list. Everything is plain text as the headers say it.</summary>
public sealed record WrittenMailListing
{
    /// <summary>For an address; letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    public required Instant Date { get; init; }

    public required string From { get; init; }

    public required string To { get; init; }

    public required string Subject { get; init; }
}

/// <summary>A written mail with its parts.</summary>
public sealed record WrittenMail
{
    public required WrittenMailListing Listing { get; init; }

    /// <summary>The plain part.</summary>
    public required string Text { get; init; }

    /// <summary>A whole document as mailed: show it in a sandboxed frame.</summary>
    public required string Html { get; init; }

    /// <summary>The calendar file, or null.</summary>
    public required string? Calendar { get; init; }

    /// <summary>Header and body as sent; bytes shown as Latin-1.</summary>
    public required string Raw { get; init; }
}
