using MimeKit;

namespace Slotwright.Mail;

/// <summary>Where mails of a lane go.</summary>
internal interface IMailTransport
{
    /// <summary>Throws when the server cannot be reached or does not let us in: that is the lane's trouble, not a mail's.</summary>
    Task<IMailConnection> Connect(string lane, CancellationToken cancellation);
}

/// <summary>One connection; used by one sender at a time.</summary>
internal interface IMailConnection : IAsyncDisposable
{
    /// <summary>
    /// Null: accepted. Else what the server said against this mail. Throws when the connection is of no more use; the mail may
    /// have been accepted then.
    /// </summary>
    Task<MailRefusal?> Send(OutgoingMail mail, CancellationToken cancellation);
}

/// <summary>A mail with its envelope.</summary>
/// <param name="Message">Header and body.</param>
/// <param name="ReturnPath">Where bounces go: an address on the operator's domain.</param>
/// <param name="Recipient">The only one.</param>
/// <param name="Delivery">The row.</param>
internal sealed record OutgoingMail(MimeMessage Message, MailboxAddress ReturnPath, MailboxAddress Recipient, Delivery Delivery);

/// <summary>The server's no to one mail.</summary>
/// <param name="Permanent">It will say so again: 5xx.</param>
/// <param name="Text">Code and words, for the list of mails.</param>
internal sealed record MailRefusal(bool Permanent, string Text);
