using Slotwright.Accounts;
using Slotwright.SignIn;
using Slotwright.Team;

namespace Slotwright.Pages.BackOffice;

/// <summary>
/// Which settings of an account a signed-in person sees and changes, decided here alone: pages and links ask, and a page that is not
/// allowed is not there.
/// </summary>
public sealed class SetupRights
{
    /// <summary>Logo, icon and colours.</summary>
    public bool MayBrand(Session session, AccountFace account) => session.MayOpen(account.Id);

    /// <summary>Name, texts, language and zone.</summary>
    public bool MayInform(Session session, AccountFace account) => session.MayOpen(account.Id);

    /// <summary>Becoming a reseller and going back: the owner's alone, and never while the account is somebody's client.</summary>
    public bool MayResell(Session session, AccountFace account) => session.MayOpen(account.Id) && session.PersonId == account.OwnerPersonId && account.ResellerId is null;

    /// <summary>The API key opens everything that its account holds.</summary>
    public bool MaySeeKey(Session session, AccountFace account) => session.MayOpen(account.Id);
}
