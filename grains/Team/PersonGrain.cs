using System.Globalization;
using Microsoft.AspNetCore.Identity;
using NodaTime;
using Orleans.Concurrency;
using Slotwright.Platform;

namespace Slotwright.Team;

/// <summary>Judges one person's sign-ins; everything that lasts is in the rows.</summary>
[Reentrant, GrainType("person")]
public sealed class PersonGrain(IPersonStore store, Passwords passwords, IClock clock) : Grain, IPersonGrain
{
    /// <summary>Of links that set a password.</summary>
    public static readonly Duration TokenLifetime = Duration.FromDays(7);

    private static readonly Duration SessionLifetime = Duration.FromDays(30);
    private const int LongestPassword = 128;

    private int Id => int.Parse(this.GetPrimaryKeyString(), CultureInfo.InvariantCulture);

    public async Task<Outcome<Session, SignInRefusal>> SignIn(string password)
    {
        ArgumentNullException.ThrowIfNull(password);
        var now = clock.GetCurrentInstant();
        var person = await store.Load(Id);
        var verified = password.Length > LongestPassword
            ? PasswordVerificationResult.Failed
            : await passwords.Verify(person?.PasswordHash, password);
        if (person is null || verified == PasswordVerificationResult.Failed)
        {
            return SignInRefusal.NotRecognised;
        }

        if (verified == PasswordVerificationResult.SuccessRehashNeeded)
        {
            await store.Rehash(Id, await passwords.Hash(password));
        }

        return await OpenSession(person, now);
    }

    public async Task<Outcome<Session, SignInRefusal>> SetPassword(string token, string password)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentNullException.ThrowIfNull(password);
        var person = await store.Load(Id);
        if (person is null || !IsGood(person, token))
        {
            return SignInRefusal.TokenSpent;
        }

        if (!Passwords.IsStrong(password, person.Email))
        {
            return SignInRefusal.PasswordWeak;
        }

        var now = clock.GetCurrentInstant();
        if (!await store.SpendToken(Id, OneTimeToken.Hash(token), await passwords.Hash(password), now))
        {
            return SignInRefusal.TokenSpent;
        }

        return await OpenSession(person, now);
    }

    public async Task<bool> TokenIsGood(string token) => await store.Load(Id) is { } person && IsGood(person, token);

    public async Task<Session?> Resume(string sessionToken)
    {
        ArgumentNullException.ThrowIfNull(sessionToken);
        var startedAt = await store.FindSession(OneTimeToken.Hash(sessionToken), Id);
        return startedAt is { } started && clock.GetCurrentInstant() - started < SessionLifetime && await store.Load(Id) is { } person
            ? await Describe(person, sessionToken, started)
            : null;
    }

    public Task SignOut(string sessionToken) => store.EndSession(OneTimeToken.Hash(sessionToken), clock.GetCurrentInstant());

    private bool IsGood(PersonRow person, string token) =>
        person.TokenHash is { } hash && hash == OneTimeToken.Hash(token) && clock.GetCurrentInstant() < person.TokenExpiresAt;

    private async Task<Session> OpenSession(PersonRow person, Instant now)
    {
        var token = OneTimeToken.New();
        await store.OpenSession(OneTimeToken.Hash(token), Id, now);
        return await Describe(person, token, now);
    }

    private async Task<Session> Describe(PersonRow person, string token, Instant startedAt) => new()
    {
        PersonId = person.Id,
        Email = person.Email,
        Token = token,
        StartedAt = startedAt,
        Memberships = await store.Memberships(person.Id),
        IsOperator = person.IsOperator,
    };
}
