using NodaTime;

namespace Slotwright.Team;

/// <summary>What a signed-in person does with their own login.</summary>
public sealed partial class PersonGrain
{
    private const string AuthenticatorPurpose = "authenticator";
    private const int MostPasskeys = 20;
    private const int MostWrongCodes = 10;
    private const int MostWrongPasswords = 10;

    // Both count only what somebody does who holds a session or knows the password: strangers cannot use them to lock anyone out.
    private readonly Strikes wrongCodes = new(MostWrongCodes, Duration.FromMinutes(15));
    private readonly Strikes wrongPasswords = new(MostWrongPasswords, Duration.FromMinutes(15));

    private enum CodeVerdict
    {
        Wrong,
        Right,
        TooMany,
    }

    public async Task<LoginFace?> Login(string sessionToken) =>
        await Find(sessionToken) is { } session && await store.Load(Id) is { } person ? await Face(person, session) : null;

    public async Task<Outcome<LoginFace, LoginRefusal>> Confirm(string sessionToken, string password, string code)
    {
        if (await Find(sessionToken) is not { } session || await store.Load(Id) is not { } person)
        {
            return LoginRefusal.SignedOut;
        }

        if (await Refused(person, password) is { } refusal)
        {
            return refusal;
        }

        if (person.TwoStepSince is not null && await TakeCode(person, code) is var verdict && verdict != CodeVerdict.Right)
        {
            return verdict == CodeVerdict.TooMany ? LoginRefusal.TooManyTries : LoginRefusal.WrongCode;
        }

        await logins.ConfirmSession(Id, session.TokenHash, Now);
        return await Face(person, session with { ConfirmedAt = Now });
    }

    public async Task<Outcome<LoginFace, LoginRefusal>> ChangePassword(PasswordChange command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (await Find(command.SessionToken) is not { } session || await store.Load(Id) is not { PasswordHash: { } judged } person)
        {
            return LoginRefusal.SignedOut;
        }

        if (await Refused(person, command.Present) is { } refusal)
        {
            return refusal;
        }

        if (!Passwords.IsStrong(command.Next, person.Email))
        {
            return LoginRefusal.PasswordWeak;
        }

        var letter = await letters.Write(LetterKind.PasswordChanged, Id, person.Email, command.Manner);
        return await passwords.Hash(command.Next) is not { } hash ? LoginRefusal.TooManyTries
            : !await logins.ChangePassword(Id, judged, hash, session.TokenHash, Now, letter) ? LoginRefusal.WrongPassword
            : await Face(person, session);
    }

    public async Task<Outcome<AuthenticatorSetUp, LoginRefusal>> StartTwoStep(string sessionToken)
    {
        var (person, _, refusal) = await Sensitive(sessionToken);
        if (refusal is { } no)
        {
            return no;
        }

        var secret = Authenticator.NewSecret();
        return await logins.KeepAuthenticator(Id, secrets.Seal(AuthenticatorPurpose, secret))
            ? new AuthenticatorSetUp(secret, person!.Email)
            : LoginRefusal.TwoStepUnchanged;
    }

    public async Task<AuthenticatorSetUp?> TwoStepSetUp(string sessionToken) =>
        await Sensitive(sessionToken) is ({ TwoStepSince: null, AuthenticatorSealed: { } waiting } person, _, null)
            ? new AuthenticatorSetUp(secrets.Unseal(AuthenticatorPurpose, waiting), person.Email)
            : null;

    public async Task<Outcome<RecoveryCodes, LoginRefusal>> ConfirmTwoStep(TwoStepCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var (person, session, refusal) = await Sensitive(command.SessionToken);
        if (refusal is { } no)
        {
            return no;
        }

        if (person!.TwoStepSince is not null || person.AuthenticatorSealed is not { } sealedSecret)
        {
            return LoginRefusal.TwoStepUnchanged;
        }

        if (Authenticator.StepOf(secrets.Unseal(AuthenticatorPurpose, sealedSecret), Digits(command.Code), Now) is not { } step)
        {
            return LoginRefusal.WrongCode;
        }

        var codes = NewCodes();
        return await logins.StartTwoStep(Id, step, Proofs(codes), session!.TokenHash, Now, await letters.Write(LetterKind.TwoStepOn, Id, person.Email, command.Manner))
            ? codes
            : LoginRefusal.TwoStepUnchanged;
    }

    public async Task<Outcome<RecoveryCodes, LoginRefusal>> NewRecoveryCodes(string sessionToken)
    {
        var (person, session, refusal) = await Sensitive(sessionToken);
        if (refusal is { } no)
        {
            return no;
        }

        if (person!.TwoStepSince is null)
        {
            return LoginRefusal.TwoStepUnchanged;
        }

        var codes = NewCodes();
        await logins.ReplaceCodes(Id, Proofs(codes), session!.TokenHash, Now);
        return codes;
    }

    public async Task<Outcome<LoginFace, LoginRefusal>> EndTwoStep(TwoStepCommand command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var (person, session, refusal) = await Sensitive(command.SessionToken);
        return refusal is { } no ? no
            : await logins.EndTwoStep(Id, session!.TokenHash, Now, await letters.Write(LetterKind.TwoStepOff, Id, person!.Email, command.Manner))
                ? await Face(person with { TwoStepSince = null }, session)
                : LoginRefusal.TwoStepUnchanged;
    }

    public async Task<IReadOnlyList<SessionListing>> Sessions(string sessionToken) => await Find(sessionToken) is not { } own
        ? []
        : [.. (await OpenSessions()).Select(session => new SessionListing
        {
            Id = Short(session),
            Device = session.Device,
            Host = session.Host,
            StartedAt = session.StartedAt,
            IsThis = session.TokenHash == own.TokenHash,
        })];

    public async Task EndSession(string sessionToken, string sessionId)
    {
        if (await Find(sessionToken) is not null && (await OpenSessions()).FirstOrDefault(session => Short(session) == sessionId) is { } ended)
        {
            await logins.EndSession(Id, ended.TokenHash, Now);
        }
    }

    public async Task EndOtherSessions(string sessionToken)
    {
        if (await Find(sessionToken) is { } own)
        {
            await logins.EndOtherSessions(Id, own.TokenHash, Now);
        }
    }

    public Task<IReadOnlyList<Passkey>> Passkeys() => logins.Passkeys(Id);

    public async Task<Outcome<LoginFace, LoginRefusal>> AddPasskey(string sessionToken, Passkey passkey)
    {
        ArgumentNullException.ThrowIfNull(passkey);
        var (person, session, refusal) = await Sensitive(sessionToken);
        return refusal is { } no ? no
            : passkey.Name.Length is >= 1 and <= 60 && await logins.AddPasskey(Id, passkey with { CreatedAt = Now }, MostPasskeys)
                ? await Face(person!, session!)
                : LoginRefusal.PasskeyNotAdded;
    }

    public async Task<Outcome<LoginFace, LoginRefusal>> RemovePasskey(string sessionToken, string credentialId)
    {
        var (person, session, refusal) = await Sensitive(sessionToken);
        if (refusal is { } no)
        {
            return no;
        }

        await logins.RemovePasskey(Id, credentialId);
        return await Face(person!, session!);
    }

    /// <summary>A session of this person whose sign-in is recent enough for what could lock the owner out.</summary>
    private async Task<(PersonRow? Person, SessionRow? Session, LoginRefusal? Refusal)> Sensitive(string sessionToken)
    {
        if (await Find(sessionToken) is not { } session || await store.Load(Id) is not { } person)
        {
            return (null, null, LoginRefusal.SignedOut);
        }

        return (person, session, Now - session.ConfirmedAt < Session.ConfirmedFor ? null : LoginRefusal.NotConfirmed);
    }

    private async Task<LoginRefusal?> Refused(PersonRow person, string password)
    {
        if (wrongPasswords.AreTooMany(Now))
        {
            return LoginRefusal.TooManyTries;
        }

        // Counted before it is judged: of many guesses at once, no more are judged than of many in a row.
        var strike = wrongPasswords.Add(Now);
        var right = await Judge(person, password);
        if (right != false)
        {
            wrongPasswords.TakeBack(strike);
        }

        return right switch
        {
            true => null,
            false => LoginRefusal.WrongPassword,
            null => LoginRefusal.TooManyTries,
        };
    }

    /// <summary>Takes a code of the app or a recovery code; one that was taken before is wrong.</summary>
    private async Task<CodeVerdict> TakeCode(PersonRow person, string typed)
    {
        if (wrongCodes.AreTooMany(Now))
        {
            return CodeVerdict.TooMany;
        }

        var strike = wrongCodes.Add(Now);
        var right = Digits(typed) is { Length: 6 } code
            ? person.AuthenticatorSealed is { } sealedSecret
                && Authenticator.StepOf(secrets.Unseal(AuthenticatorPurpose, sealedSecret), code, Now) is { } step
                && await logins.TakeStep(Id, step)
            : typed.Length <= 40 && await logins.SpendCode(Id, ProofOf(typed), Now);
        if (right)
        {
            wrongCodes.TakeBack(strike);
        }

        return right ? CodeVerdict.Right : CodeVerdict.Wrong;
    }

    private async Task<LoginFace> Face(PersonRow person, SessionRow session)
    {
        var counts = await logins.Count(Id, Now - SessionLifetime);
        return new LoginFace
        {
            Email = person.Email,
            HasPassword = person.PasswordHash is not null,
            TwoStepSince = person.TwoStepSince,
            RecoveryCodesLeft = counts.RecoveryCodes,
            Passkeys = counts.Passkeys,
            Sessions = counts.Sessions,
            WantedEmail = await logins.WantedEmail(Id, Now),
            ConfirmedUntil = session.ConfirmedAt + Session.ConfirmedFor,
        };
    }

    private Task<IReadOnlyList<SessionRow>> OpenSessions() => logins.Sessions(Id, Now - SessionLifetime);

    private static string Short(SessionRow session) => session.TokenHash[..16];

    private static RecoveryCodes NewCodes() => new([.. Enumerable.Range(0, RecoveryCodeRules.Count).Select(_ => RecoveryCodeRules.New())]);

    private List<string> Proofs(RecoveryCodes codes) => [.. codes.Codes.Select(ProofOf)];

    private string ProofOf(string code) => secrets.Prove("recovery-code", FormattableString.Invariant($"{Id}:{RecoveryCodeRules.Fold(code)}"));

    /// <summary>"123 456" is typed as apps show it. What is not digits only is a recovery code.</summary>
    private static string Digits(string typed) => typed.Length <= 20 ? typed.Replace(" ", "", StringComparison.Ordinal) is var code && code.All(char.IsAsciiDigit) ? code : "" : "";
}

/// <summary>Counts what went wrong lately.</summary>
internal sealed class Strikes(int most, Duration window)
{
    private readonly List<Instant> strikes = [];

    public bool AreTooMany(Instant now)
    {
        strikes.RemoveAll(strike => now - strike >= window);
        return strikes.Count >= most;
    }

    /// <summary>The strike, for <see cref="TakeBack"/>.</summary>
    public Instant Add(Instant now)
    {
        strikes.Add(now);
        return now;
    }

    public void TakeBack(Instant strike) => strikes.Remove(strike);
}
