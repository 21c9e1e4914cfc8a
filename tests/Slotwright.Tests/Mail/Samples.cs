using System.Globalization;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Schedules;

namespace Slotwright.Mail;

internal static class Samples
{
    public static readonly ScheduleFace Chairs = new()
    {
        Id = 1,
        AccountId = 1,
        Name = "Chairs",
        TimeZone = "Europe/Paris",
        Description = "",
        Location = "12 rue des Lilas, Lyon",
        Resources = [new ResourceFace(1, "Chair 1"), new ResourceFace(2, "Chair 2")],
        Length = AppointmentLength.Fixed(30),
        MinimumNoticeMinutes = 0,
        HorizonDays = 365,
        ChangeDeadlineMinutes = 0,
        CancelDeadlineMinutes = 0,
        Edition = 1,
    };

    /// <summary>A client of a reseller.</summary>
    public static AccountFace Barber(string language = "en") => new()
    {
        Id = 1,
        Name = "corner-barber",
        Brand = new AccountBrand { DisplayName = "The Corner Barber", Language = language, TimeZone = "Europe/Paris", Contact = "04 78 00 00 00", Colour = "#a03c1e" },
        ResellerId = 9,
        Support = new SupportDetails { Name = "Atelier Web", Email = "bonjour@atelier.example", Phone = "+33 4 00 00 00 00", Website = "https://atelier.example" },
        AdvertLine = null,
        TakesBookings = true,
        HasFeeds = true,
        OwnerEmail = "owner@corner-barber.example",
    };

    /// <summary>A regular account.</summary>
    public static AccountFace Yoga(string language = "en") => new()
    {
        Id = 2,
        Name = "harbour-yoga",
        Brand = new AccountBrand { DisplayName = "Harbour Yoga", Language = language, TimeZone = "Europe/London" },
        ResellerId = null,
        Support = null,
        AdvertLine = null,
        TakesBookings = true,
        HasFeeds = true,
        OwnerEmail = "owner@harbour-yoga.example",
    };

    /// <summary>Thursday 10 December 2026, 14:30 in Paris.</summary>
    public static Appointment Haircut(int id = 101, string language = "en", string name = "Jane Doe", string email = "jane@customer.example") => new()
    {
        Id = id,
        AccountId = 1,
        ScheduleId = 1,
        ResourceId = 1,
        Kind = AppointmentKind.Appointment,
        Status = AppointmentStatus.Live,
        Start = Instant.FromUtc(2026, 12, 10, 13, 30),
        End = Instant.FromUtc(2026, 12, 10, 14, 0),
        Zone = "Europe/Paris",
        Customer = new CustomerDetails { Name = name, Email = email, Phone = "06 12 34 56 78" },
        Note = "A short cut, please",
        Language = language,
        Revision = 1,
        CreatedAt = MailWorld.Start,
        CreatedBy = email,
        UpdatedAt = MailWorld.Start,
        UpdatedBy = email,
        ManageSalt = id.ToString("x32", CultureInfo.InvariantCulture),
    };

    public static Appointment MovedTo(this Appointment appointment, Instant start) => appointment with
    {
        Start = start,
        End = start + (appointment.End - appointment.Start),
        Revision = appointment.Revision + 1,
    };

    public static Appointment Cancelled(this Appointment appointment) => appointment with
    {
        Status = AppointmentStatus.Cancelled,
        Revision = appointment.Revision + 1,
    };
}
