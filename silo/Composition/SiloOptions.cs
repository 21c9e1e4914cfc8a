using System.ComponentModel.DataAnnotations;

namespace Slotwright.Composition;

/// <summary>Section <c>Silo</c>: where this process's silo listens. Traffic between silos is plain TCP: loopback or a private network only.</summary>
public sealed class SiloOptions
{
    public const string Section = "Silo";

    /// <summary>web only: false makes it a client of silos elsewhere (PostgreSQL), true runs one inside.</summary>
    public bool Embedded { get; set; } = true;

    /// <summary>Silo to silo; 0: a free port (SQLite) or 11111 (PostgreSQL).</summary>
    [Range(0, 65535)]
    public int Port { get; set; }

    /// <summary>Web to silo; 0: a free port (SQLite) or 30000 (PostgreSQL).</summary>
    [Range(0, 65535)]
    public int GatewayPort { get; set; }

    /// <summary>Address that other nodes reach this silo by.</summary>
    [Required]
    public string Address { get; set; } = "127.0.0.1";
}

/// <summary>Section <c>Cluster</c>: which silos and webs belong together on one database.</summary>
public sealed class ClusterSettings
{
    public const string Section = "Cluster";

    [Required, RegularExpression("^[A-Za-z0-9-]{1,60}$", ErrorMessage = "Cluster:Id takes 1-60 letters, digits and hyphens.")]
    public string Id { get; set; } = "slotwright";

    /// <summary>Part of the documents' keys in PostgreSQL: never change it on a database in use.</summary>
    public const string ServiceId = "slotwright";
}
