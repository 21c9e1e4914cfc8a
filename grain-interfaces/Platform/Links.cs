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

    /// <summary>Where a customer asks for a link to all their appointments.</summary>
    public static string OwnAppointments(string accountName) => $"{Account(accountName)}/my-appointments";

    /// <summary>Where that link leads.</summary>
    public static string OwnAppointments(string accountName, string token) => $"{OwnAppointments(accountName)}/{token}";

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

    /// <summary>The page on which a one-time token sets a password.</summary>
    public static string SetPassword(int personId, string token) =>
        string.Create(CultureInfo.InvariantCulture, $"/set-password/{personId}/{token}");
}
