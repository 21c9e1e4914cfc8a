using System.Globalization;

namespace Slotwright.Platform;

/// <summary>
/// Paths that pages, mails, feeds and API answers share; always on the platform's host or the account's own, without trailing slash.
/// On which of them they will be followed is known of the flow, as its language is: while a request to an own host is served, that
/// account's paths are the short ones of <see cref="HostPaths"/>.
/// </summary>
public static class Links
{
    private static readonly AsyncLocal<string?> OwnHostOf = new();

    public static string Account(string accountName) => Here(HostPaths.Public(accountName));

    /// <summary>Blanks of a schedule's name are underscores in its address.</summary>
    public static string Schedule(string accountName, string scheduleName) =>
        Here($"{HostPaths.Public(accountName)}/{Uri.EscapeDataString(scheduleName.Replace(' ', '_'))}");

    /// <summary>The page on which the holder of the token moves or cancels one appointment.</summary>
    public static string Manage(string accountName, int appointmentId, string manageToken) =>
        Here(string.Create(CultureInfo.InvariantCulture, $"{HostPaths.Public(accountName)}/appointment/{appointmentId}/{manageToken}"));

    /// <summary>Where a customer asks for a link to all their appointments.</summary>
    public static string OwnAppointments(string accountName) => Here($"{HostPaths.Public(accountName)}/my-appointments");

    /// <summary>Where that link leads.</summary>
    public static string OwnAppointments(string accountName, string token) => $"{OwnAppointments(accountName)}/{token}";

    public static string BackOffice(string accountName) => Here(HostPaths.Office(accountName));

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

    /// <summary>Links made on this flow from now on are followed on that account's own host; null: on the platform's.</summary>
    public static void FollowedOnHostOf(string? accountName) => OwnHostOf.Value = accountName;

    // Every function that begins with an account's path ends here.
    private static string Here(string path) => OwnHostOf.Value is { } accountName ? HostPaths.Outward(path, accountName) : path;
}
