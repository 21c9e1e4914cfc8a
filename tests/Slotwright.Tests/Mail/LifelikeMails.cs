using MimeKit;
using MimeKit.Text;

namespace Slotwright.Mail;

/// <summary>Every mail there is, in every language, with values such as they have in life; new mails come by themselves.</summary>
internal static class LifelikeMails
{
    private static readonly string[] Languages = ["en", "fr", "nl"];

    public static IEnumerable<(string Name, string Language, RenderedMail Mail)> All() =>
        from model in MailTemplates.Models()
        from language in Languages
        select (model.Name[..^"Mail".Length], language, MailTemplates.Render(Filled(model), Footer, language, "#0f766e"));

    /// <summary>As it is handed to the mail server.</summary>
    public static MimeMessage Message(RenderedMail mail, string language)
    {
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            MessageId = "1001.2002@post.example",
            Date = MailWorld.Start.ToDateTimeOffset(),
            Body = new MultipartAlternative { new TextPart(TextFormat.Plain) { Text = mail.Text }, new TextPart(TextFormat.Html) { Text = mail.Html } },
        };
        message.From.Add(new MailboxAddress("The Corner Barber", "no-reply@post.example"));
        message.ReplyTo.Add(new MailboxAddress("The Corner Barber", "owner@corner-barber.example"));
        message.To.Add(new MailboxAddress("", "jane@customer.example"));
        message.Headers.Add(HeaderId.AutoSubmitted, "auto-generated");
        message.Headers.Add(HeaderId.ContentLanguage, language);
        message.Prepare(EncodingConstraint.SevenBit);
        return message;
    }

    private static MailFooter Footer => new()
    {
        SenderName = "The Corner Barber",
        Contact = "12 rue des Lilas, Lyon · 04 78 00 00 00",
        Help = "Atelier Web · bonjour@atelier.example · +33 4 00 00 00 00 · https://atelier.example",
    };

    private static MailModel Filled(Type type)
    {
        var mail = (MailModel)Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
        {
            property.SetValue(mail, property.PropertyType == typeof(int) ? 50 : property.PropertyType == typeof(bool) ? true : Text(property.Name));
        }

        return mail;
    }

    private static string Text(string name) => name switch
    {
        nameof(MailModel.BusinessName) => "The Corner Barber",
        nameof(AppointmentMail.StartsAt) => "Thursday 10 December 2026, 14:30 (Paris time)",
        nameof(AppointmentMail.StartsShort) => "Thursday 10 December, 14:30",
        nameof(AppointmentMovedMail.WasAt) => "Wednesday 9 December 2026, 10:00 (Paris time)",
        nameof(AppointmentMovedMail.EndsNow) => "15:00",
        nameof(AppointmentMail.Length) => "30 minutes",
        nameof(AppointmentMail.What) => "Chairs, Chair 1",
        nameof(AppointmentMail.Place) => "12 rue des Lilas, Lyon",
        nameof(CustomerMail.CustomerName) => "Jane Doe",
        nameof(BookingMail.Note) => "A short cut, please.\nAnd the beard.",
        nameof(BookingMail.CustomerPhone) => "06 12 34 56 78",
        nameof(LimitRefusedMail.Refused) => "customer",
        nameof(LimitMail.CopyOf) => "",
        nameof(LimitMail.HelpName) => "Atelier Web",
        _ when name.EndsWith("Url", StringComparison.Ordinal) => "https://book.corner-barber.example/appointment/101/0123456789abcdef0123456789abcdef",
        _ when name.EndsWith("Email", StringComparison.Ordinal) || name == "Login" => "jane@customer.example",
        _ => "corner-barber",
    };
}
