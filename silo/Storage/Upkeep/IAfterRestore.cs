using System.Data.Common;
using NodaTime;

namespace Slotwright.Storage.Upkeep;

/// <summary>
/// What must happen to restored data before anything acts on it. Whoever sends registers one that holds back what was due more than
/// 24 hours before the restore: an operator decides about it. Facts that were not yet expanded (<c>changes.pending</c>)
/// are part of that.
/// </summary>
public interface IAfterRestore
{
    /// <summary>Runs in one transaction, in the restored and migrated database. Answers how many it held back.</summary>
    Task<int> Run(DbConnection connection, Instant now);
}
