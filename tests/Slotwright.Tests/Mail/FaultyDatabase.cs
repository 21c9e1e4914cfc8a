using System.Data.Common;
using Slotwright.Platform;
using Slotwright.Storage;

namespace Slotwright.Mail;

/// <summary>The database, until it is told to take no more writes: to whoever writes then, it is as if its process had been killed.</summary>
internal sealed class FaultyDatabase(IDatabase inner) : IDatabase
{
    public bool WritesFail { get; set; }

    public Dialect Dialect => inner.Dialect;

    public Task<T> Write<T>(Func<DbConnection, Task<T>> work) =>
        WritesFail ? Task.FromException<T>(new StorageUnavailableException()) : inner.Write(work);

    public Task<T> Read<T>(Func<DbConnection, Task<T>> work) => inner.Read(work);
}
