namespace Slotwright.Secrets;

/// <summary>Section <c>Secrets</c>: what sealed texts are sealed with. Whoever has it and the database can read them.</summary>
public sealed class SecretsOptions
{
    public const string Section = "Secrets";

    /// <summary>
    /// 16 characters at least, the same on every node, better random than memorable; losing it loses every sealed text. Needed with
    /// PostgreSQL. With SQLite empty means: a random key in the file <c>secrets.key</c> beside the database.
    /// </summary>
    public string? Passphrase { get; set; }
}
