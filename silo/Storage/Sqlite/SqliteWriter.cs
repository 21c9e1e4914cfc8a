using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Platform;
using Slotwright.Storage.Appointments;

namespace Slotwright.Storage.Sqlite;

/// <summary>
/// The only thread that writes, with the only connection that can. What waits becomes one transaction, and callers hear of it only
/// after the commit. While a commit is on its way the next batch fills, so there is no artificial delay.
/// </summary>
internal sealed partial class SqliteWriter : IAgendaWriter, IDisposable
{
    private const int QueueLength = 8192;
    private const int BatchLength = 1024;

    private readonly Channel<object> queue = Channel.CreateBounded<object>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly IClock clock;
    private readonly TimeProvider time;
    private readonly ILogger<SqliteWriter> logger;
    private readonly WriterMeters meters;
    private Thread? thread;
    private SqliteConnection? connection;

    public SqliteWriter(IClock clock, TimeProvider time, ILogger<SqliteWriter> logger)
    {
        (this.clock, this.time, this.logger) = (clock, time, logger);
        meters = new WriterMeters(() => queue.Reader.Count);
    }

    public bool IsAlive => thread is { IsAlive: true };

    /// <summary>For tests: called on the writer's thread just before each commit; what it throws fails the commit.</summary>
    internal Action? BeforeCommit { get; set; }

    public void Start(string connectionString)
    {
        connection = new SqliteConnection(connectionString);
        connection.Open();
        // The log is folded back into the file by the committing thread every 4,000 pages (16 MB) and never kept above 64 MB.
        Execute("pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000; pragma foreign_keys = on;"
            + "pragma wal_autocheckpoint = 4000; pragma journal_size_limit = 67108864; pragma cache_size = -65536; pragma temp_store = memory");
        thread = new Thread(Loop) { IsBackground = true, Name = "Slotwright writer" };
        thread.Start();
    }

    public async Task<AgendaCommit> Append(AgendaWrite write)
    {
        var append = new PendingAppend(write);
        await Enqueue(append);
        return await append.Done.Task;
    }

    public async Task<T> Run<T>(Func<DbConnection, Task<T>> work)
    {
        var pending = new Work<T>(work);
        await Enqueue(pending);
        return await pending.Done.Task;
    }

    /// <summary>Takes nothing new, commits what waits, and closes.</summary>
    public async Task Stop()
    {
        queue.Writer.TryComplete();
        if (thread is { } running)
        {
            await Task.Run(running.Join);
            connection?.Dispose();
            (thread, connection) = (null, null);
        }
    }

    public void Dispose()
    {
        queue.Writer.TryComplete();
        thread?.Join();
        connection?.Dispose();
        meters.Dispose();
    }

    private async ValueTask Enqueue(object pending)
    {
        try
        {
            await queue.Writer.WriteAsync(pending);
        }
        catch (ChannelClosedException)
        {
            throw new StorageUnavailableException("The database is being closed.");
        }
    }

    private void Loop()
    {
        using var rows = new SqliteAgendaRows(connection!);
        var batch = new List<object>(BatchLength);
        while (Wait())
        {
            batch.Clear();
            while (batch.Count < BatchLength && queue.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
            }

            if (batch.Count > 0)
            {
                Write(rows, batch);
            }
        }
    }

    private bool Wait()
    {
        var ready = queue.Reader.WaitToReadAsync();
        return ready.IsCompleted ? ready.Result : ready.AsTask().GetAwaiter().GetResult();
    }

    private void Write(SqliteAgendaRows rows, List<object> batch)
    {
        var began = time.GetTimestamp();
        try
        {
            Execute("begin immediate");
            var agendas = new AgendaBatch(rows, clock.GetCurrentInstant());
            foreach (var pending in batch)
            {
                if (pending is PendingAppend append)
                {
                    Store(agendas, append);
                }
                else
                {
                    // It may look at agendas and accounts, or change them.
                    Now(agendas.Flush());
                    Run((IWork)pending);
                }
            }

            Now(agendas.Flush());
            BeforeCommit?.Invoke();
            Execute("commit");
        }
#pragma warning disable CA1031 // Whatever it was, every caller of the batch must hear that it may not have happened.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Fail(batch, fault);
            return;
        }

        meters.Committed(batch.Count, time.GetElapsedTime(began));
        foreach (var pending in batch)
        {
            if (pending is IWork work)
            {
                work.Complete();
            }
            else if (pending is PendingAppend { Fault: { } fault } spoilt)
            {
                spoilt.Done.SetException(fault);
            }
            else
            {
                var append = (PendingAppend)pending;
                append.Done.SetResult(append.Result);
            }
        }
    }

    private void Store(AgendaBatch agendas, PendingAppend append)
    {
        try
        {
            append.Result = Now(agendas.Store(append));
        }
        catch (Exception fault) when (InTransaction)
        {
            // SQLite undid the one statement; the row's caller hears why, the others do not suffer for it.
            // The driver's own exception stays here: callers may be in a process that cannot read it.
            RowFailed(fault, append.Write.ChangeId);
            append.Fault = new StorageUnavailableException($"This could not be stored: {fault.Message}");
        }
    }

    private void Run(IWork work)
    {
        Execute("savepoint work");
        if (!work.Run(connection!))
        {
            if (!InTransaction)
            {
                throw new StorageUnavailableException("The transaction was ended by the database.", work.Fault!);
            }

            Execute("rollback to work");
        }

        Execute("release work");
    }

    private void Fail(List<object> batch, Exception fault)
    {
        CommitFailed(fault, batch.Count);
        try
        {
            if (InTransaction)
            {
                Execute("rollback");
            }
        }
        catch (SqliteException second)
        {
            CommitFailed(second, batch.Count);
        }

        var unavailable = new StorageUnavailableException($"The commit failed: {fault.Message}");
        foreach (var pending in batch)
        {
            if (pending is IWork work)
            {
                work.Fail(unavailable);
            }
            else
            {
                ((PendingAppend)pending).Done.SetException(unavailable);
            }
        }
    }

    private bool InTransaction => SQLitePCL.raw.sqlite3_get_autocommit(connection!.Handle) == 0;

    private void Execute(string sql)
    {
        using var command = connection!.Command(sql);
        command.ExecuteNonQuery();
    }

    /// <summary>The driver's asynchronous calls are synchronous; should one ever not be, this thread may wait for it.</summary>
    private static void Now(ValueTask task) => task.AsTask().GetAwaiter().GetResult();

    private static T Now<T>(ValueTask<T> task) => task.IsCompletedSuccessfully ? task.Result : task.AsTask().GetAwaiter().GetResult();

    [LoggerMessage(Level = LogLevel.Error, Message = "A commit of {Writes} writes failed.")]
    private partial void CommitFailed(Exception fault, int writes);

    [LoggerMessage(Level = LogLevel.Error, Message = "Change {Change} could not be stored; the others of its batch were.")]
    private partial void RowFailed(Exception fault, int change);

    private interface IWork
    {
        Exception? Fault { get; }

        /// <summary>False: it threw.</summary>
        bool Run(DbConnection connection);

        void Complete();

        void Fail(Exception fault);
    }

    private sealed class Work<T>(Func<DbConnection, Task<T>> work) : IWork
    {
        private T? result;

        public TaskCompletionSource<T> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Exception? Fault { get; private set; }

        public bool Run(DbConnection connection)
        {
            try
            {
                result = work(connection).GetAwaiter().GetResult();
                return true;
            }
#pragma warning disable CA1031 // It is thrown at the caller.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Fault = fault;
                return false;
            }
        }

        public void Complete()
        {
            if (Fault is { } fault)
            {
                Done.SetException(fault);
            }
            else
            {
                Done.SetResult(result!);
            }
        }

        public void Fail(Exception fault) => Done.SetException(fault);
    }
}
