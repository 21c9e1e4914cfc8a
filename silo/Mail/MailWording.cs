using MimeKit;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Customers;
using Slotwright.Platform;
using Slotwright.Schedules;
using Slotwright.Storage;

namespace Slotwright.Mail;

/// <summary>What each mail is told with. Pure.</summary>
internal static class MailWording
{
    public static MailModel ModelOf(MailContext context) => (context.Letter.Delivery.Kind, context.Letter.Delivery.Role) switch
    {
        (ChangeKind.Booked, DeliveryRole.Customer) => ForCustomer(context, new AppointmentBookedMail()),
        (ChangeKind.Moved, DeliveryRole.Customer) => ForCustomer(context, new AppointmentMovedMail { WasAt = WasAt(context), EndsNow = EndsNow(context) }),
        (_, DeliveryRole.CustomerLink) => new OwnAppointmentsMail { BusinessName = BusinessName(context), ListUrl = ListUrl(context) },
        (_, DeliveryRole.Reminder) => ForCustomer(context, new AppointmentReminderMail()),
        (ChangeKind.Cancelled, DeliveryRole.Customer) => ForCustomer(context, new AppointmentCancelledMail()),
        (ChangeKind.Booked, DeliveryRole.Account) => ForOwner(context, new BookingReceivedMail()),
        (ChangeKind.Moved, DeliveryRole.Account) => ForOwner(context, new BookingMovedMail { WasAt = WasAt(context) }),
        (ChangeKind.Cancelled, DeliveryRole.Account) => ForOwner(context, new BookingCancelledMail()),
        (ChangeKind.LimitNear, _) => AboutLimit(context, new LimitNearMail()),
        (ChangeKind.LimitReached, _) => AboutLimit(context, new LimitReachedMail()),
        (ChangeKind.LimitRefused, _) => AboutLimit(context, new LimitRefusedMail { Refused = Refused(context.Letter.Limit!) }),
        var (kind, role) => throw new InvalidOperationException($"There is no mail about {kind} for {role}"),
    };

    /// <summary>In whose name: the business; for a limit the reseller, or the platform for its own accounts.</summary>
    public static string SenderName(MailContext context) =>
        !context.Letter.Delivery.IsAboutLimit ? BusinessName(context)
        : context.Account.Support is { } support ? CleanText.Line(support.Name, 80)
        : context.HasReseller ? BusinessName(context)
        : context.Platform.Name;

    public static MailFooter FooterOf(MailContext context) => new()
    {
        SenderName = SenderName(context),
        Contact = context.Letter.Delivery.IsAboutLimit ? "" : CleanText.Line(context.Account.Brand.Contact, 200),
        // Whoever helps needs no help line of their own.
        Help = context.Letter.Delivery.Role == DeliveryRole.ResellerCopy ? "" : HelpLine(context.Account.Support),
    };

    public static CalendarEntry CalendarOf(MailContext context, MailboxAddress from, MailboxAddress recipient)
    {
        var appointment = context.Appointment!;
        var url = context.ToCustomer ? ManageUrl(context) : BackOfficeUrl(context);
        var who = context.ToCustomer ? BusinessName(context) : CustomerName(context);
        return new CalendarEntry
        {
            AppointmentId = appointment.Id,
            UidDomain = context.Platform.NoReplyAddress.Split('@')[^1],
            Revision = appointment.Revision,
            Start = appointment.Start,
            End = appointment.End,
            ChangedAt = context.Letter.Delivery.FactAt,
            Cancelled = appointment.Status == AppointmentStatus.Cancelled,
            Summary = string.Join(" · ", new[] { who, CleanText.Line(context.Schedule?.Name, 60) }.Where(part => part.Length > 0)),
            Location = Place(context),
            Description = url,
            Url = new Uri(url),
            OrganizerName = BusinessName(context),
            OrganizerEmail = from.Address,
            AttendeeEmail = recipient.Address,
        };
    }

    private static CustomerMail ForCustomer(MailContext context, CustomerMail mail) => mail with
    {
        BusinessName = BusinessName(context),
        CustomerName = CleanText.Greeting(Details(context).Name),
        StartsAt = StartsAt(context),
        StartsShort = StartsShort(context),
        Length = Length(context),
        What = What(context),
        Place = Place(context),
        MayChange = MayChange(context),
        ManageUrl = ManageUrl(context),
        BookingUrl = BookingUrl(context),
    };

    /// <summary>A button that the page behind it refuses would send people in a circle.</summary>
    private static bool MayChange(MailContext context)
    {
        var (appointment, delivery) = (context.Appointment!, context.Letter.Delivery);
        var read = delivery.Role == DeliveryRole.Reminder && context.Schedule?.ReminderHours is { } hours
            ? Instant.Max(delivery.FactAt, appointment.Start - Duration.FromHours(hours))
            : delivery.FactAt;
        return context.Schedule is not { } schedule
            || Deadline.IsOpen(schedule.ChangeDeadlineMinutes, appointment.Start, read)
            || Deadline.IsOpen(schedule.CancelDeadlineMinutes, appointment.Start, read);
    }

    private static BookingMail ForOwner(MailContext context, BookingMail mail) => mail with
    {
        BusinessName = BusinessName(context),
        CustomerName = CustomerName(context),
        CustomerEmail = CleanText.Line(Details(context).Email),
        CustomerPhone = Phone(context),
        Note = CleanText.Lines(context.Appointment!.Note),
        StartsAt = StartsAt(context),
        StartsShort = StartsShort(context),
        Length = Length(context),
        What = What(context),
        Place = Place(context),
        BackOfficeUrl = BackOfficeUrl(context),
    };

    private static string Refused(LimitSnapshot limit) => limit.Refused switch
    {
        ActorKind.Staff or ActorKind.Reseller => "staff",
        ActorKind.ApiKey => "api",
        _ => "customer",
    };

    private static LimitMail AboutLimit(MailContext context, LimitMail mail) => mail with
    {
        BusinessName = BusinessName(context),
        Used = context.Letter.Limit!.Used,
        Allowed = context.Letter.Limit.Allowed,
        HelpName = CleanText.Line(context.Account.Support?.Name, 80),
        BackOfficeUrl = BackOfficeUrl(context),
        CopyOf = context.Letter.Delivery.Role == DeliveryRole.ResellerCopy ? CleanText.Line(context.Account.OwnerEmail) : "",
    };

    public static string HelpLine(SupportDetails? support) => support is null
        ? ""
        : string.Join(" · ", new[] { support.Name, support.Email, support.Phone, support.Website }
            .Select(part => CleanText.Line(part, 120)).Where(part => part.Length > 0));

    private static CustomerDetails Details(MailContext context) => context.Appointment!.Customer;

    private static string BusinessName(MailContext context) => CleanText.Line(context.Account.Brand.DisplayName, 80);

    private static string CustomerName(MailContext context) =>
        CleanText.Line(Details(context).Name, 100) is { Length: > 0 } name ? name : CleanText.Line(Details(context).Email, 100);

    private static string Phone(MailContext context) =>
        CleanText.Line(Details(context).Mobile.Length > 0 ? Details(context).Mobile : Details(context).Phone, 40);

    private static string StartsAt(MailContext context) => Words(context, context.Appointment!.Start);

    private static string WasAt(MailContext context) =>
        context.Letter.MovedFromStart is { } was && was != context.Appointment!.Start ? Words(context, was) : "";

    private static string EndsNow(MailContext context)
    {
        var appointment = context.Appointment!;
        return WasAt(context).Length == 0 && context.Letter.KnownEnd is { } known && known != appointment.End
            ? LocalWords.TimeOfSameDay(appointment.Start, appointment.End, appointment.Zone, context.Language)
            : "";
    }

    private static string Words(MailContext context, Instant instant) => LocalWords.Moment(instant, context.Appointment!.Zone, context.Language);

    private static string StartsShort(MailContext context) =>
        LocalWords.ShortMoment(context.Appointment!.Start, context.Appointment.Zone, context.Language);

    private static string Length(MailContext context) =>
        LocalWords.Length(context.Appointment!.End - context.Appointment.Start, context.Language);

    private static string Place(MailContext context) => CleanText.Line(context.Schedule?.Location, 200);

    private static string What(MailContext context)
    {
        if (context.Schedule is not { } schedule)
        {
            return "";
        }

        var resource = schedule.Resources.Count > 1 ? schedule.Resources.FirstOrDefault(one => one.Id == context.Appointment!.ResourceId)?.Name : null;
        return string.Join(", ", new[] { schedule.Name, resource }.Select(part => CleanText.Line(part, 60)).Where(part => part.Length > 0));
    }

    private static string ManageUrl(MailContext context) => context.At(Links.Manage(
        context.Account.Name, context.Appointment!.Id, ManageToken.Of(context.Secrets, context.Appointment)));

    private static string ListUrl(MailContext context) =>
        context.At(Links.OwnAppointments(context.Account.Name, CustomerLink.Token(context.Secrets, context.Letter.CustomerLink!.Id)));

    private static string BookingUrl(MailContext context) => context.At(context.Schedule is { } schedule
        ? Links.Schedule(context.Account.Name, schedule.Name)
        : Links.Account(context.Account.Name));

    private static string BackOfficeUrl(MailContext context) => context.At(Links.BackOffice(context.Account.Name));
}
