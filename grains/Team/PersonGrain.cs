using System.Globalization;
using Microsoft.AspNetCore.Identity;
using NodaTime;
using Orleans.Concurrency;
using Slotwright.Platform;

namespace Slotwright.Team;

/// <summary>Judges one person's sign-ins and changes of their login; everything that lasts is in the rows.</summary>
[Reentrant, GrainType("person")]
public sealed partial class PersonGrain(
    IPersonStore store, ILoginStore logins, Passwords passwords, LetterDesk letters, ISecrets secrets, IClock clock) : Grain, IPersonGrain
{
    /// <summary>Of links that set a first password.</summary>
    public static readonly Duration TokenLifetime = Duration.FromDays(7);

    private static readonly Duration SessionLifetime = Duration.FromDays(30);
    private static readonly Duration ResetWindow = Duration.FromHours(1);
    private const int ResetsPerWindow = 3;
    private const int LongestPassword = 128;

    // Forgotten with the activation, which idles longer than a ticket lasts. After a crash a ticket would still need a code that was never taken.
    private readonly Dictionary<string, Instant> spentTickets = [];

    private int Id => int.Parse(this.GetPrimaryKeyString(), CultureInfo.InvariantCulture);

    private Instant Now => clock.GetCurrentInstant();

    public async Task<Outcome<SignInStep, SignInRefusal>> SignIn(SignInAttempt attempt)
    {
        ArgumentNullException.ThrowIfNull(attempt);
        var person = await store.Load(Id);
        return await Judge(person, attempt.Password) switch
        {
            null => SignInRefusal.TooBusy,
            true => await AfterFirstStep(person!, attempt.Origin),
            _ => SignInRefusal.NotRecognised,
        };
    }

    public async Task<Outcome<Session, SignInRefusal>> FinishSignIn(SecondStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var person = await store.Load(Id);
        if (person?.TwoStepSince is null || !SignInTicket.IsGood(secrets, person, step.Ticket, Now) || spentTickets.ContainsKey(step.Ticket))
        {
            return SignInRefusal.TooLate;
        }

        return await TakeCode(person, step.Code) switch
        {
            CodeVerdict.Right => Spend(step.Ticket) ? await OpenSession(person, step.Origin) : SignInRefusal.TooLate,
            CodeVerdict.TooMany => SignInRefusal.TooManyCodes,
            _ => SignInRefusal.WrongCode,
        };
    }

    public async Task<Outcome<Session, SignInRefusal>> SignInByPasskey(PasskeyUse use)
    {
        ArgumentNullException.ThrowIfNull(use);
        return await store.Load(Id) is { } person && use.Passkey.IsUserVerified && await logins.UsePasskey(Id, use.Passkey)
            ? await OpenSession(person, use.Origin)
            : SignInRefusal.NotRecognised;
    }

    public async Task<Outcome<SignInStep, SignInRefusal>> SetPassword(PasswordByLink command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (await store.Load(Id) is not { } person || !await IsGood(person, command.Token))
        {
            return SignInRefusal.TokenSpent;
        }

        if (!Passwords.IsStrong(command.Password, person.Email))
        {
            return SignInRefusal.PasswordWeak;
        }

        if (await passwords.Hash(command.Password) is not { } hash)
        {
            return SignInRefusal.TooBusy;
        }

        if (!await Spend(person, command, hash))
        {
            return SignInRefusal.TokenSpent;
        }

        return await AfterFirstStep(person with { PasswordHash = hash }, command.Origin);
    }

    public async Task<bool> TokenIsGood(string token) => await store.Load(Id) is { } person && await IsGood(person, token);

    public async Task<Session?> Resume(string sessionToken)
    {
        ArgumentNullException.ThrowIfNull(sessionToken);
        return await Find(sessionToken) is { } session && await store.Load(Id) is { } person ? await Describe(person, sessionToken, session) : null;
    }

    public Task SignOut(string sessionToken) => store.EndSession(OneTimeToken.Hash(sessionToken), Now);

    public async Task AskForReset(LetterManner manner)
    {
        ArgumentNullException.ThrowIfNull(manner);
        var person = await store.Load(Id);
        var link = PersonLink.New(Id, PersonLinkKind.PasswordReset, Now);
        var letter = await letters.Write(LetterKind.PasswordReset, Id, person?.Email ?? "", manner, link.Id);
        await logins.AddLink(link, letter, ResetsPerWindow, Now - ResetWindow);
    }

    public async Task<ProofAnswer> Prove(string password, string code)
    {
        ArgumentNullException.ThrowIfNull(password);
        ArgumentNullException.ThrowIfNull(code);
        var person = await store.Load(Id);
        return await Judge(person, password) switch
        {
            null => ProofAnswer.TooBusy,
            true when person!.TwoStepSince is null || (code.Length > 0 && await TakeCode(person, code) == CodeVerdict.Right) => ProofAnswer.Proven,
            _ => ProofAnswer.NotProven,
        };
    }

    /// <summary>Null: there are too many to judge it now.</summary>
    private async Task<bool?> Judge(PersonRow? person, string password)
    {
        var verified = password.Length > LongestPassword
            ? PasswordVerificationResult.Failed
            : await passwords.Verify(person?.PasswordHash, password);
        if (verified == PasswordVerificationResult.SuccessRehashNeeded && await passwords.Hash(password) is { } better)
        {
            await store.Rehash(Id, better);
        }

        return verified is null ? null : person is not null && verified != PasswordVerificationResult.Failed;
    }

    private bool Spend(string ticket)
    {
        foreach (var old in spentTickets.Where(spent => Now - spent.Value >= SignInTicket.Lifetime).Select(spent => spent.Key).ToList())
        {
            spentTickets.Remove(old);
        }

        return spentTickets.TryAdd(ticket, Now);
    }

    private async Task<SignInStep> AfterFirstStep(PersonRow person, SignInOrigin origin) => person.TwoStepSince is null
        ? new SignInStep(await OpenSession(person, origin), null)
        : new SignInStep(null, SignInTicket.For(secrets, person, Now));

    private async Task<bool> IsGood(PersonRow person, string token) =>
        IsInvitation(person, token)
        || (PersonLink.IdOf(secrets, token) is { } id && await logins.FindLink(id) is { SetsPassword: true } link && link.IsGood(Id, Now));

    private bool IsInvitation(PersonRow person, string token) =>
        person.TokenHash is { } hash && hash == OneTimeToken.Hash(token) && Now < person.TokenExpiresAt;

    private async Task<bool> Spend(PersonRow person, PasswordByLink command, string hash) =>
        IsInvitation(person, command.Token)
            ? await store.SpendToken(Id, OneTimeToken.Hash(command.Token), hash, Now)
            : await logins.SpendPasswordLink(
                Id, PersonLink.IdOf(secrets, command.Token)!, hash, Now, await letters.Write(LetterKind.PasswordChanged, Id, person.Email, command.Manner));

    private async Task<SessionRow?> Find(string sessionToken) =>
        await store.FindSession(OneTimeToken.Hash(sessionToken), Id) is { } session && Now - session.StartedAt < SessionLifetime ? session : null;

    private async Task<Session> OpenSession(PersonRow person, SignInOrigin origin)
    {
        var token = OneTimeToken.New();
        var session = new SessionRow { TokenHash = OneTimeToken.Hash(token), StartedAt = Now, Host = origin.Host, Device = origin.Device, ConfirmedAt = Now };
        await store.OpenSession(Id, session);
        return await Describe(person, token, session);
    }

    private async Task<Session> Describe(PersonRow person, string token, SessionRow session) => new()
    {
        PersonId = person.Id,
        Email = person.Email,
        Token = token,
        StartedAt = session.StartedAt,
        Memberships = await store.Memberships(person.Id),
        IsOperator = person.IsOperator,
        Host = session.Host,
        ConfirmedAt = session.ConfirmedAt,
        HasTwoStep = person.TwoStepSince is not null,
    };
}
