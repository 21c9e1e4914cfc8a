using NodaTime;
using Slotwright.Appointments;

namespace Slotwright.Storage.Appointments;

/// <summary>The statements of one transaction that <see cref="AgendaBatch"/> is made of; each dialect brings its own.</summary>
internal interface IAgendaRows
{
    /// <summary>After a statement that failed the transaction still stands, and the row's other statements can be undone.</summary>
    bool RowsFailAlone { get; }

    ValueTask<AgendaHead?> Agenda(int agendaId);

    ValueTask<AccountUse?> Account(int accountId, Instant now);

    ValueTask<int> CountUpcoming(int accountId, Instant now);

    /// <summary>True when a change with this key is stored, and not older than the cutoff; an older one loses its key.</summary>
    ValueTask<bool> KnowsKey(int accountId, RepeatKey key, Instant cutoff);

    /// <summary>False: the key is known.</summary>
    ValueTask<bool> InsertChange(PendingAppend append, long version);

    ValueTask DeleteChange(int changeId);

    /// <summary>False: the place is taken, or the row is at another revision.</summary>
    ValueTask<bool> StoreAppointment(PendingAppend append);

    ValueTask InsertLimitChange(int accountId, ChangeKind kind, Instant now, string snapshot);

    ValueTask SaveAgenda(AgendaHead agenda);

    ValueTask SaveAccount(AccountUse account);
}

/// <summary>An agenda's row while a batch holds it.</summary>
internal sealed class AgendaHead(int id, int accountId, long epoch, long version)
{
    public int Id { get; } = id;

    public int AccountId { get; } = accountId;

    public long Epoch { get; } = epoch;

    public long StoredVersion { get; set; } = version;

    public long Version { get; set; } = version;
}

/// <summary>
/// Decides row by row, in the order of the queue, what a batch stores: the fence, the key, the account's limit, the place. It runs
/// inside one transaction that has these agendas and accounts to itself.
/// </summary>
internal sealed class AgendaBatch(IAgendaRows rows, Instant now)
{
    private readonly Dictionary<int, AgendaHead?> agendas = [];
    private readonly Dictionary<int, AccountUse?> accounts = [];

    public IEnumerable<AccountUse> Accounts => accounts.Values.OfType<AccountUse>();

    public async ValueTask<AgendaCommit> Store(PendingAppend append)
    {
        var write = append.Write;
        var appointment = write.Appointment;
        var agenda = await Agenda(write.AgendaId);
        if (agenda is null || agenda.Epoch != write.Epoch || agenda.AccountId != appointment.AccountId)
        {
            return new AgendaCommit(AgendaCommitResult.Fenced, 0);
        }

        var delta = Limit.CountedDelta(write, now);
        var account = delta == 0 && !write.NeedsOpenAccount ? null : await Account(appointment.AccountId);
        if (write.NeedsOpenAccount && account is { IsPaused: true })
        {
            return await IsRepeat(write) ? new AgendaCommit(AgendaCommitResult.KeyKnown, 0) : new AgendaCommit(AgendaCommitResult.AccountPaused, 0);
        }

        if (write.CountDelta > 0 && account is { Full: true })
        {
            if (await IsRepeat(write))
            {
                return new AgendaCommit(AgendaCommitResult.KeyKnown, 0);
            }

            await Recount(account);
            if (account.Full)
            {
                if (account.SendRefused())
                {
                    await InsertLimitChange(account, ChangeKind.LimitRefused, write.Actor.Kind);
                }

                return new AgendaCommit(AgendaCommitResult.AccountFull, 0);
            }
        }

        if (!await rows.InsertChange(append, agenda.Version + 1)
            && (await rows.KnowsKey(appointment.AccountId, write.Key!, now - AgendaStore.KeyLife) || !await rows.InsertChange(append, agenda.Version + 1)))
        {
            return new AgendaCommit(AgendaCommitResult.KeyKnown, 0);
        }

        bool stored;
        try
        {
            stored = await rows.StoreAppointment(append);
        }
        catch when (rows.RowsFailAlone)
        {
            await rows.DeleteChange(write.ChangeId);
            throw;
        }

        if (!stored)
        {
            await rows.DeleteChange(write.ChangeId);
            return new AgendaCommit(AgendaCommitResult.Conflict, 0);
        }

        agenda.Version++;
        if (account is not null && delta != 0)
        {
            await Count(account, delta);
        }

        return new AgendaCommit(AgendaCommitResult.Stored, agenda.Version);
    }

    /// <summary>Writes agendas and accounts, each by id, and forgets them: the next row reads them again.</summary>
    public async ValueTask Flush()
    {
        foreach (var agenda in agendas.Values.OfType<AgendaHead>().Where(a => a.Version != a.StoredVersion).OrderBy(a => a.Id))
        {
            await rows.SaveAgenda(agenda);
        }

        foreach (var account in accounts.Values.OfType<AccountUse>().Where(a => a.Changed).OrderBy(a => a.AccountId))
        {
            await rows.SaveAccount(account);
        }

        agendas.Clear();
        accounts.Clear();
    }

    /// <summary>A repeat is answered before it is refused.</summary>
    private async ValueTask<bool> IsRepeat(AgendaWrite write) =>
        write.Key is { } key && await rows.KnowsKey(write.Appointment.AccountId, key, now - AgendaStore.KeyLife);

    private async ValueTask Count(AccountUse account, int delta)
    {
        account.Add(delta);
        if (delta < 0 || !account.WouldSend)
        {
            return;
        }

        await Recount(account);
        foreach (var kind in account.Send())
        {
            await InsertLimitChange(account, kind);
        }
    }

    private async ValueTask Recount(AccountUse account)
    {
        if (!account.Exact)
        {
            account.Recounted(await rows.CountUpcoming(account.AccountId, now));
        }
    }

    private ValueTask InsertLimitChange(AccountUse account, ChangeKind kind, ActorKind? refused = null) => rows.InsertLimitChange(
        account.AccountId, kind, now, new LimitSnapshot(account.Used, account.Allowed, account.Plan, refused).Write());

    private async ValueTask<AgendaHead?> Agenda(int id)
    {
        if (!agendas.TryGetValue(id, out var agenda))
        {
            agendas[id] = agenda = await rows.Agenda(id);
        }

        return agenda;
    }

    private async ValueTask<AccountUse?> Account(int id)
    {
        if (!accounts.TryGetValue(id, out var account))
        {
            accounts[id] = account = await rows.Account(id, now);
        }

        return account;
    }
}
