namespace Slotwright.Platform;

/// <summary>
/// The database did not answer, or a commit failed. What was asked may have happened: forget what is in memory, and repeat only
/// with the same key. Edges answer 503 with Retry-After.
/// </summary>
[GenerateSerializer, Alias("slotwright.storage-unavailable")]
public sealed class StorageUnavailableException : Exception
{
    public StorageUnavailableException()
        : base("The database is not available.")
    {
    }

    public StorageUnavailableException(string message)
        : base(message)
    {
    }

    public StorageUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
