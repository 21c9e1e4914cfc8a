namespace Slotwright.Platform;

/// <summary>The database did not take or give what was asked; whether a write happened is not known. Try again with the same key.</summary>
[GenerateSerializer, Alias("slotwright.storage-unavailable-exception")]
public sealed class StorageUnavailableException : Exception
{
    public StorageUnavailableException()
    {
    }

    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    public StorageUnavailableException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

/// <summary>
/// This activation's picture of the agenda is no longer the stored one: nothing of the command was stored, the activation ends,
/// and the next call finds a fresh one.
/// </summary>
[GenerateSerializer, Alias("slotwright.stale-agenda-exception")]
public sealed class StaleAgendaException : Exception
{
    public StaleAgendaException()
    {
    }

    public StaleAgendaException(string message)
        : base(message)
    {
    }

    public StaleAgendaException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
