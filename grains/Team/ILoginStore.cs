using NodaTime;

namespace Slotwright.Team;

/// <summary>The rows behind a person's own login: second step, sessions as listed, links, passkeys. Each method is one transaction.</summary>
public interface ILoginStore
{
    /// <summary>Replaces the secret while no second step is set; false when one is.</summary>
    Task<bool> KeepAuthenticator(int personId, string sealedSecret);

    /// <summary>Takes the code of a step; false when that step or a later one was taken before.</summary>
    Task<bool> TakeStep(int personId, long step);

    /// <summary>Switches the second step on, with the code of that step as taken, and ends all sessions but one; false when it is on.</summary>
    Task<bool> StartTwoStep(int personId, long step, IReadOnlyList<string> codeProofs, string keptTokenHash, Instant now, PersonLetter letter);

    /// <summary>Ends all sessions but one.</summary>
    Task ReplaceCodes(int personId, IReadOnlyList<string> codeProofs, string keptTokenHash, Instant now);

    /// <summary>False: unknown or spent.</summary>
    Task<bool> SpendCode(int personId, string codeProof, Instant now);

    /// <summary>Switches it off, with secret and codes, and ends all sessions but one; false when it is off.</summary>
    Task<bool> EndTwoStep(int personId, string keptTokenHash, Instant now, PersonLetter letter);

    /// <summary>Recovery codes left, passkeys, and open sessions that began after <paramref name="since"/>.</summary>
    Task<LoginCounts> Count(int personId, Instant since);

    /// <summary>Open ones that began after <paramref name="since"/>, the newest first.</summary>
    Task<IReadOnlyList<SessionRow>> Sessions(int personId, Instant since);

    Task EndSession(int personId, string tokenHash, Instant now);

    Task EndOtherSessions(int personId, string keptTokenHash, Instant now);

    Task ConfirmSession(int personId, string tokenHash, Instant now);

    /// <summary>Sets the password and ends all sessions but one; false when the hash is no longer the one that was judged.</summary>
    Task<bool> ChangePassword(int personId, string judgedHash, string passwordHash, string keptTokenHash, Instant now, PersonLetter letter);

    /// <summary>Stores link and letter unless the person is unknown or got <paramref name="atMost"/> of the kind since then.</summary>
    Task<bool> AddLink(PersonLink link, PersonLetter letter, int atMost, Instant since);

    Task<PersonLink?> FindLink(string id);

    /// <summary>Sets the password, spends the link and every other that sets a password, ends all sessions; false when it is no longer good.</summary>
    Task<bool> SpendPasswordLink(int personId, string linkId, string passwordHash, Instant now, PersonLetter letter);

    /// <summary>Stores both links and letters; those of a request before are spent.</summary>
    Task AskEmailChange(PersonLink atNew, PersonLink atOld, IReadOnlyList<PersonLetter> letters, Instant now);

    /// <summary>The address that waits for agreement; null: none.</summary>
    Task<string?> WantedEmail(int personId, Instant now);

    /// <summary>
    /// Spends the link as agreed; when the other of the pair has agreed, the person's address is changed, all sessions end, and the
    /// way back is stored with its letter. Null: the link is no longer good, or the address is somebody else's.
    /// </summary>
    Task<EmailChangeState?> AgreeToEmail(PersonLink link, string normalisedEmail, PersonLink wayBack, PersonLetter letter, Instant now);

    /// <summary>Spends both links of the pair; false when the link is no longer good.</summary>
    Task<bool> RefuseEmail(PersonLink link, Instant now);

    /// <summary>
    /// Gives the person the link's address back and ends all sessions. The password goes, with passkeys, second step and ways back that came with
    /// or after that change; the letter with the link for a new password is stored. False when the link is no longer good or the address gone.
    /// </summary>
    Task<bool> SetEmailBack(PersonLink link, string normalisedEmail, PersonLink newPassword, PersonLetter letter, Instant now);

    /// <summary>In the order added.</summary>
    Task<IReadOnlyList<Passkey>> Passkeys(int personId);

    /// <summary>False: the credential is known, or the person has <paramref name="atMost"/>.</summary>
    Task<bool> AddPasskey(int personId, Passkey passkey, int atMost);

    /// <summary>Keeps what a use changed; false when it is not this person's, or its counter went back.</summary>
    Task<bool> UsePasskey(int personId, Passkey passkey);

    Task RemovePasskey(int personId, string credentialId);
}

public sealed record LoginCounts(int RecoveryCodes, int Passkeys, int Sessions);

public sealed record SessionRow
{
    public required string TokenHash { get; init; }

    public required Instant StartedAt { get; init; }

    public required string Host { get; init; }

    public required string Device { get; init; }

    public required Instant ConfirmedAt { get; init; }
}
