namespace Slotwright.Storage;

/// <summary>Opens and closes the database. The host does it before the silo starts and after it has stopped; commands and tests do it themselves.</summary>
public interface IStorageStart
{
    /// <summary>
    /// Takes the lock, migrates, and starts the writer; does nothing when it was done. Throws <see cref="StorageStartException"/>; without
    /// <paramref name="migrate"/> also when there is no database or a migration is missing, and has changed nothing then.
    /// </summary>
    Task Start(bool migrate = true);

    /// <summary>Commits what waits, then closes.</summary>
    Task Stop();
}

/// <summary>Whether bookings can be stored just now.</summary>
public interface IStorageHealth
{
    /// <summary>True when the writer runs and the database answers.</summary>
    Task<bool> IsReady();
}
