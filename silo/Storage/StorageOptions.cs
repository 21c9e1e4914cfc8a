namespace Slotwright.Storage;

/// <summary>Section <c>Storage</c>: which database, and where the files lie.</summary>
public sealed class StorageOptions
{
    public const string Section = "Storage";

    /// <summary><c>Sqlite</c> or <c>PostgreSql</c>.</summary>
    public Dialect Provider { get; set; } = Dialect.Sqlite;

    /// <summary>Folder for the SQLite file, the secrets' key and written mails; made when missing. Run from sources: <c>data</c> beside the solution.</summary>
    public string Directory { get; set; } = "";

    /// <summary>From <c>ConnectionStrings:Slotwright</c>; needed for PostgreSQL.</summary>
    public string? ConnectionString { get; set; }
}
