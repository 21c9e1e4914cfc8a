using System.Data.Common;
using System.Globalization;
using NodaTime;
using Slotwright.Team;

namespace Slotwright.Storage.Team;

internal sealed partial class LoginStore(IDatabase database) : ILoginStore
{
    public const string SessionColumns = "select token_hash, started_at, host, device, confirmed_at from sessions";

    public static SessionRow Session(DbDataReader row) => new()
    {
        TokenHash = row.GetString(0),
        StartedAt = row.InstantAt(1),
        Host = row.GetString(2),
        Device = row.GetString(3),
        ConfirmedAt = row.InstantAt(4),
    };

    public Task<bool> KeepAuthenticator(int personId, string sealedSecret) => database.Write(async connection =>
        await connection.Run(
            "update persons set authenticator_sealed = @secret where id = @id and two_step_since is null",
            ("id", personId), ("secret", sealedSecret)) == 1);

    public Task<bool> TakeStep(int personId, long step) => database.Write(async connection =>
        await connection.Run(
            "update persons set last_step = @step where id = @id and last_step < @step and two_step_since is not null",
            ("id", personId), ("step", step)) == 1);

    public Task<bool> StartTwoStep(int personId, long step, IReadOnlyList<string> codeProofs, string keptTokenHash, Instant now, PersonLetter letter) =>
        database.Write(async connection =>
        {
            if (await connection.Run(
                """
                update persons set two_step_since = @now, last_step = @step
                where id = @id and two_step_since is null and authenticator_sealed is not null
                """,
                ("id", personId), ("step", step), ("now", now)) != 1)
            {
                return false;
            }

            await PutCodes(connection, personId, codeProofs);
            await EndSessions(connection, personId, keptTokenHash, now);
            await connection.Queue(letter, now);
            return true;
        });

    public Task ReplaceCodes(int personId, IReadOnlyList<string> codeProofs, string keptTokenHash, Instant now) => database.Write(async connection =>
    {
        await PutCodes(connection, personId, codeProofs);
        await EndSessions(connection, personId, keptTokenHash, now);
        return true;
    });

    public Task<bool> SpendCode(int personId, string codeProof, Instant now) => database.Write(async connection =>
        await connection.Run(
            "update recovery_codes set spent_at = @now where person_id = @id and code_proof = @code and spent_at is null",
            ("id", personId), ("code", codeProof), ("now", now)) == 1);

    public Task<bool> EndTwoStep(int personId, string keptTokenHash, Instant now, PersonLetter letter) => database.Write(async connection =>
    {
        if (await connection.Run(
            "update persons set two_step_since = null, authenticator_sealed = null where id = @id and two_step_since is not null", ("id", personId)) != 1)
        {
            return false;
        }

        await connection.Run("delete from recovery_codes where person_id = @id", ("id", personId));
        await EndSessions(connection, personId, keptTokenHash, now);
        await connection.Queue(letter, now);
        return true;
    });

    public Task<LoginCounts> Count(int personId, Instant since) => database.Read(async connection =>
        (await connection.First(
            """
            select (select count(*) from recovery_codes where person_id = @id and spent_at is null),
                   (select count(*) from passkeys where person_id = @id),
                   (select count(*) from sessions where person_id = @id and ended_at is null and started_at > @since)
            """,
            row => new LoginCounts((int)row.GetInt64(0), (int)row.GetInt64(1), (int)row.GetInt64(2)),
            ("id", personId), ("since", since)))!);

    public Task<IReadOnlyList<SessionRow>> Sessions(int personId, Instant since) => database.Read<IReadOnlyList<SessionRow>>(async connection =>
        await connection.All(
            SessionColumns + " where person_id = @id and ended_at is null and started_at > @since order by started_at desc, token_hash limit 200",
            Session,
            ("id", personId), ("since", since)));

    public Task EndSession(int personId, string tokenHash, Instant now) => database.Write(connection => connection.Run(
        "update sessions set ended_at = @now where token_hash = @token and person_id = @id and ended_at is null",
        ("id", personId), ("token", tokenHash), ("now", now)));

    public Task EndOtherSessions(int personId, string keptTokenHash, Instant now) =>
        database.Write(connection => EndSessions(connection, personId, keptTokenHash, now));

    public Task ConfirmSession(int personId, string tokenHash, Instant now) => database.Write(connection => connection.Run(
        "update sessions set confirmed_at = @now where token_hash = @token and person_id = @id and ended_at is null",
        ("id", personId), ("token", tokenHash), ("now", now)));

    public Task<bool> ChangePassword(int personId, string judgedHash, string passwordHash, string keptTokenHash, Instant now, PersonLetter letter) =>
        database.Write(async connection =>
        {
            if (await connection.Run(
                "update persons set password_hash = @next, token_hash = null, token_expires_at = null where id = @id and password_hash = @judged",
                ("id", personId), ("judged", judgedHash), ("next", passwordHash)) != 1)
            {
                return false;
            }

            await SpendPasswordLinks(connection, personId, now);
            await EndSessions(connection, personId, keptTokenHash, now);
            await connection.Queue(letter, now);
            return true;
        });

    private static Task<int> EndSessions(DbConnection connection, int personId, string keptTokenHash, Instant now) => connection.Run(
        "update sessions set ended_at = @now where person_id = @id and token_hash <> @kept and ended_at is null",
        ("id", personId), ("kept", keptTokenHash), ("now", now));

    private static async Task PutCodes(DbConnection connection, int personId, IReadOnlyList<string> codeProofs)
    {
        await connection.Run("delete from recovery_codes where person_id = @id", ("id", personId));
        foreach (var proof in codeProofs)
        {
            await connection.Run("insert into recovery_codes (person_id, code_proof) values (@id, @code)", ("id", personId), ("code", proof));
        }
    }

    private static long Number(object? value) => Convert.ToInt64(value ?? 0, CultureInfo.InvariantCulture);
}
