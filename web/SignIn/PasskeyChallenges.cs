using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Slotwright.SignIn;

/// <summary>Challenges that a passkey signs: asked in one request, answered in the next by the same browser, within five minutes.</summary>
public sealed class PasskeyChallenges(IPasskeyHandler<Login> handler, IOptions<IdentityPasskeyOptions> options)
{
    public const string Scheme = "passkey-challenge";

    private const string StateClaim = "state";
    private const string ToSignIn = "sign-in";
    private const string ToAdd = "add";

    /// <summary>Passkeys belong to the platform's host: elsewhere browsers would refuse them.</summary>
    public bool WorkOn(HttpContext context) => string.Equals(context.Request.Host.Host, options.Value.ServerDomain, StringComparison.OrdinalIgnoreCase);

    /// <summary>What the browser is told, as JSON, to sign in with any passkey of this site.</summary>
    public async Task<string> ForSignIn(HttpContext context)
    {
        var made = await handler.MakeRequestOptionsAsync(null, context);
        await Keep(context, ToSignIn, made.AssertionState);
        return made.RequestOptionsJson;
    }

    /// <summary>What the browser is told, as JSON, to make a passkey of the login.</summary>
    public async Task<string> ForAdding(HttpContext context, Login login)
    {
        ArgumentNullException.ThrowIfNull(login);
        var user = new PasskeyUserEntity { Id = login.PersonId.ToString(CultureInfo.InvariantCulture), Name = login.Email, DisplayName = login.Email };
        var made = await handler.MakeCreationOptionsAsync(user, context);
        await Keep(context, ToAdd, made.AttestationState);
        return made.CreationOptionsJson;
    }

    /// <summary>Whose passkey signed the challenge; null: not one of ours, or another challenge's.</summary>
    public async Task<(Login Login, UserPasskeyInfo Passkey)?> SignedIn(HttpContext context, string credentialJson)
    {
        if (await Take(context, ToSignIn) is not { } state)
        {
            return null;
        }

        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = context, CredentialJson = credentialJson, AssertionState = state });
        return result.Succeeded ? (result.User, result.Passkey) : null;
    }

    /// <summary>The new passkey; null: the answer does not fit.</summary>
    public async Task<UserPasskeyInfo?> Added(HttpContext context, Login login, string credentialJson)
    {
        ArgumentNullException.ThrowIfNull(login);
        if (await Take(context, ToAdd) is not { } state)
        {
            return null;
        }

        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = context, CredentialJson = credentialJson, AttestationState = state });
        return result.Succeeded && result.UserEntity.Id == login.PersonId.ToString(CultureInfo.InvariantCulture) ? result.Passkey : null;
    }

    private static Task Keep(HttpContext context, string purpose, string? state) => context.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(
        [new Claim(ClaimTypes.NameIdentifier, purpose), new Claim(StateClaim, state ?? "")], Scheme)));

    /// <summary>A challenge is answered once.</summary>
    private static async Task<string?> Take(HttpContext context, string purpose)
    {
        var kept = await context.AuthenticateAsync(Scheme);
        await context.SignOutAsync(Scheme);
        return kept.Principal?.FindFirstValue(ClaimTypes.NameIdentifier) == purpose ? kept.Principal.FindFirstValue(StateClaim) : null;
    }
}
