using NodaTime;
using Slotwright.Resellers;
using Slotwright.SignIn;
using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice;

/// <summary>What somebody might do with an account beside its daily work.</summary>
public enum SetupAct
{
    /// <summary>Change name, texts, language and zone.</summary>
    Inform = 1,

    /// <summary>Change logo and colours.</summary>
    Brand = 2,

    /// <summary>See and change host name, icon and sender.</summary>
    WhiteLabel = 3,

    /// <summary>Take, change or end a subscription.</summary>
    Subscribe = 4,

    /// <summary>Give the account another administrator.</summary>
    HandOver = 5,

    /// <summary>See and renew the API key, which opens everything that the account holds.</summary>
    SeeKey = 6,
}

/// <summary>What comes of asking.</summary>
public enum SetupVerdict
{
    Allowed = 1,

    /// <summary>Not for whoever asks: the page is not there.</summary>
    Absent = 2,

    /// <summary>Never while acting as a client.</summary>
    Forbidden = 3,

    /// <summary>Once the password was shown within 15 minutes.</summary>
    Unconfirmed = 4,
}

/// <summary>
/// Which settings of an account a signed-in person sees and changes, decided here alone: pages and links ask. The owner of a regular account has
/// all of them; of a client's, its reseller keeps some to itself; nobody who acts gets what would last beyond the acting session.
/// </summary>
public sealed class SetupRights(IClock clock)
{
    /// <summary>What a client does not decide: its reseller does, logged in as such.</summary>
    private static readonly SetupAct[] ResellersOwn = [SetupAct.WhiteLabel, SetupAct.Subscribe, SetupAct.HandOver];

    private static readonly SetupAct[] NeverActing = [SetupAct.SeeKey];

    private static readonly SetupAct[] Weighty = [.. ResellersOwn, SetupAct.Brand];

    /// <summary>Logo and colours.</summary>
    public bool MayBrand(HttpContext http) => May(http, SetupAct.Brand);

    /// <summary>Name, texts, language and zone.</summary>
    public bool MayInform(HttpContext http) => May(http, SetupAct.Inform);

    /// <summary>Host name, icon and sender.</summary>
    public bool MayWhiteLabel(HttpContext http) => May(http, SetupAct.WhiteLabel);

    public bool MayHandOver(HttpContext http) => May(http, SetupAct.HandOver);

    public bool MaySeeKey(HttpContext http) => May(http, SetupAct.SeeKey);

    /// <summary>Shown and, when the password was shown lately where that is asked for, done.</summary>
    public bool May(HttpContext http, SetupAct act) => Judge(http, act) is SetupVerdict.Allowed or SetupVerdict.Unconfirmed;

    public SetupVerdict Judge(HttpContext http, SetupAct act)
    {
        if (http.AccountOrNone() is not { } account || !http.MayOpen(account.Id))
        {
            return SetupVerdict.Absent;
        }

        if (http.ActingOrNone() is not { } acting)
        {
            // A regular account's administrator is changed by the person's own login, not here.
            return (account.ResellerId is not null && ResellersOwn.Contains(act)) || act == SetupAct.HandOver ? SetupVerdict.Absent : SetupVerdict.Allowed;
        }

        return NeverActing.Contains(act) || (acting.Mode != ActingMode.AsReseller && ResellersOwn.Contains(act)) ? SetupVerdict.Forbidden
            : acting.Mode == ActingMode.AsReseller && Weighty.Contains(act) && !IsConfirmed(http) ? SetupVerdict.Unconfirmed
            : SetupVerdict.Allowed;
    }

    /// <summary>The password was shown within the last 15 minutes.</summary>
    public bool IsConfirmed(HttpContext http) =>
        http.SessionOrNone() is { } session && clock.GetCurrentInstant() - session.ConfirmedAt < Session.ConfirmedFor;

    /// <summary>Becoming a reseller and going back: the owner's alone, and never while the account is somebody's client.</summary>
    public static bool MayResell(HttpContext http) =>
        http.AccountOrNone() is { ResellerId: null } account && http.SessionOrNone() is { } session && session.MayOpen(account.Id) && session.PersonId == account.OwnerPersonId;
}
