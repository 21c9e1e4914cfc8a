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

    /// <summary>The page on which a one-time token sets a password.</summary>
    public static string SetPassword(int personId, string token) =>
        string.Create(CultureInfo.InvariantCulture, $"/set-password/{personId}/{token}");

    /// <summary>Where somebody signs in; <paramref name="returnTo"/> is a path of this site, opened afterwards.</summary>
    public static string SignIn(string? returnTo = null) => "/signin" + (returnTo is null ? "" : "?return=" + Uri.EscapeDataString(returnTo));

    /// <summary>Where a forgotten password is replaced.</summary>
    public static string ForgottenPassword(string? returnTo = null) => "/signin/forgotten" + (returnTo is null ? "" : "?return=" + Uri.EscapeDataString(returnTo));

    /// <summary>A signed-in person's own login: password, e-mail, second step, passkeys, sessions.</summary>
    public static string Login() => "/me";

    /// <summary>The page on which a link agrees to a change of e-mail, refuses it or takes it back.</summary>
    public static string EmailChange(int personId, string token) =>
        string.Create(CultureInfo.InvariantCulture, $"/email-change/{personId}/{token}");
}
