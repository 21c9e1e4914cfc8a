using Slotwright.Billing;
using Slotwright.SignIn;

namespace Slotwright.Tenancy;

public static class Paying
{
    /// <summary>In what role the signed-in person pays for the account of the path; null: they do not, and no page says that there is anything to pay.</summary>
    public static PayerActor? PayerOrNone(this HttpContext http)
    {
        var account = http.Account();
        return http.SessionOrNone() is { } session && account.ResellerId is null && session.MayOpen(account.Id) ? new PayerActor(session.PersonId, null) : null;
    }
}
