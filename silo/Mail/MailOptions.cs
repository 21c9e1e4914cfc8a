using System.ComponentModel.DataAnnotations;

namespace Slotwright.Mail;

/// <summary>Section <c>Mail</c>: how the outbox is worked off.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    /// <summary>Facts are kept and nothing is expanded or sent until this is false again; for load programs and maintenance.</summary>
    public bool Paused { get; set; }

    /// <summary>Connections per lane (mail server) and process; 1–32.</summary>
    [Range(1, 32)]
    public int ConnectionsPerLane { get; set; } = 4;

    /// <summary>Rows leased at a time per lane; 1–500.</summary>
    [Range(1, 500)]
    public int LeaseRows { get; set; } = 32;

    /// <summary>Facts expanded per transaction; 1–5000.</summary>
    [Range(1, 5000)]
    public int ExpandFacts { get; set; } = 500;
}
