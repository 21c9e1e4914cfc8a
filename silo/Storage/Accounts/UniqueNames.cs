using System.Data.Common;
using System.Globalization;
using NodaTime;

namespace Slotwright.Storage.Accounts;

/// <summary>
/// Claims and releases unique names, inside the transaction that makes or changes their owner. A released name stays blocked for
/// others for 90 days.
/// </summary>
internal static class UniqueNames
{
    public const string Email = "email";
    public const string Account = "account";
    public const string Host = "host";
    public const string Schedule = "schedule";

    private static readonly Duration Blocked = Duration.FromDays(90);

    /// <summary>Names released at or before are free for others.</summary>
    public static Instant UnblockedAt(Instant now) => now - Blocked;

    public static string InAccount(int accountId, string foldedName) => string.Create(CultureInfo.InvariantCulture, $"{accountId}/{foldedName}");

    /// <summary>False: somebody else has it, or had it less than 90 days ago; nothing was written then.</summary>
    public static async Task<bool> Claim(this DbConnection connection, string kind, string normalised, int owner, Instant now) =>
        await connection.Run(
            """
            insert into names (kind, normalised, owner, current) values (@kind, @name, @owner, 1)
            on conflict (kind, normalised) do update set owner = excluded.owner, current = 1, released_at = null
            where names.owner = excluded.owner or names.released_at <= @unblocked
            """,
            ("kind", kind), ("name", normalised), ("owner", owner), ("unblocked", UnblockedAt(now))) == 1;

    /// <summary>False: not this owner's, or released before.</summary>
    public static async Task<bool> Release(this DbConnection connection, string kind, string normalised, int owner, Instant now) =>
        await connection.Run(
            """
            update names set current = 0, released_at = @now
            where kind = @kind and normalised = @name and owner = @owner and released_at is null
            """,
            ("kind", kind), ("name", normalised), ("owner", owner), ("now", now)) == 1;

    /// <summary>Who has the name now, or had it and still lives; null: nobody.</summary>
    public static async Task<int?> OwnerOf(this DbConnection connection, string kind, string normalised) =>
        await connection.Scalar(
            "select owner from names where kind = @kind and normalised = @name and released_at is null", ("kind", kind), ("name", normalised)) is { } owner
            ? Convert.ToInt32(owner, CultureInfo.InvariantCulture)
            : null;
}
