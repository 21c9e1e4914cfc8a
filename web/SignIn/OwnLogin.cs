using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.SignIn;

public static class OwnLoginExtensions
{
    /// <summary>The signed-in person's own view of their login; null: the session has ended meanwhile.</summary>
    public static Task<LoginFace?> OwnLogin(this Grains grains, HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(grains);
        return context.SessionOrNone() is { } session ? grains.Person(session.PersonId).Login(session.Token) : Task.FromResult<LoginFace?>(null);
    }
}
