namespace Slotwright.Resellers;

/// <summary>
/// What an account reads of those who were in it. That a reseller was, and what it asked for, concerns the account, also after the two have parted;
/// which of the reseller's people it was, under which login and from where, is the reseller's own.
/// </summary>
internal static class DiscreetAccess
{
    /// <param name="log">As it is stored.</param>
    /// <param name="names">Display names of other accounts that are or were its reseller, by id; empty: it is gone.</param>
    public static AccessLog ToTheAccount(AccessLog log, IReadOnlyDictionary<int, string> names) => log with
    {
        Sessions = [.. log.Sessions.Select(session => names.TryGetValue(session.ResellerId, out var name) ? session with { Reseller = name, Person = "" } : session)],
        Acts = [.. log.Acts.Select(act => act.ResellerId is { } id && names.TryGetValue(id, out var name) ? act with { Person = name, Address = "" } : act)],
    };
}
