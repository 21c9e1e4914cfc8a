using System.Data.Common;
using System.Globalization;
using Slotwright.Resellers;
using Slotwright.Storage.Team;
using Slotwright.Team;

namespace Slotwright.Storage.Resellers;

internal sealed class HandOverStore(IDatabase database) : IHandOverStore
{
    public async Task<HandOverRefusal?> HandOver(NewAdministrator command)
    {
        try
        {
            return await database.Write<HandOverRefusal?>(connection => HandOver(connection, command));
        }
        catch (AlreadyTheirs)
        {
            return HandOverRefusal.Unchanged;
        }
    }

    private static async Task<HandOverRefusal?> HandOver(DbConnection connection, NewAdministrator command)
    {
        var (proof, now) = (command.Proof, command.Now);
        await connection.Run("update accounts set id = id where id = @account", ("account", proof.AccountId));
        if (await ActingStore.Find(connection, proof, now) is not { Mode: ActingMode.AsReseller })
        {
            return HandOverRefusal.Ended;
        }

        if (await connection.Scalar(
            "select 1 from sessions where token_hash = @session and confirmed_at > @since", ("session", proof.SessionHash), ("since", now - Session.ConfirmedFor)) is null)
        {
            return HandOverRefusal.NotConfirmed;
        }

        if (await PersonStore.FindOrMake(connection, command.Person, isOperator: false, now) is not { } next)
        {
            return HandOverRefusal.EmailInvalid;
        }

        var former = (await connection.First(
            "select p.id, p.email from accounts a join persons p on p.id = a.owner_person_id where a.id = @account",
            row => new { Id = row.GetInt32(0), Email = row.GetString(1) },
            ("account", proof.AccountId)))!;
        if (former.Id == next)
        {
            throw new AlreadyTheirs();
        }

        // While it is still theirs: a letter to a person goes out in the name of an account that they belong to.
        await connection.Queue(command.Farewell with { PersonId = former.Id, Recipient = former.Email }, now);
        await connection.Run("update accounts set owner_person_id = @next where id = @account", ("next", next), ("account", proof.AccountId));
        await connection.Run("delete from memberships where account_id = @account and person_id = @former", ("account", proof.AccountId), ("former", former.Id));
        await connection.Run(
            "insert into memberships (person_id, account_id, created_at) values (@next, @account, @now) on conflict (person_id, account_id) do nothing",
            ("next", next), ("account", proof.AccountId), ("now", now));
        await Tell(connection, command, next);
        return null;
    }

    private static async Task Tell(DbConnection connection, NewAdministrator command, int next)
    {
        var (email, hasPassword) = (await connection.First(
            "select email, case when password_hash is null then 0 else 1 end from persons where id = @id",
            row => Tuple.Create(row.GetString(0), row.FlagAt(1)),
            ("id", next)))!;
        if (hasPassword || Convert.ToInt32(await connection.Scalar("select count(*) from passkeys where person_id = @id", ("id", next)), CultureInfo.InvariantCulture) > 0)
        {
            await connection.Queue(command.Notice with { PersonId = next, Recipient = email }, command.Now);
            return;
        }

        await LoginStore.Insert(connection, command.Invitation.Link with { PersonId = next });
        await connection.Queue(command.Invitation.Letter with { PersonId = next, Recipient = email }, command.Now);
    }

    /// <summary>Rolls back.</summary>
    private sealed class AlreadyTheirs : Exception;
}
