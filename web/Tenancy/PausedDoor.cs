using Slotwright.Accounts;
using Slotwright.SignIn;
using Slotwright.Team;

namespace Slotwright.Tenancy;

/// <summary>Who gets into the back office of an account that its reseller has paused: the people of that reseller alone, acting or members themselves.</summary>
public static class PausedDoor
{
    /// <summary>The one page that is open to everybody who administers the account.</summary>
    public const string Page = "/BackOffice/Paused";

    public static bool IsShutTo(HttpContext context, AccountFace account)
    {
        ArgumentNullException.ThrowIfNull(context);
        return account.IsPaused && context.ActingOrNone() is null && (context.SessionOrNone() is not { } session || IsShutTo(session, account));
    }

    public static bool IsShutTo(Session session, AccountFace account)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(account);
        return account.IsPaused && !(account.ResellerId is { } reseller && session.MayOpen(reseller));
    }
}
