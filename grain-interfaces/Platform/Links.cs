using System.Globalization;

namespace Slotwright.Platform;

/// <summary>Paths that pages, mails, feeds and API answers share; always on the platform's host or the account's own, without trailing slash.</summary>
public static class Links
{
    public static string Account(string accountName) => $"/schedule/{Uri.EscapeDataString(accountName)}";

    /// <summary>Blanks of a schedule's name are underscores in its address.</summary>
    public static string Schedule(string accountName, string scheduleName) =>
        $"{Account(accountName)}/{Uri.EscapeDataString(scheduleName.Replace(' ', '_'))}";

    /// <summary>The page on which the holder of the token moves or cancels one appointment.</summary>
    public static string Manage(string accountName, int appointmentId, string manageToken) =>
        string.Create(CultureInfo.InvariantCulture, $"{Account(accountName)}/appointment/{appointmentId}/{manageToken}");

    public static string BackOffice(string accountName) => $"/a/{Uri.EscapeDataString(accountName)}";

    /// <summary>A page of the back office by its path below it, in lower case and without slashes around it: <c>calendar</c>.</summary>
    public static string BackOffice(string accountName, string page) => $"{BackOffice(accountName)}/{page}";

    /// <summary>An appointment or block, for staff.</summary>
    public static string Appointment(string accountName, int appointmentId) =>
        BackOffice(accountName, string.Create(CultureInfo.InvariantCulture, $"appointment/{appointmentId}"));

    /// <summary>What staff do with one appointment: <c>time</c>, <c>details</c> or <c>cancel</c>.</summary>
    public static string Appointment(string accountName, int appointmentId, string act) => $"{Appointment(accountName, appointmentId)}/{act}";

    public static string NewAppointment(string accountName) => BackOffice(accountName, "appointment/new");

    public static string NewBlock(string accountName) => BackOffice(accountName, "block/new");

    /// <summary>The schedules of an account as its staff set them up.</summary>
    public static string Schedules(string accountName) => BackOffice(accountName, "schedules");

    /// <summary>A page about one schedule for its staff: empty for its overview, else <c>hours</c>, <c>days</c>, <c>resources</c>, <c>booking</c>, <c>texts</c>, <c>calendars</c>.</summary>
    public static string ScheduleSettings(string accountName, int scheduleId, string page = "") =>
        string.Create(CultureInfo.InvariantCulture, $"{Schedules(accountName)}/{scheduleId}{(page.Length == 0 ? "" : "/")}{page}");

    /// <summary>The three questions that lead a new account to its first schedule.</summary>
    public static string Guide(string accountName) => BackOffice(accountName, "guide");

    /// <summary>Settings of the account: empty for its information, else <c>brand</c>.</summary>
    public static string Settings(string accountName, string page = "") => $"{BackOffice(accountName)}/settings{(page.Length == 0 ? "" : "/")}{page}";

    public static string Usage(string accountName) => BackOffice(accountName, "usage");

    /// <summary>What calendar programs subscribe to. It names no account, so that it outlives a change of name.</summary>
    public static string CalendarFeed(string token) => $"/feed/{token}.ics";

    /// <summary>A picture of the account's brand by its random name.</summary>
    public static string BrandPicture(string accountName, string picture) => $"/brand/{Uri.EscapeDataString(accountName)}/picture/{picture}.png";

    /// <summary>The page on which a one-time token sets a password.</summary>
    public static string SetPassword(int personId, string token) =>
        string.Create(CultureInfo.InvariantCulture, $"/set-password/{personId}/{token}");
}
