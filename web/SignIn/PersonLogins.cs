using System.Buffers.Text;
using System.Globalization;
using Microsoft.AspNetCore.Identity;
using NodaTime;
using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.SignIn;

/// <summary>
/// Identity's store over the persons' grains: finds logins and keeps passkeys. Password hashes, authenticator secrets and recovery codes
/// are judged by the grain and have no methods here. Persons are made and renamed by the grains' own commands.
/// </summary>
public sealed class PersonLogins(Grains grains, IHttpContextAccessor http) : IUserPasskeyStore<Login>
{
    public Task<string> GetUserIdAsync(Login user, CancellationToken cancellationToken) => Task.FromResult(Text(user.PersonId));

    public Task<string?> GetUserNameAsync(Login user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task<string?> GetNormalizedUserNameAsync(Login user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Email);

    public Task<Login?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Task.FromResult(
        int.TryParse(userId, NumberStyles.None, CultureInfo.InvariantCulture, out var person) && person > 0 ? new Login(person, "") : null);

    /// <summary>By e-mail or account name, folded by the directory.</summary>
    public async Task<Login?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        await grains.Directory.PersonByLogin(normalizedUserName) is { } person ? new Login(person, normalizedUserName) : null;

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Login user, CancellationToken cancellationToken) =>
        [.. (await grains.Person(user.PersonId).Passkeys()).Select(Info)];

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Login user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var id = Base64Url.EncodeToString(credentialId);
        return (await grains.Person(user.PersonId).Passkeys()).FirstOrDefault(passkey => passkey.CredentialId == id) is { } known ? Info(known) : null;
    }

    /// <summary>Nobody: that a credential is new is judged by its row's key when it is added.</summary>
    public Task<Login?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) => Task.FromResult<Login?>(null);

    public async Task AddOrUpdatePasskeyAsync(Login user, UserPasskeyInfo passkey, CancellationToken cancellationToken)
    {
        var added = await grains.Person(user.PersonId).AddPasskey(SessionToken, Of(passkey));
        if (!added.Accepted)
        {
            throw new PasskeyNotKeptException(added.Refusal.Value);
        }
    }

    public Task RemovePasskeyAsync(Login user, byte[] credentialId, CancellationToken cancellationToken) =>
        grains.Person(user.PersonId).RemovePasskey(SessionToken, Base64Url.EncodeToString(credentialId));

    public Task SetUserNameAsync(Login user, string? userName, CancellationToken cancellationToken) => throw Elsewhere();

    public Task SetNormalizedUserNameAsync(Login user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IdentityResult> CreateAsync(Login user, CancellationToken cancellationToken) => throw Elsewhere();

    /// <summary>What was to be stored is stored: Identity calls this after each change.</summary>
    public Task<IdentityResult> UpdateAsync(Login user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Success);

    public Task<IdentityResult> DeleteAsync(Login user, CancellationToken cancellationToken) => throw Elsewhere();

    public void Dispose()
    {
    }

    /// <summary>As the grain keeps it.</summary>
    public static Passkey Of(UserPasskeyInfo info) => new()
    {
        CredentialId = Base64Url.EncodeToString(info.CredentialId),
        Name = info.Name ?? "",
        PublicKey = Convert.ToBase64String(info.PublicKey),
        SignCount = info.SignCount,
        Transports = string.Join(',', info.Transports ?? []),
        IsUserVerified = info.IsUserVerified,
        IsBackupEligible = info.IsBackupEligible,
        IsBackedUp = info.IsBackedUp,
        CreatedAt = Instant.FromDateTimeOffset(info.CreatedAt),
    };

    private static UserPasskeyInfo Info(Passkey passkey) => new(
        Base64Url.DecodeFromChars(passkey.CredentialId),
        Convert.FromBase64String(passkey.PublicKey),
        passkey.CreatedAt.ToDateTimeOffset(),
        (uint)passkey.SignCount,
        passkey.Transports.Split(',', StringSplitOptions.RemoveEmptyEntries),
        passkey.IsUserVerified,
        passkey.IsBackupEligible,
        passkey.IsBackedUp,
        [],
        [])
    {
        Name = passkey.Name,
    };

    private string SessionToken => http.HttpContext?.SessionOrNone()?.Token ?? "";

    private static string Text(int personId) => personId.ToString(CultureInfo.InvariantCulture);

    private static NotSupportedException Elsewhere() => new("Persons are made and changed by commands of their grain.");
}

/// <summary>The grain did not keep a passkey.</summary>
public sealed class PasskeyNotKeptException : Exception
{
    public PasskeyNotKeptException()
    {
    }

    public PasskeyNotKeptException(string message)
        : base(message)
    {
    }

    public PasskeyNotKeptException(string message, Exception inner)
        : base(message, inner)
    {
    }

    public PasskeyNotKeptException(LoginRefusal refusal)
        : this(refusal.ToString()) => Refusal = refusal;

    public LoginRefusal Refusal { get; }
}

/// <summary>Logins are compared as the grains fold them: nothing is changed before.</summary>
internal sealed class AsTyped : ILookupNormalizer
{
    public string? NormalizeName(string? name) => name;

    public string? NormalizeEmail(string? email) => email;
}
