using Slotwright.Billing;
using Slotwright.Resellers;
using Slotwright.SignIn;

namespace Slotwright.Tenancy;

public static class Paying
{
    /// <summary>
    /// In what role the signed-in person pays for the account of the path: as its own administrator while it has no reseller, else as its reseller. Null:
    /// they do not, and no page says that there is anything to pay.
    /// </summary>
    public static PayerActor? PayerOrNone(this HttpContext http)
    {
        if (http.AccountOrNone() is not { } account || http.SessionOrNone() is not { } session)
        {
            return null;
        }

        return http.ActingOrNone() is { } acting
            ? acting.Mode == ActingMode.AsReseller && acting.ResellerId == account.ResellerId ? new PayerActor(session.PersonId, acting.ResellerId) : null
            : account.ResellerId is null && session.MayOpen(account.Id) ? new PayerActor(session.PersonId, null) : null;
    }
}
