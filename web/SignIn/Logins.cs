using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.SignIn;

/// <summary>
/// Identity's <c>UserManager</c> over the persons' grains. A password is judged where its hash lies: the hash never comes here, and a session is
/// opened by the grain that judged, so that no page can open one without both steps.
/// </summary>
public sealed class Logins(
    IUserStore<Login> store,
    IOptions<IdentityOptions> options,
    IPasswordHasher<Login> hasher,
    IEnumerable<IUserValidator<Login>> users,
    IEnumerable<IPasswordValidator<Login>> passwords,
    ILookupNormalizer names,
    IdentityErrorDescriber errors,
    IServiceProvider services,
    ILogger<UserManager<Login>> logger,
    Grains grains,
    IHttpContextAccessor http) : UserManager<Login>(store, options, hasher, users, passwords, names, errors, services, logger)
{
    /// <summary>Never given to a person: its grain does the same work and recognises nothing, so strangers take as long as others.</summary>
    private const int NobodysId = int.MaxValue;

    private static readonly Login Nobody = new(NobodysId, "");

    /// <summary>Whose login this is; a login that recognises nothing when it is nobody's.</summary>
    public async Task<Login> FindOrNobody(string? typed) =>
        typed is { Length: > 0 and <= 254 } ? await FindByNameAsync(typed) ?? Nobody : Nobody;

    /// <summary>The first step. What could not be a password is judged all the same, as a wrong one.</summary>
    public Task<Outcome<SignInStep, SignInRefusal>> SignIn(Login login, string? password)
    {
        ArgumentNullException.ThrowIfNull(login);
        return grains.Person(login.PersonId).SignIn(new SignInAttempt(password is { Length: > 0 and <= 256 } ? password : "-", http.HttpContext!.Origin()));
    }

    /// <summary>The password of a signed-in person, asked again; Identity's own callers get the same judge.</summary>
    public override async Task<bool> CheckPasswordAsync(Login user, string password) =>
        http.HttpContext?.SessionOrNone() is { } session && session.PersonId == user.PersonId
        && (await grains.Person(user.PersonId).Confirm(session.Token, password, "")).Accepted;
}
