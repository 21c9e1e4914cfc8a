using Microsoft.Extensions.Options;
using MimeKit;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Platform;
using Slotwright.Schedules;

namespace Slotwright.Mail;

/// <summary>The recipient's address is none.</summary>
internal sealed class AddressInvalidException() : Exception("The address is not valid");

/// <summary>Nobody could say in whose name the mail goes out.</summary>
internal sealed class BrandUnavailableException(Exception inner) : Exception("The account could not be asked", inner);

/// <summary>Turns a letter into a mail in the name of whom it concerns.</summary>
internal sealed partial class MailComposer(IMailBrand brand, ISecrets secrets, IClock clock, IOptions<PlatformOptions> platform)
{
    /// <summary>Null: the account is gone.</summary>
    public async Task<OutgoingMail?> Compose(Letter letter, Sending sending)
    {
        if (letter.Person is { } news)
        {
            return await ComposeForPerson(letter, news);
        }

        var (account, schedule) = await Ask(letter);
        if (account is null)
        {
            return null;
        }

        var context = new MailContext(letter, account, schedule, platform.Value, secrets) { Sending = sending, ReaderLanguage = await ReaderLanguage(letter, account) };
        var model = MailWording.ModelOf(context);
        var rendered = MailTemplates.Render(model, MailWording.FooterOf(context), context.Language, account.Brand.Colour);
        var recipient = MailAddresses.Parse(letter.Delivery.Recipient, "") ?? throw new AddressInvalidException();
        return new OutgoingMail(Message(context, rendered, recipient), MailAddresses.NoReply(platform.Value), recipient, letter.Delivery);
    }

    // A reseller reads its copy in the language of its own account; null: the reader's is that of the letter.
    private async Task<string?> ReaderLanguage(Letter letter, AccountFace account)
    {
        if (letter.Delivery.Role != DeliveryRole.ResellerCopy || account.ResellerId is not { } reseller)
        {
            return null;
        }

        try
        {
            return (await brand.Account(reseller))?.Brand.Language;
        }
        catch (Exception error)
        {
            throw new BrandUnavailableException(error);
        }
    }

    private async Task<(AccountFace? Account, ScheduleFace? Schedule)> Ask(Letter letter)
    {
        try
        {
            var account = await brand.Account(letter.Delivery.AccountId);
            var schedule = account is not null && letter.Appointment is { } appointment
                ? await brand.Schedule(appointment.AccountId, appointment.ScheduleId)
                : null;
            return (account, schedule);
        }
        catch (Exception error)
        {
            throw new BrandUnavailableException(error);
        }
    }

    private MimeMessage Message(MailContext context, RenderedMail rendered, MailboxAddress recipient)
    {
        var envelope = MailAddresses.Of(context);
        var message = new MimeMessage
        {
            Subject = rendered.Subject,
            MessageId = context.Letter.Delivery.MessageId,
            Date = clock.GetCurrentInstant().ToDateTimeOffset(),
            Body = Body(context, rendered, envelope.From, recipient),
        };
        message.From.Add(envelope.From);
        if (envelope.Sender is not null)
        {
            message.Sender = envelope.Sender;
        }

        if (envelope.ReplyTo is not null)
        {
            message.ReplyTo.Add(envelope.ReplyTo);
        }

        message.To.Add(recipient);
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Headers.Add(HeaderId.ContentLanguage, context.Language);
        message.Prepare(EncodingConstraint.SevenBit);
        return message;
    }

    private static MimeEntity Body(MailContext context, RenderedMail rendered, MailboxAddress from, MailboxAddress recipient)
    {
        var readable = new MultipartAlternative
        {
            new TextPart("plain") { Text = rendered.Text },
            new TextPart("html") { Text = rendered.Html },
        };
        // A reminder changes nothing that a calendar holds.
        if (context.Appointment is null || context.Letter.Delivery.Role == DeliveryRole.Reminder)
        {
            return readable;
        }

        var entry = MailWording.CalendarOf(context, from, recipient);
        var calendar = new TextPart("calendar")
        {
            Text = CalendarFile.Of(entry),
            ContentTransferEncoding = ContentEncoding.Base64,
            ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) { FileName = "appointment.ics" },
        };
        calendar.ContentType.Parameters.Add("method", CalendarFile.MethodOf(entry));
        return new Multipart("mixed") { readable, calendar };
    }
}

/// <summary>All that the wording of one mail may draw on.</summary>
internal sealed record MailContext(Letter Letter, AccountFace Account, ScheduleFace? Schedule, PlatformOptions Platform, ISecrets Secrets)
{
    public Appointment? Appointment => Letter.Appointment;

    /// <summary>In whose name it goes out.</summary>
    public Sending Sending { get; init; } = Sending.ByPlatform;

    /// <summary>Of a reader who is neither customer nor owner; else null.</summary>
    public string? ReaderLanguage { get; init; }

    public bool ToCustomer => Letter.Delivery.Role is DeliveryRole.Customer or DeliveryRole.Reminder or DeliveryRole.CustomerLink;

    /// <summary>The customer's own, else the account's.</summary>
    public string Language => LocalWords.Language(ReaderLanguage ?? (ToCustomer ? Letter.CustomerLink?.Language ?? Appointment?.Language : null), Account.Brand.Language);

    /// <summary>A client of a reseller never reads the platform's name.</summary>
    public bool HasReseller => Account.ResellerId is not null;

    /// <summary>A path of <see cref="Links"/> in full: on the account's own host where it has one, and as it is addressed there.</summary>
    public string At(string path) => Letter.OwnHost is { } host
        ? $"https://{host}{HostPaths.Outward(path, Account.Name)}"
        : Platform.BaseUrl.TrimEnd('/') + path;
}
