using System.ComponentModel.DataAnnotations;

namespace Slotwright.Platform;

/// <summary>Section <c>Platform</c>: what this installation calls itself and where it is reached.</summary>
public sealed class PlatformOptions
{
    public const string Section = "Platform";

    /// <summary>Shown to regular accounts and resellers only; never to a reseller's client or that client's customers.</summary>
    [Required, StringLength(60)]
    public string Name { get; set; } = "Slotwright";

    /// <summary>Absolute http or https address without path: the links of mails begin with it. https in Production.</summary>
    [Required]
    public string BaseUrl { get; set; } = "http://localhost:5080";

    /// <summary>Sender of mails when an account has none of its own; a neutral no-reply address on a domain that the operator controls.</summary>
    [Required, EmailAddress]
    public string NoReplyAddress { get; set; } = "no-reply@localhost.localdomain";

    /// <summary>Whose login the first start in Production invites.</summary>
    [EmailAddress]
    public string? OperatorEmail { get; set; }
}
