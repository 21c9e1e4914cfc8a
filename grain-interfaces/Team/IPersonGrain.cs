using Slotwright.Tenancy;

namespace Slotwright.Team;

/// <summary>
/// One login. Key: the person's id. Answers before a tenant is known, and never says which part of a sign-in was wrong. Passwords,
/// authenticator secrets and recovery codes are judged here and never leave. Whoever acts on their own login shows the token of a
/// session of theirs; what could lock the owner out also needs a sign-in that is at most 15 minutes old.
/// </summary>
[EntranceGrain, Alias("slotwright.person-grain")]
public interface IPersonGrain : IGrainWithStringKey
{
    /// <summary>
    /// Opens a session when the password is right and no second step is set; else says that one is needed. Refuses with the same
    /// words whatever was wrong. Web slows each address; here nobody is locked out, because strangers could do that to anyone, and it
    /// would tell known logins from unknown ones.
    /// </summary>
    [Alias("sign-in")]
    Task<Outcome<SignInStep, SignInRefusal>> SignIn(SignInAttempt attempt);

    /// <summary>Opens the session that <see cref="SignIn"/> or <see cref="SetPassword"/> left at its second step (10 minutes).</summary>
    [Alias("finish-sign-in")]
    Task<Outcome<Session, SignInRefusal>> FinishSignIn(SecondStep step);

    /// <summary>Opens a session for a passkey whose signature web has checked; it counts for both steps.</summary>
    [Alias("sign-in-by-passkey")]
    Task<Outcome<Session, SignInRefusal>> SignInByPasskey(PasskeyUse use);

    /// <summary>
    /// Sets the password by a one-time token (invitation 7 days, reset 1 hour), which then is spent; all sessions end. A second step
    /// stays set and is asked for.
    /// </summary>
    [Alias("set-password")]
    Task<Outcome<SignInStep, SignInRefusal>> SetPassword(PasswordByLink command);

    /// <summary>True while the token would still set the password.</summary>
    [Alias("token-is-good")]
    Task<bool> TokenIsGood(string token);

    /// <summary>Null: ended, unknown or older than 30 days.</summary>
    [Alias("resume")]
    Task<Session?> Resume(string sessionToken);

    [Alias("sign-out")]
    Task SignOut(string sessionToken);

    /// <summary>
    /// Queues a mail with a link that sets the password, at most 3 in an hour. Answers nothing: for a person who does not exist the
    /// same work is done.
    /// </summary>
    [Alias("ask-for-reset")]
    Task AskForReset(LetterManner manner);

    /// <summary>The person's own view of their login; null: the session has ended.</summary>
    [Alias("login")]
    Task<LoginFace?> Login(string sessionToken);

    /// <summary>Asks the password again within a session, and the code where a second step is set; what is sensitive is then open for 15 minutes.</summary>
    [Alias("confirm")]
    Task<Outcome<LoginFace, LoginRefusal>> Confirm(string sessionToken, string password, string code);

    /// <summary>Ends all other sessions and tells the owner by mail.</summary>
    [Alias("change-password")]
    Task<Outcome<LoginFace, LoginRefusal>> ChangePassword(PasswordChange command);

    /// <summary>Makes a new secret for an authenticator app; nothing is asked for until <see cref="ConfirmTwoStep"/>.</summary>
    [Alias("start-two-step")]
    Task<Outcome<AuthenticatorSetUp, LoginRefusal>> StartTwoStep(string sessionToken);

    /// <summary>The secret that waits for its first code; null: none, or the sign-in is too long ago.</summary>
    [Alias("two-step-set-up")]
    Task<AuthenticatorSetUp?> TwoStepSetUp(string sessionToken);

    /// <summary>From now on sign-in has a second step. Answers the recovery codes, which are shown once.</summary>
    [Alias("confirm-two-step")]
    Task<Outcome<RecoveryCodes, LoginRefusal>> ConfirmTwoStep(TwoStepCommand command);

    /// <summary>New recovery codes; those before no longer work.</summary>
    [Alias("new-recovery-codes")]
    Task<Outcome<RecoveryCodes, LoginRefusal>> NewRecoveryCodes(string sessionToken);

    [Alias("end-two-step")]
    Task<Outcome<LoginFace, LoginRefusal>> EndTwoStep(TwoStepCommand command);

    /// <summary>Writes to both addresses; the change is made once both have agreed, within 24 hours. A request before it lapses.</summary>
    [Alias("ask-email-change")]
    Task<Outcome<LoginFace, LoginRefusal>> AskEmailChange(EmailChangeRequest command);

    /// <summary>What a link of an e-mail change is about; null: it is no longer good. Changes nothing.</summary>
    [Alias("email-change")]
    Task<EmailChange?> EmailChange(string token);

    /// <summary>Agrees, refuses or takes back by a link; null: it is no longer good, or somebody else has the address now.</summary>
    [Alias("answer-email-change")]
    Task<EmailChangeAnswer?> AnswerEmailChange(EmailChangeReply reply);

    /// <summary>Open ones, the newest first.</summary>
    [Alias("sessions")]
    Task<IReadOnlyList<SessionListing>> Sessions(string sessionToken);

    /// <summary>Ends one of the person's own sessions; one that is not theirs is left alone.</summary>
    [Alias("end-session")]
    Task EndSession(string sessionToken, string sessionId);

    [Alias("end-other-sessions")]
    Task EndOtherSessions(string sessionToken);

    /// <summary>In the order added.</summary>
    [Alias("passkeys")]
    Task<IReadOnlyList<Passkey>> Passkeys();

    [Alias("add-passkey")]
    Task<Outcome<LoginFace, LoginRefusal>> AddPasskey(string sessionToken, Passkey passkey);

    [Alias("remove-passkey")]
    Task<Outcome<LoginFace, LoginRefusal>> RemovePasskey(string sessionToken, string credentialId);

    /// <summary>
    /// Whether somebody else who acts with this person's consent knows their password, and a code where sign-in has a second step: opens no
    /// session. Says nothing about which part was wrong, and takes as long for a person who does not exist.
    /// </summary>
    [Alias("prove")]
    Task<ProofAnswer> Prove(string password, string code);
}
