using Slotwright.Team;

namespace Slotwright.SignIn;

/// <summary>The session of a request, checked at the edge.</summary>
public sealed record SignedIn(Session Session);

public static class SignedInExtensions
{
    /// <summary>Null: nobody is signed in.</summary>
    public static Session? SessionOrNone(this HttpContext context) => context.Features.Get<SignedIn>()?.Session;

    /// <summary>The person administers that account.</summary>
    public static bool MayOpen(this Session session, int accountId) => session.Memberships.Any(membership => membership.AccountId == accountId);
}
