using MimeKit;
using Slotwright.Platform;

namespace Slotwright.Mail;

/// <summary>From, Sender and Reply-To of a mail. Bounces always go to the operator's no-reply address (requirements 21–24).</summary>
/// <param name="From">In whose name.</param>
/// <param name="Sender">Who really sends, where From does not say it; else null.</param>
/// <param name="ReplyTo">Null: nobody reads answers.</param>
internal sealed record MailAddresses(MailboxAddress From, MailboxAddress? Sender, MailboxAddress? ReplyTo)
{
    public static MailboxAddress NoReply(PlatformOptions platform) => new("", platform.NoReplyAddress);

    public static MailAddresses Of(MailContext context)
    {
        var noReply = context.Platform.NoReplyAddress;
        if (context.Letter.Delivery.IsAboutLimit)
        {
            var support = context.Account.Support;
            return new MailAddresses(
                new MailboxAddress(MailWording.SenderName(context), noReply), null, support is null ? null : Parse(support.Email, support.Name));
        }

        var name = CleanText.Line(context.Account.Brand.DisplayName, 80);
        var from = Parse(context.Sending.From ?? "", name) ?? new MailboxAddress(name, noReply);
        var own = !string.Equals(from.Address, noReply, StringComparison.OrdinalIgnoreCase);
        return new MailAddresses(from, own ? NoReply(context.Platform) : null, AnswersTo(context, name));
    }

    /// <summary>Null: not one plain address.</summary>
    public static MailboxAddress? Parse(string address, string name)
    {
        var text = address.Trim();
        if (text.Length is 0 or > 254 || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or ',' or ';' or '"' or '(' or ')'))
        {
            return null;
        }

        return MailboxAddress.TryParse(text, out var parsed) && parsed.Address == text && text.IndexOf('@', StringComparison.Ordinal) is > 0 and var at && at < text.Length - 1
            ? new MailboxAddress(CleanText.Line(name, 80), text)
            : null;
    }

    // The customer answers the business, the business answers the customer.
    private static MailboxAddress? AnswersTo(MailContext context, string businessName) => context.ToCustomer
        ? Parse(context.Sending.AnswersTo ?? "", businessName) ?? Parse(context.Account.OwnerEmail, businessName)
        : context.Appointment is { } appointment ? Parse(appointment.Customer.Email, appointment.Customer.Name) : null;
}
