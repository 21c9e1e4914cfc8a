namespace Slotwright.Mail;

/// <summary>Section <c>Dkim</c>: the key with which mails are signed. Without a key they go out unsigned, as the mail server may sign them itself.</summary>
public sealed class DkimOptions
{
    public const string Section = "Dkim";

    /// <summary>RSA private key in PEM, 2,048 bits or more; or the path of a file that holds it. Empty: no signing.</summary>
    public string Key { get; set; } = "";

    /// <summary>The DNS label under which the public key stands: <c>s1</c> for <c>s1._domainkey.example.com</c>.</summary>
    public string Selector { get; set; } = "";

    /// <summary>Who signs; empty: the domain of <c>Platform:NoReplyAddress</c>.</summary>
    public string Domain { get; set; } = "";
}
