using System.Data.Common;
using NodaTime;
using Slotwright.Storage.Accounts;
using Slotwright.Team;

namespace Slotwright.Storage.Team;

/// <summary>Links by mail: passwords and changes of address.</summary>
internal sealed partial class LoginStore
{
    public Task<bool> AddLink(PersonLink link, PersonLetter letter, int atMost, Instant since) => database.Write(async connection =>
    {
        // The person's row is taken first, so that two requests at once are counted one after the other.
        if (await Take(connection, link.PersonId) != 1
            || Number(await connection.Scalar(
                "select count(*) from person_links where person_id = @id and kind = @kind and made_at > @since",
                ("id", link.PersonId), ("kind", link.Kind), ("since", since))) >= atMost)
        {
            return false;
        }

        await Insert(connection, link);
        await connection.Queue(letter, link.MadeAt);
        return true;
    });

    public Task<PersonLink?> FindLink(string id) => database.Read(connection => connection.First(
        "select id, person_id, kind, email, pair, made_at, expires_at, spent_at from person_links where id = @id",
        row => new PersonLink
        {
            Id = row.GetString(0),
            PersonId = row.GetInt32(1),
            Kind = (PersonLinkKind)row.GetInt32(2),
            Email = row.GetString(3),
            Pair = row.GetString(4),
            MadeAt = row.InstantAt(5),
            ExpiresAt = row.InstantAt(6),
            SpentAt = row.InstantOrNull(7),
        },
        ("id", id)));

    public Task<bool> SpendPasswordLink(int personId, string linkId, string passwordHash, Instant now, PersonLetter letter) =>
        database.Write(async connection =>
        {
            if (await Spend(connection, linkId, personId, agreed: true, now) != 1)
            {
                return false;
            }

            await connection.Run(
                "update persons set password_hash = @password, token_hash = null, token_expires_at = null where id = @id",
                ("id", personId), ("password", passwordHash));
            await SpendPasswordLinks(connection, personId, now);
            await EndSessions(connection, personId, "", now);
            await connection.Queue(letter, now);
            return true;
        });

    public Task AskEmailChange(PersonLink atNew, PersonLink atOld, IReadOnlyList<PersonLetter> letters, Instant now) => database.Write(async connection =>
    {
        await Take(connection, atNew.PersonId);
        await SpendEmailLinks(connection, atNew.PersonId, now);
        await Insert(connection, atNew);
        await Insert(connection, atOld);
        foreach (var letter in letters)
        {
            await connection.Queue(letter, now);
        }

        return true;
    });

    public Task<string?> WantedEmail(int personId, Instant now) => database.Read(async connection =>
        await connection.Scalar(
            """
            select email from person_links
            where person_id = @id and kind in (3, 4) and spent_at is null and expires_at > @now order by made_at desc limit 1
            """,
            ("id", personId), ("now", now)) as string);

    public async Task<EmailChangeState?> AgreeToEmail(PersonLink link, string normalisedEmail, PersonLink wayBack, PersonLetter letter, Instant now)
    {
        try
        {
            return await database.Write<EmailChangeState?>(async connection =>
            {
                // Both addresses may agree at the same moment: the person's row lets one of them be the second.
                await Take(connection, link.PersonId);
                if (await Spend(connection, link.Id, link.PersonId, agreed: true, now) != 1)
                {
                    return null;
                }

                if (Number(await connection.Scalar("select count(*) from person_links where pair = @pair and person_id = @id and agreed = 0", ("pair", link.Pair), ("id", link.PersonId))) > 0)
                {
                    return EmailChangeState.Waiting;
                }

                await Move(connection, link.PersonId, link.Email, normalisedEmail, now);
                await Insert(connection, wayBack);
                await connection.Queue(letter, now);
                return EmailChangeState.Changed;
            });
        }
        catch (EmailTaken)
        {
            return null;
        }
    }

    public Task<bool> RefuseEmail(PersonLink link, Instant now) => database.Write(async connection =>
    {
        await Take(connection, link.PersonId);
        if (await Spend(connection, link.Id, link.PersonId, agreed: false, now) != 1)
        {
            return false;
        }

        await SpendEmailLinks(connection, link.PersonId, now);
        return true;
    });

    public async Task<bool> SetEmailBack(PersonLink link, string normalisedEmail, PersonLink newPassword, PersonLetter letter, Instant now)
    {
        try
        {
            return await database.Write(async connection =>
            {
                await Take(connection, link.PersonId);
                if (await Spend(connection, link.Id, link.PersonId, agreed: true, now) != 1)
                {
                    return false;
                }

                await Move(connection, link.PersonId, link.Email, normalisedEmail, now);
                await SpendEmailLinks(connection, link.PersonId, now);
                await ForgetSince(connection, link, now);
                await Insert(connection, newPassword);
                await connection.Queue(letter, now);
                return true;
            });
        }
        catch (EmailTaken)
        {
            return false;
        }
    }

    /// <summary>
    /// Whoever had the login since the change may know its password, have asked for more links, moved the address on, or added ways of their own
    /// to sign in. A change before this one keeps its way back: the longer somebody had the login, the more of a right they have to it.
    /// </summary>
    private static async Task ForgetSince(DbConnection connection, PersonLink link, Instant now)
    {
        await connection.Run(
            "update person_links set spent_at = @now where person_id = @id and kind = @undo and made_at >= @change and spent_at is null",
            ("id", link.PersonId), ("undo", PersonLinkKind.EmailUndo), ("change", link.MadeAt), ("now", now));
        await SpendPasswordLinks(connection, link.PersonId, now);
        await connection.Run("update persons set password_hash = null, token_hash = null, token_expires_at = null where id = @id", ("id", link.PersonId));
        await connection.Run("delete from passkeys where person_id = @id and created_at >= @change", ("id", link.PersonId), ("change", link.MadeAt));

        // A second step from before stays with its recovery codes, which carry no time: a code alone opens nothing. A secret that still waits goes.
        if (await connection.Run(
            "update persons set two_step_since = null, authenticator_sealed = null where id = @id and (two_step_since is null or two_step_since >= @change)",
            ("id", link.PersonId), ("change", link.MadeAt)) == 1)
        {
            await connection.Run("delete from recovery_codes where person_id = @id", ("id", link.PersonId));
        }
    }

    private static Task<int> Take(DbConnection connection, int personId) => connection.Run("update persons set id = id where id = @id", ("id", personId));

    /// <summary>Within the transaction of what makes it.</summary>
    public static Task<int> Insert(DbConnection connection, PersonLink link) => connection.Run(
        """
        insert into person_links (id, person_id, kind, email, pair, made_at, expires_at)
        values (@id, @person, @kind, @email, @pair, @made, @expires)
        """,
        ("id", link.Id),
        ("person", link.PersonId),
        ("kind", link.Kind),
        ("email", link.Email),
        ("pair", link.Pair),
        ("made", link.MadeAt),
        ("expires", link.ExpiresAt));

    private static Task<int> Spend(DbConnection connection, string linkId, int personId, bool agreed, Instant now) => connection.Run(
        "update person_links set spent_at = @now, agreed = @agreed where id = @link and person_id = @id and spent_at is null and expires_at > @now",
        ("link", linkId), ("id", personId), ("agreed", agreed), ("now", now));

    private static Task<int> SpendPasswordLinks(DbConnection connection, int personId, Instant now) => connection.Run(
        "update person_links set spent_at = @now where person_id = @id and kind in (1, 2) and spent_at is null", ("id", personId), ("now", now));

    private static Task<int> SpendEmailLinks(DbConnection connection, int personId, Instant now) => connection.Run(
        "update person_links set spent_at = @now where person_id = @id and kind in (3, 4) and spent_at is null", ("id", personId), ("now", now));

    /// <summary>The former address stays blocked for others for 90 days; its owner may have it back.</summary>
    private static async Task Move(DbConnection connection, int personId, string email, string normalisedEmail, Instant now)
    {
        if (!await connection.Claim(UniqueNames.Email, normalisedEmail, personId, now))
        {
            throw new EmailTaken();
        }

        await connection.Run(
            "update names set current = 0, released_at = @now where kind = @kind and owner = @id and normalised <> @email and released_at is null",
            ("kind", UniqueNames.Email), ("id", personId), ("email", normalisedEmail), ("now", now));
        await connection.Run("update persons set email = @email where id = @id", ("id", personId), ("email", email));
        await EndSessions(connection, personId, "", now);
    }

    /// <summary>Rolls the spending of the link back.</summary>
    private sealed class EmailTaken : Exception;
}
