using NodaTime;
using Npgsql;

namespace Slotwright.Storage.Upkeep;

/// <summary>
/// Keeps the tables that a restore replaces in a schema of their own until the new ones are loaded, migrated and looked after; a
/// restore that is killed in between leaves them there.
/// </summary>
internal sealed class PostgresSwap(string connectionString, Instant now)
{
    public const string Prefix = "before_restore_";

    private readonly string aside = $"{Prefix}{now.ToUnixTimeMilliseconds()}";
    private bool isAside;

    public async Task<bool> HasTables() =>
        await Scalar("select count(*) from information_schema.tables where table_schema = 'public'") is not 0L;

    /// <summary>The name of a silo that said within two minutes that it lives; null: there is none.</summary>
    public async Task<string?> LiveServer() =>
        await Scalar("select to_regclass('public.orleansmembershiptable')::text") is null
            ? null
            : await Scalar(
                """
                select siloname || ' on ' || hostname from public.orleansmembershiptable
                where status = 3 and iamalivetime > now() - interval '2 minutes' order by iamalivetime desc limit 1
                """) as string;

    public async Task SetAside()
    {
        await Run($"begin; alter schema public rename to {aside}; create schema public; grant usage on schema public to public; commit");
        isAside = true;
    }

    /// <summary>Undoes <see cref="SetAside"/>; nothing when nothing was set aside.</summary>
    public async Task PutBack()
    {
        if (isAside)
        {
            await Run($"begin; drop schema public cascade; alter schema {aside} rename to public; commit");
        }
    }

    /// <summary>Drops what was set aside.</summary>
    public async Task Forget()
    {
        if (isAside)
        {
            await Run($"drop schema {aside} cascade");
        }
    }

    private async Task<object?> Scalar(string sql)
    {
        await using var connection = await Open();
        return await connection.Scalar(sql);
    }

    private async Task Run(string sql)
    {
        await using var connection = await Open();
        await connection.Run(sql);
    }

    private async Task<NpgsqlConnection> Open()
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ToString());
        await connection.OpenAsync();
        return connection;
    }
}
