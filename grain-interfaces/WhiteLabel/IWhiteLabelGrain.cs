using Slotwright.Tenancy;

namespace Slotwright.WhiteLabel;

/// <summary>
/// What makes an account's service look like nobody else's: its host name, its mails' sender, its mail server. Key: the account's id. For
/// a reseller's client only its reseller may come here, which web has checked; every command says for which reseller it was made, and is
/// refused when the relation has changed meanwhile.
/// </summary>
[TenantGrain, Alias("slotwright.white-label-grain")]
public interface IWhiteLabelGrain : IGrainWithStringKey
{
    /// <summary>The host name of its own; null: it has none.</summary>
    [Alias("host")]
    Task<HostStatus?> Host();

    /// <summary>
    /// Asks for a host name, which then waits until its DNS shows the token. Asking for the same again changes nothing. A name is
    /// the account's only once it is proven: until then others may ask for it too. Refusals in the order of the enum.
    /// </summary>
    /// <param name="host">As typed: a web address, capital letters and letters outside ASCII are tidied.</param>
    /// <param name="resellerId">Whose client the account is as the page was shown; null: nobody's.</param>
    [Alias("ask-for-host")]
    Task<Outcome<HostStatus, HostRefusal>> AskForHost(string host, int? resellerId);

    /// <summary>Looks at the DNS now, at most every few seconds, and does what follows from it. Null: there is no host to look for.</summary>
    [Alias("check-host"), ResponseTimeout("00:01:00")]
    Task<HostStatus?> CheckHost();

    /// <summary>Gives the host name up, also one that the operator gave; other accounts can have it in 90 days. A repeat is harmless. False: the relation has changed.</summary>
    [Alias("release-host")]
    Task<bool> ReleaseHost(int? resellerId);

    /// <summary>The sender that is set here; null: none.</summary>
    [Alias("sender")]
    Task<SenderStatus?> Sender(WhiteLabelScope scope);

    /// <summary>
    /// Sets the address that mails are to come from, and makes a key to sign them with when its domain is another than before. Mails
    /// carry the address once the DNS of its domain allows it. Refusals in the order of the enum.
    /// </summary>
    [Alias("change-sender")]
    Task<Outcome<SenderStatus, WhiteLabelRefusal>> ChangeSender(WhiteLabelScope scope, string address, int? resellerId);

    /// <summary>As <see cref="CheckHost"/>, of the sender's domain.</summary>
    [Alias("check-sender"), ResponseTimeout("00:01:00")]
    Task<SenderStatus?> CheckSender(WhiteLabelScope scope);

    /// <summary>A repeat is harmless. False: the relation has changed.</summary>
    [Alias("remove-sender")]
    Task<bool> RemoveSender(WhiteLabelScope scope, int? resellerId);

    /// <summary>The mail server that is set here; null: none.</summary>
    [Alias("mail-server")]
    Task<MailServerStatus?> MailServer(WhiteLabelScope scope);

    /// <summary>Sets the mail server; what waits for the former one goes by this. Refusals in the order of the enum.</summary>
    [Alias("change-mail-server")]
    Task<Outcome<MailServerStatus, WhiteLabelRefusal>> ChangeMailServer(WhiteLabelScope scope, MailServerChange change, int? resellerId);

    /// <summary>Sends one mail by the server that is set and says how it went. Null: none is set.</summary>
    [Alias("try-mail-server")]
    Task<MailTry?> TryMailServer(WhiteLabelScope scope, string recipient, string language);

    /// <summary>A repeat is harmless; what waits goes by the server that applies then. False: the relation has changed.</summary>
    [Alias("remove-mail-server")]
    Task<bool> RemoveMailServer(WhiteLabelScope scope, int? resellerId);
}

/// <summary>Whom a sender or mail server is for.</summary>
[GenerateSerializer, Alias("slotwright.white-label-scope")]
public enum WhiteLabelScope
{
    /// <summary>The account itself.</summary>
    Own = 1,

    /// <summary>Every client of the account, which is a reseller, that has none of its own.</summary>
    Clients = 2,
}

/// <summary>Why a sender or mail server cannot be set.</summary>
[GenerateSerializer, Alias("slotwright.white-label-refusal")]
public enum WhiteLabelRefusal
{
    UnknownAccount = 1,

    /// <summary>Not one e-mail address with a domain.</summary>
    AddressInvalid = 2,

    /// <summary>The domain is the platform's own.</summary>
    AddressIsOurs = 3,

    /// <summary>Not a host name such as smtp.example.com.</summary>
    ServerInvalid = 4,

    /// <summary>Not one of the ports on which mail servers take mail to be sent on.</summary>
    PortInvalid = 5,

    /// <summary>The name leads nowhere, or not only to addresses of the public net.</summary>
    ServerNotPublic = 6,

    /// <summary>User and password belong together; or plain text was chosen where TLS is needed.</summary>
    SignInInvalid = 7,

    /// <summary>The account is not, or no longer, a client of that reseller; or is no reseller itself.</summary>
    RelationChanged = 8,
}
