using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Slotwright.Team;

namespace Slotwright.SignIn;

/// <summary>What the session cookie holds, in a protected ticket: the person's id and the session's token, nothing else.</summary>
public static class SessionClaims
{
    private const string Token = "session";

    public static ClaimsPrincipal ToPrincipal(this Session session) => new(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, session.PersonId.ToString(CultureInfo.InvariantCulture)),
            new Claim(Token, session.Token),
        ],
        CookieAuthenticationDefaults.AuthenticationScheme));

    /// <summary>Null for a ticket that is none of ours.</summary>
    public static (int PersonId, string Token)? Read(ClaimsPrincipal? principal) =>
        int.TryParse(principal?.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var person)
        && principal.FindFirstValue(Token) is { Length: > 0 } token
            ? (person, token)
            : null;
}
