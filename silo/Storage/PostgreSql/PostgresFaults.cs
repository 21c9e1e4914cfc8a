using Npgsql;

namespace Slotwright.Storage.PostgreSql;

/// <summary>What an error of the server means for whoever was writing.</summary>
internal static class PostgresFaults
{
    /// <summary>The transaction lost against another one and did nothing: try it again.</summary>
    public static bool IsLostRace(this Exception fault) =>
        fault is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure };

    /// <summary>The connection or the server, not the statement; a commit may have happened.</summary>
    public static bool IsUnavailable(this Exception fault) => fault switch
    {
        PostgresException { SqlState: var state } =>
            state[..2] is "08" or "53" or "58" || (state[..2] is "57" && state != PostgresErrorCodes.QueryCanceled) || state == PostgresErrorCodes.ReadOnlySqlTransaction,
        NpgsqlException or TimeoutException or IOException or ObjectDisposedException => true,
        _ => false,
    };
}
