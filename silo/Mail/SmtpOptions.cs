using System.ComponentModel.DataAnnotations;

namespace Slotwright.Mail;

/// <summary>Section <c>Smtp</c>: the mail server of the platform. Without a host, mails are written to files.</summary>
public sealed class SmtpOptions
{
    public const string Section = "Smtp";

    /// <summary>Empty: mails become <c>.eml</c> files under the storage directory.</summary>
    public string Host { get; set; } = "";

    /// <summary>587 goes with <see cref="SmtpSecurity.StartTls"/>, 465 with <see cref="SmtpSecurity.SslOnConnect"/>.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 587;

    public SmtpSecurity Security { get; set; } = SmtpSecurity.StartTls;

    /// <summary>Empty: no sign-in.</summary>
    public string User { get; set; } = "";

    public string Password { get; set; } = "";

    /// <summary>Seconds for one mail from connection to acceptance; 1–45, since a lease lasts 60.</summary>
    [Range(1, 45)]
    public int TimeoutSeconds { get; set; } = 30;
}

/// <summary>How the connection to the mail server is protected. There is no "when offered": a line in the middle would take it away.</summary>
public enum SmtpSecurity
{
    StartTls = 1,
    SslOnConnect = 2,

    /// <summary>Plain text; only to a loopback address.</summary>
    None = 3,
}
