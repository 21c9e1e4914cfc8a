using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Slotwright.Resellers;

namespace Slotwright.Storage.Resellers;

/// <summary>
/// Appends to an account's audit, within the transaction of what the row tells of. Every row carries the hash of the one before, and the head the
/// hash of the last.
/// </summary>
internal static class AuditChain
{
    public const string Columns = "account_id, seq, at, person_id, acting_id, reseller_id, mode, act, path, address, outcome, prev_hash, hash";

    private const int MostActCharacters = 80;
    private const int MostPathCharacters = 300;
    private const int MostAddressCharacters = 45;

    /// <summary>The hash of the row before, where there is none.</summary>
    public static string Beginning { get; } = new('0', 64);

    public static async Task Append(
        this DbConnection connection, int accountId, int personId, AuditedAct act, Instant now, int? actingId = null, int? resellerId = null, ActingMode? mode = null)
    {
        // The head's row is taken first: writers of one account's chain go one after another.
        await connection.Run(
            """
            insert into audit_heads (account_id, seq, hash) values (@account, 0, @beginning)
            on conflict (account_id) do update set seq = audit_heads.seq
            """,
            ("account", accountId), ("beginning", Beginning));
        var (seq, previous) = (await connection.First(
            "select seq, hash from audit_heads where account_id = @account", row => Tuple.Create(row.GetInt32(0), row.GetString(1)), ("account", accountId)))!;
        var entry = new AuditRow
        {
            AccountId = accountId,
            Seq = seq + 1,
            At = now.ToUnixTimeMilliseconds(),
            PersonId = personId,
            ActingId = actingId,
            ResellerId = resellerId,
            Mode = (int?)mode,
            Act = Cut(act.Act, MostActCharacters),
            Path = Cut(act.Path, MostPathCharacters),
            Address = Cut(act.Address, MostAddressCharacters),
            Outcome = (int)act.Outcome,
            PreviousHash = previous,
        };
        await connection.Run(
            $"""
            insert into audit ({Columns})
            values (@account, @seq, @at, @person, @acting, @reseller, @mode, @act, @path, @address, @outcome, @previous, @hash)
            """,
            ("account", entry.AccountId),
            ("seq", entry.Seq),
            ("at", entry.At),
            ("person", entry.PersonId),
            ("acting", entry.ActingId),
            ("reseller", entry.ResellerId),
            ("mode", entry.Mode),
            ("act", entry.Act),
            ("path", entry.Path),
            ("address", entry.Address),
            ("outcome", entry.Outcome),
            ("previous", entry.PreviousHash),
            ("hash", entry.Hash()));
        await connection.Run(
            "update audit_heads set seq = @seq, hash = @hash where account_id = @account", ("seq", entry.Seq), ("hash", entry.Hash()), ("account", accountId));
    }

    public static AuditRow Read(DbDataReader row) => new()
    {
        AccountId = row.GetInt32(0),
        Seq = row.GetInt32(1),
        At = row.GetInt64(2),
        PersonId = row.GetInt32(3),
        ActingId = row.NumberOrNull(4),
        ResellerId = row.NumberOrNull(5),
        Mode = row.NumberOrNull(6),
        Act = row.GetString(7),
        Path = row.GetString(8),
        Address = row.GetString(9),
        Outcome = row.GetInt32(10),
        PreviousHash = row.GetString(11),
    };

    // Neither dialect takes a NUL in a text, and half a surrogate pair is not one character.
    private static string Cut(string text, int most)
    {
        var clean = text.Replace("\0", "", StringComparison.Ordinal);
        return clean.Length <= most ? clean : clean[..(char.IsHighSurrogate(clean[most - 1]) ? most - 1 : most)];
    }
}

/// <summary>One row of the chain as it is stored, without its own hash.</summary>
internal sealed record AuditRow
{
    public required int AccountId { get; init; }

    public required int Seq { get; init; }

    public required long At { get; init; }

    public required int PersonId { get; init; }

    public required int? ActingId { get; init; }

    public required int? ResellerId { get; init; }

    public required int? Mode { get; init; }

    public required string Act { get; init; }

    public required string Path { get; init; }

    public required string Address { get; init; }

    public required int Outcome { get; init; }

    public required string PreviousHash { get; init; }

    /// <summary>Over every part with its length before it, so that no two rows read alike.</summary>
    public string Hash()
    {
        var text = new StringBuilder();
        string?[] parts =
        [
            PreviousHash, Text(AccountId), Text(Seq), At.ToString(CultureInfo.InvariantCulture), Text(PersonId), Text(ActingId), Text(ResellerId), Text(Mode), Act, Path,
            Address, Text(Outcome),
        ];
        foreach (var part in parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{part?.Length ?? -1}:{part};");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
