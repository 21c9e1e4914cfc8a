using NodaTime;
using Npgsql;
using Slotwright.Appointments;
using Slotwright.Platform;
using Slotwright.Storage.Appointments;

namespace Slotwright.Storage.PostgreSql;

/// <summary>How one run of writes is stored: together where nothing stands in the way, else row by row under locks.</summary>
internal sealed partial class PostgresWriter
{
    /// <summary>Rows of accounts that come near a threshold, so far as is known, go the exact path at once.</summary>
    private (List<PendingAppend> Plain, List<PendingAppend> Close) Part(List<PendingAppend> run, Instant now)
    {
        if (seen.Count == 0)
        {
            return (run, []);
        }

        var coming = new Dictionary<int, int>();
        foreach (var append in run)
        {
            var account = append.Write.Appointment.AccountId;
            coming[account] = coming.GetValueOrDefault(account) + Math.Max(0, Limit.CountedDelta(append.Write, now));
        }

        bool IsClose(PendingAppend append) =>
            seen.TryGetValue(append.Write.Appointment.AccountId, out var last)
            && last.Used + (long)coming[append.Write.Appointment.AccountId] >= last.Next;

        var plain = run.FindAll(append => !IsClose(append));
        return plain.Count == run.Count ? (run, []) : (plain, run.FindAll(IsClose));
    }

    /// <summary>False: nothing was stored, go the exact path.</summary>
    private async Task<bool> StoreTogether(List<PendingAppend> rows, Instant now)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var statement = await Statement();
                BeforeCommit?.Invoke();
                await statement.Store(rows, now);
            }
            catch (Exception fault) when (fault.IsLostRace() && attempt < Tries)
            {
                continue;
            }
            catch (PostgresException fault) when (!fault.IsUnavailable() && !fault.IsLostRace())
            {
                if (fault.SqlState != SharedStatement.NotAsExpected)
                {
                    TogetherFailed(fault.SqlState, rows.Count);
                }

                return false;
            }

            foreach (var append in rows)
            {
                var account = append.Write.Appointment.AccountId;
                if (append.Result.Result == AgendaCommitResult.Stored && seen.TryGetValue(account, out var last))
                {
                    seen[account] = last with { Used = last.Used + Limit.CountedDelta(append.Write, now) };
                }
            }

            return true;
        }
    }

    private async Task StoreExactly(List<PendingAppend> rows, Instant now)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await StoreInOrder(rows, now);
                Complete(rows);
                return;
            }
            catch (Exception fault) when (fault.IsLostRace() && attempt < Tries)
            {
            }
            catch (PostgresException fault) when (!fault.IsUnavailable() && !fault.IsLostRace())
            {
                if (rows is [var only])
                {
                    // The driver's own exception stays here: callers may be in a process that cannot read it.
                    RowFailed(fault, only.Write.ChangeId);
                    only.Fault = new StorageUnavailableException($"This could not be stored: {fault.MessageText}");
                    Complete(rows);
                    return;
                }

                // One of them spoils the transaction for all: each gets its own.
                foreach (var row in rows)
                {
                    await StoreExactly([row], now);
                }

                return;
            }
        }
    }

    private async Task StoreInOrder(List<PendingAppend> rows, Instant now)
    {
        await Statement();
        await using var transaction = await connection!.BeginTransactionAsync();
        var statements = new PostgresAgendaRows(connection);
        await statements.Lock(rows, now);
        var batch = new AgendaBatch(statements, now);
        foreach (var append in rows)
        {
            append.Result = await batch.Store(append);
        }

        var accounts = batch.Accounts.ToList();
        await batch.Flush();
        BeforeCommit?.Invoke();
        await transaction.CommitAsync();
        foreach (var account in accounts)
        {
            Remember(account);
        }
    }

    private void Remember(AccountUse account)
    {
        if (account.Allowed == Limit.None)
        {
            seen.Remove(account.AccountId);
            return;
        }

        if (seen.Count >= MostAccountsRemembered)
        {
            seen.Clear();
        }

        seen[account.AccountId] = new Seen(account.Used, account.NearSent ? account.Allowed : account.Near);
    }
}
