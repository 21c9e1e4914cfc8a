using System.Data.Common;

namespace Slotwright.Storage;

/// <summary>
/// The one database of the installation. Work is written once in SQL that both dialects read, with <c>@name</c> parameters; where
/// they differ it asks <see cref="Dialect"/>.
/// </summary>
public interface IDatabase
{
    Dialect Dialect { get; }

    /// <summary>
    /// Runs the work in a transaction of its own and commits it; whatever it throws rolls it back and is thrown here. On SQLite it
    /// runs on the writer's thread, so it may await nothing but the connection. It may run again after a serialisation failure.
    /// </summary>
    Task<T> Write<T>(Func<DbConnection, Task<T>> work);

    /// <summary>Runs the work on a connection of the reading pool. Never decides a booking.</summary>
    Task<T> Read<T>(Func<DbConnection, Task<T>> work);
}

public enum Dialect
{
    Sqlite = 1,
    PostgreSql = 2,
}
