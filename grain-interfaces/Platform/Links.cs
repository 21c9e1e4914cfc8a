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

    /// <summary>The reseller dashboard, on the platform's host only: the list of clients, or a page by its path below it, in lower case and without slashes around it.</summary>
    public static string Reseller(string accountName, string page = "") => $"/reseller/{Uri.EscapeDataString(accountName)}{(page.Length == 0 ? "" : "/")}{page}";

    /// <summary>What the people of a paused account see in place of their back office.</summary>
    public static string Paused(string accountName) => BackOffice(accountName, "paused");

    /// <summary>A template of a reseller: empty for its preview, else <c>apply</c>.</summary>
    public static string ResellerTemplate(string resellerName, int templateId, string page = "") =>
        Reseller(resellerName, string.Create(CultureInfo.InvariantCulture, $"templates/{templateId}{(page.Length == 0 ? "" : "/")}{page}"));

    /// <summary>All clients of a reseller as a file: <c>xlsx</c> or <c>csv</c>.</summary>
    public static string ResellerExport(string resellerName, string format) => Reseller(resellerName, $"export.{format}");

    /// <summary>Where a reseller's form logs in to one of its clients.</summary>
    public static string ActAs(string resellerAccount) => Reseller(resellerAccount, "act");

    /// <summary>What a reseller's people did in one of its clients.</summary>
    public static string Access(string resellerAccount, int clientId) => Reseller(resellerAccount, string.Create(CultureInfo.InvariantCulture, $"access/{clientId}"));

    /// <summary>In which role a reseller is logged in to the account.</summary>
    public static string Role(string accountName) => BackOffice(accountName, "role");

    /// <summary>Where people of an account that the operator closed are led.</summary>
    public static string Suspended(string accountName) => BackOffice(accountName, "suspended");

    /// <summary>The operator's pages, on the platform's host only: the overview, or a page by its path below it, in lower case and without slashes around it.</summary>
    public static string Operator(string page = "") => $"/platform{(page.Length == 0 ? "" : "/")}{page}";
    /// <summary>A client account on its reseller's dashboard: empty for its page, else <c>detach</c>, <c>delete</c>, <c>export.zip</c>.</summary>
    public static string Client(string resellerName, int clientId, string page = "") =>
        Reseller(resellerName, string.Create(CultureInfo.InvariantCulture, $"clients/{clientId}{(page.Length == 0 ? "" : "/")}{page}"));

    /// <summary>"Subscription status", for whoever pays.</summary>
    public static string Subscription(string accountName) => BackOffice(accountName, "subscription");

    /// <summary>Where a reseller deletes a client account.</summary>
    public static string ClientDeletion(string resellerAccount, int clientId) => Reseller(resellerAccount, string.Create(CultureInfo.InvariantCulture, $"clients/{clientId}/delete"));

    /// <summary>What a regular account was charged in a month such as <c>2026-12</c>.</summary>
    public static string OwnStatement(string accountName, string month) => $"{Subscription(accountName)}/{Uri.EscapeDataString(month)}";

    /// <summary>A reseller's statements: their list, or that of a month such as <c>2026-12</c>.</summary>
    public static string Statements(string accountName, string month = "") =>
        Reseller(accountName, month.Length == 0 ? "statements" : $"statements/{Uri.EscapeDataString(month)}");

    /// <summary>What calendar programs subscribe to. It names no account, so that it outlives a change of name.</summary>
    public static string CalendarFeed(string token) => $"/feed/{token}.ics";

    /// <summary>A picture of the account's brand by its random name.</summary>
    public static string BrandPicture(string accountName, string picture) => $"/brand/{Uri.EscapeDataString(accountName)}/picture/{picture}.png";

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

    /// <summary>A page of the platform about itself, on its own host only: <c>resellers</c>, <c>affiliates</c>, <c>plans</c>, <c>terms</c>, <c>signup</c>; empty for the front page.</summary>
    public static string Platform(string page = "") => "/" + page;

    /// <summary>Links made on this flow from now on are followed on that account's own host; null: on the platform's.</summary>
    public static void FollowedOnHostOf(string? accountName) => OwnHostOf.Value = accountName;

    // Every function that begins with an account's path ends here.
    private static string Here(string path) => OwnHostOf.Value is { } accountName ? HostPaths.Outward(path, accountName) : path;
}
