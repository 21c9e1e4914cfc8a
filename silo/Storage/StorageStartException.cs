namespace Slotwright.Storage;

/// <summary>Why the storage cannot start, in one sentence that says what to do. The program ends with exit code 1.</summary>
public sealed class StorageStartException : Exception
{
    public StorageStartException()
    {
    }

    public StorageStartException(string message)
        : base(message)
    {
    }

    public StorageStartException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
