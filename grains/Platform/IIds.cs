namespace Slotwright.Platform;

/// <summary>
/// Hands out ids that are known before the insert: positive 32-bit, never given twice on this database, with gaps. Each process
/// reserves blocks of 1,000 per kind.
/// </summary>
public interface IIds
{
    ValueTask<int> Next(IdKind kind);
}

public enum IdKind
{
    Account = 1,
    Person = 2,
    Schedule = 3,
    Resource = 4,

    /// <summary>Changes. An appointment carries the id of the change that made it.</summary>
    Change = 5,
    Delivery = 6,

    /// <summary>Acting sessions.</summary>
    Acting = 7,
}
