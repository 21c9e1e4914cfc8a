using System.Data.Common;
using System.Globalization;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Storage.Appointments;
using Slotwright.Storage.Resellers;
using Slotwright.Storage.Team;
using Slotwright.Team;

namespace Slotwright.Storage.Accounts;

internal sealed class AccountStore(IDatabase database, IClock clock) : IAccountStore
{
    public async Task<bool> Open(NewAccount account)
    {
        try
        {
            return await database.Write(async connection =>
            {
                if (account.ResellerId is { } reseller)
                {
                    await connection.TakeAccounts(reseller);
                    if (!await connection.IsReseller(reseller))
                    {
                        return false;
                    }
                }

                if (!await connection.Claim(UniqueNames.Account, account.FoldedName, account.Id, account.Now))
                {
                    return false;
                }

                var owner = await PersonStore.FindOrMake(connection, account.Owner, isOperator: false, account.Now) ?? throw new EmailBlocked();
                await connection.Run(
                    """
                    insert into accounts (
                        id, name, reseller_id, is_reseller, owner_person_id, api_key_hash, api_key_sealed, plan, allowed, created_at, attached_at,
                        opening_key)
                    values (
                        @id, @name, @reseller, @isReseller, @owner, @hash, @sealed, @plan, @allowed, @now, @attached, @key)
                    """,
                    ("id", account.Id),
                    ("name", account.Name),
                    ("reseller", account.ResellerId),
                    ("isReseller", account.IsReseller),
                    ("owner", owner),
                    ("hash", account.ApiKeyHash),
                    ("sealed", account.ApiKeySealed),
                    ("plan", account.PlanCode),
                    ("allowed", account.Allowed),
                    ("now", account.Now),
                    ("attached", account.ResellerId is null ? null : account.Now),
                    ("key", account.OpeningKey));
                await connection.Run(
                    "insert into memberships (person_id, account_id, created_at) values (@person, @account, @now)",
                    ("person", owner), ("account", account.Id), ("now", account.Now));
                if (account.Invitation is { } invitation && (owner == account.Owner.Id || (account.Notice is not null && !await PersonStore.HasLogin(connection, owner))))
                {
                    await LoginStore.Insert(connection, invitation.Link with { PersonId = owner });
                    await connection.Queue(invitation.Letter with { PersonId = owner }, account.Now);
                }
                else if (account.Notice is { } notice)
                {
                    await connection.Queue(notice with { PersonId = owner }, account.Now);
                }

                return true;
            });
        }
        catch (EmailBlocked)
        {
            return false;
        }
    }

    public Task<AccountRow?> Load(int accountId) => database.Read(connection => connection.First(
        """
        select a.id, a.name, a.reseller_id, a.is_reseller, a.owner_person_id, p.email, a.api_key_sealed, a.plan, a.allowed, a.trial_started_at,
            a.trial_ends_at, a.attached_at, a.paused_at, a.suspended_at, a.loses_sender
        from accounts a join persons p on p.id = a.owner_person_id where a.id = @id
        """,
        row => new AccountRow
        {
            Id = row.GetInt32(0),
            Name = row.GetString(1),
            ResellerId = row.NumberOrNull(2),
            IsReseller = row.FlagAt(3),
            OwnerPersonId = row.GetInt32(4),
            OwnerEmail = row.GetString(5),
            ApiKeySealed = row.GetString(6),
            PlanCode = row.GetString(7),
            Allowed = row.GetInt32(8),
            TrialStartedAt = row.InstantOrNull(9),
            TrialEndsAt = row.InstantOrNull(10),
            AttachedAt = row.InstantOrNull(11),
            PausedAt = row.InstantOrNull(12),
            SuspendedAt = row.InstantOrNull(13),
            LosesSender = row.FlagAt(14),
        },
        ("id", accountId)));

    public Task<AccountReference?> FindByOpeningKey(string openingKey) => Reference("a.opening_key = @value", openingKey);

    public Task<bool> BecomeReseller(int accountId) => database.Write(async connection => await connection.Run(
        "update accounts set is_reseller = 1 where id = @id and reseller_id is null", ("id", accountId)) == 1);

    public Task SenderLost(int accountId) => database.Write(connection => connection.Run(
        "update accounts set loses_sender = 0 where id = @id and loses_sender = 1", ("id", accountId)));

    public Task<AccountReference?> FindByName(string foldedName) => Owner(UniqueNames.Account, foldedName);

    public Task<AccountReference?> FindByHost(string host) => Owner(UniqueNames.Host, host);

    public Task<AccountReference?> FindByKeyHash(string sha256) => Reference("a.api_key_hash = @value", sha256);

    public Task<AccountReference?> FindBySchedule(int scheduleId) =>
        Reference("a.id = (select s.account_id from schedules s where s.id = @value)", scheduleId);

    public Task<IReadOnlyList<ScheduleListing>> Schedules(int accountId) => database.Read<IReadOnlyList<ScheduleListing>>(async connection =>
        await connection.All(
            "select id, name from schedules where account_id = @account order by created_at, id",
            row => new ScheduleListing(row.GetInt32(0), row.GetString(1)),
            ("account", accountId)));

    public Task<ScheduleListing?> Schedule(int accountId, int scheduleId) => database.Read(connection => connection.First(
        "select id, name from schedules where account_id = @account and id = @id",
        row => new ScheduleListing(row.GetInt32(0), row.GetString(1)),
        ("account", accountId), ("id", scheduleId)));

    public Task<bool> AddSchedule(int accountId, int scheduleId, string name, string foldedName, Instant now) => database.Write(async connection =>
    {
        if (!await connection.Claim(UniqueNames.Schedule, UniqueNames.InAccount(accountId, foldedName), scheduleId, now))
        {
            return false;
        }

        await connection.Run("insert into agendas (id, account_id) values (@id, @account)", ("id", scheduleId), ("account", accountId));
        await connection.Run(
            "insert into schedules (id, account_id, agenda_id, name, created_at) values (@id, @account, @id, @name, @now)",
            ("id", scheduleId), ("account", accountId), ("name", name), ("now", now));
        return true;
    });

    public Task<bool> RenameSchedule(int accountId, int scheduleId, string name, string foldedName, Instant now) => database.Write(async connection =>
    {
        var claimed = UniqueNames.InAccount(accountId, foldedName);
        if (!await connection.Claim(UniqueNames.Schedule, claimed, scheduleId, now))
        {
            return false;
        }

        // A schedule's address is its id, so its former name redirects nowhere and is free at once.
        await connection.Run(
            "delete from names where kind = @kind and owner = @id and normalised <> @claimed",
            ("kind", UniqueNames.Schedule), ("id", scheduleId), ("claimed", claimed));
        return await connection.Run(
            "update schedules set name = @name where id = @id and account_id = @account", ("name", name), ("id", scheduleId), ("account", accountId)) == 1
            ? true
            : throw new InvalidOperationException($"Account {accountId} has no schedule {scheduleId}.");
    });

    public Task<RenameAnswer> Rename(int accountId, string name, string foldedName, int mostFormerNames, Instant now) => database.Write(async connection =>
    {
        var former = Convert.ToInt32(
            await connection.Scalar(
                "select count(*) from names where kind = @kind and owner = @id and released_at is null and normalised <> @name",
                ("kind", UniqueNames.Account), ("id", accountId), ("name", foldedName)),
            CultureInfo.InvariantCulture);
        if (former > mostFormerNames)
        {
            return RenameAnswer.TooMany;
        }

        if (!await connection.Claim(UniqueNames.Account, foldedName, accountId, now))
        {
            return RenameAnswer.Taken;
        }

        await connection.Run(
            "update names set current = 0 where kind = @kind and owner = @id and normalised <> @name",
            ("kind", UniqueNames.Account), ("id", accountId), ("name", foldedName));
        return await connection.Run("update accounts set name = @name where id = @id", ("name", name), ("id", accountId)) == 1
            ? RenameAnswer.Renamed
            : throw new InvalidOperationException($"There is no account {accountId}.");
    });

    public Task ChangeApiKey(int accountId, string hash, string sealedKey) => database.Write(connection => connection.Run(
        "update accounts set api_key_hash = @hash, api_key_sealed = @sealed where id = @id", ("hash", hash), ("sealed", sealedKey), ("id", accountId)));

    public async Task<(int Past, int Customers)> CountKept(int accountId, Instant now)
    {
        const string All = "from appointments p where p.agenda_id in (select id from agendas where account_id = @account) and p.kind = 1";
        Task<int> Count(string sql, params (string, object?)[] parameters) => database.Read(async connection =>
            Convert.ToInt32(await connection.Scalar(sql, parameters), CultureInfo.InvariantCulture));
        return (
            await Count($"select count(*) {All} and (p.ends_at <= @now or p.status <> 1)", ("account", accountId), ("now", now)),
            await Count($"select count(distinct p.customer_email) {All} and p.customer_email <> ''", ("account", accountId)));
    }

    public Task<bool> StartTrial(int accountId, Instant startedAt, Instant endsAt, IReadOnlyList<PersonLetter> letters) => database.Write(async connection =>
    {
        if (await connection.Run(
            "update accounts set trial_started_at = @from, trial_ends_at = @to where id = @id and trial_started_at is null",
            ("id", accountId), ("from", startedAt), ("to", endsAt)) != 1)
        {
            return false;
        }

        foreach (var letter in letters)
        {
            await connection.Queue(letter, startedAt);
        }

        return true;
    });

    public Task ChangePlan(int accountId, string planCode, int allowed) => database.Write(async connection =>
    {
        await SetPlan(connection, accountId, planCode, allowed, clock.GetCurrentInstant());
        return true;
    });

    /// <summary>Within the transaction of what changes the plan; re-arms the limit mails that no longer hold.</summary>
    internal static async Task SetPlan(DbConnection connection, int accountId, string planCode, int allowed, Instant now)
    {
        // The row is taken before it is counted, so that no booking slips in between.
        await connection.Run("update accounts set plan = @plan, allowed = @allowed where id = @id", ("id", accountId), ("plan", planCode), ("allowed", allowed));
        var used = Convert.ToInt32(
            await connection.Scalar(AccountUse.CountStatement, ("account", accountId), ("now", now)), CultureInfo.InvariantCulture);
        await connection.Run(
            """
            update accounts set used = @used,
                near_sent = case when @used < @near then 0 else near_sent end,
                full_sent = case when @used < @allowed then 0 else full_sent end,
                refused_sent = case when @used < @allowed then 0 else refused_sent end
            where id = @id
            """,
            ("id", accountId), ("used", used), ("near", Limit.NearOf(allowed)), ("allowed", allowed));
    }

    public Task<bool> MapHost(string host, int accountId, Instant now) =>
        database.Write(connection => connection.Claim(UniqueNames.Host, host, accountId, now));

    public Task<bool> UnmapHost(string host, int accountId, Instant now) =>
        database.Write(connection => connection.Release(UniqueNames.Host, host, accountId, now));

    private Task<AccountReference?> Owner(string kind, string normalised) => database.Read(connection => connection.First(
        """
        select a.id, a.name from names n join accounts a on a.id = n.owner
        where n.kind = @kind and n.normalised = @name and n.released_at is null
        """,
        row => new AccountReference(row.GetInt32(0), row.GetString(1)),
        ("kind", kind), ("name", normalised)));

    private Task<AccountReference?> Reference(string where, object value) => database.Read(connection => connection.First(
        $"select a.id, a.name from accounts a where {where}", row => new AccountReference(row.GetInt32(0), row.GetString(1)), ("value", value)));

    /// <summary>Rolls the claim of the account's name back.</summary>
    private sealed class EmailBlocked : Exception;
}
