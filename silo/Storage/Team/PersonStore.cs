using System.Data.Common;
using System.Globalization;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Storage.Accounts;
using Slotwright.Team;

namespace Slotwright.Storage.Team;

internal sealed class PersonStore(IDatabase database, IClock clock) : IPersonStore
{
    /// <summary>The person who has the e-mail, made when nobody has; null: it was given up less than 90 days ago.</summary>
    public static async Task<int?> FindOrMake(DbConnection connection, NewPerson person, bool isOperator, Instant now)
    {
        if (await connection.OwnerOf(UniqueNames.Email, person.NormalisedEmail) is { } existing)
        {
            return existing;
        }

        if (!await connection.Claim(UniqueNames.Email, person.NormalisedEmail, person.Id, now))
        {
            // Somebody was faster, unless the name is blocked.
            return await connection.OwnerOf(UniqueNames.Email, person.NormalisedEmail);
        }

        await connection.Run(
            """
            insert into persons (id, email, password_hash, is_operator, token_hash, token_expires_at, created_at)
            values (@id, @email, @password, @operator, @token, @expires, @now)
            """,
            ("id", person.Id),
            ("email", person.Email),
            ("password", person.PasswordHash),
            ("operator", isOperator),
            ("token", person.TokenHash),
            ("expires", person.TokenExpiresAt),
            ("now", now));
        return person.Id;
    }

    /// <summary>The person can sign in: has a password or a passkey.</summary>
    public static async Task<bool> HasLogin(DbConnection connection, int personId) => await connection.Scalar(
        """
        select 1 from persons p where p.id = @id
            and (p.password_hash is not null or exists (select 1 from passkeys k where k.person_id = p.id))
        """,
        ("id", personId)) is not null;

    public Task<PersonRow?> Load(int personId) => database.Read(connection => connection.First(
        "select id, email, password_hash, is_operator, token_hash, token_expires_at, authenticator_sealed, two_step_since from persons where id = @id",
        row => new PersonRow
        {
            Id = row.GetInt32(0),
            Email = row.GetString(1),
            PasswordHash = row.TextOrNull(2),
            IsOperator = row.FlagAt(3),
            TokenHash = row.TextOrNull(4),
            TokenExpiresAt = row.InstantOrNull(5),
            AuthenticatorSealed = row.TextOrNull(6),
            TwoStepSince = row.InstantOrNull(7),
        },
        ("id", personId)));

    public Task<int?> FindByEmail(string normalisedEmail) => database.Read(connection => connection.OwnerOf(UniqueNames.Email, normalisedEmail));

    public Task<int?> FindOwner(string foldedAccountName) => database.Read<int?>(async connection =>
        await connection.Scalar(
            """
            select a.owner_person_id from names n join accounts a on a.id = n.owner
            where n.kind = @kind and n.normalised = @name and n.released_at is null
            """,
            ("kind", UniqueNames.Account), ("name", foldedAccountName)) is { } person
            ? Convert.ToInt32(person, CultureInfo.InvariantCulture)
            : null);

    public Task<int> MakeOperator(NewPerson person) => database.Write(async connection =>
    {
        var id = await FindOrMake(connection, person, isOperator: true, clock.GetCurrentInstant())
            ?? throw new InvalidOperationException("This e-mail address was given up less than 90 days ago.");
        await connection.Run("update persons set is_operator = 1 where id = @id and is_operator = 0", ("id", id));
        return id;
    });

    public Task<bool> HasOperator() => database.Read(async connection =>
        await connection.Scalar("select 1 from persons where is_operator = 1 and password_hash is not null limit 1") is not null);

    public Task SetToken(int personId, string tokenHash, Instant expiresAt) => database.Write(connection => connection.Run(
        "update persons set token_hash = @token, token_expires_at = @expires where id = @id",
        ("id", personId), ("token", tokenHash), ("expires", expiresAt)));

    public Task<bool> SpendToken(int personId, string tokenHash, string passwordHash, Instant now) => database.Write(async connection =>
    {
        if (await connection.Run(
            """
            update persons set password_hash = @password, token_hash = null, token_expires_at = null
            where id = @id and token_hash = @token and token_expires_at > @now
            """,
            ("id", personId), ("token", tokenHash), ("password", passwordHash), ("now", now)) != 1)
        {
            return false;
        }

        await connection.Run("update sessions set ended_at = @now where person_id = @id and ended_at is null", ("id", personId), ("now", now));
        return true;
    });

    public Task Rehash(int personId, string passwordHash) => database.Write(connection => connection.Run(
        "update persons set password_hash = @password where id = @id", ("id", personId), ("password", passwordHash)));

    public Task OpenSession(int personId, SessionRow session) => database.Write(async connection =>
    {
        await connection.Run(
            """
            insert into sessions (token_hash, person_id, started_at, host, device, confirmed_at)
            values (@token, @person, @started, @host, @device, @confirmed)
            """,
            ("token", session.TokenHash),
            ("person", personId),
            ("started", session.StartedAt),
            ("host", session.Host),
            ("device", session.Device),
            ("confirmed", session.ConfirmedAt));

        // Sessions that ended are swept away: what is told of them is kept with their person.
        return await connection.Run("update persons set signed_in_at = @at where id = @person", ("at", session.StartedAt), ("person", personId));
    });

    public Task<SessionRow?> FindSession(string tokenHash, int personId) => database.Read(connection => connection.First(
        LoginStore.SessionColumns + " where token_hash = @token and person_id = @person and ended_at is null",
        LoginStore.Session,
        ("token", tokenHash), ("person", personId)));

    public Task EndSession(string tokenHash, Instant now) => database.Write(connection => connection.Run(
        "update sessions set ended_at = @now where token_hash = @token and ended_at is null", ("token", tokenHash), ("now", now)));

    public Task<IReadOnlyList<Membership>> Memberships(int personId) => database.Read<IReadOnlyList<Membership>>(async connection =>
        await connection.All(
            "select a.id, a.name, a.is_reseller from memberships m join accounts a on a.id = m.account_id where m.person_id = @person order by a.name, a.id",
            row => new Membership(row.GetInt32(0), row.GetString(1), row.FlagAt(2)),
            ("person", personId)));

    public Task<IReadOnlyList<string>> KeyRing() => database.Read<IReadOnlyList<string>>(async connection =>
        await connection.All("select sealed from key_ring order by created_at, friendly_name", row => row.GetString(0)));

    public Task AddToKeyRing(string friendlyName, string sealedXml, Instant now) => database.Write(connection => connection.Run(
        """
        insert into key_ring (friendly_name, sealed, created_at) values (@name, @sealed, @now)
        on conflict (friendly_name) do update set sealed = excluded.sealed
        """,
        ("name", friendlyName), ("sealed", sealedXml), ("now", now)));
}
