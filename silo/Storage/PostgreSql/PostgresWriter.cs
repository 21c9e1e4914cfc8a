using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;
using Slotwright.Appointments;
using Slotwright.Platform;
using Slotwright.Storage.Appointments;

namespace Slotwright.Storage.PostgreSql;

/// <summary>
/// One loop with one connection. What waits becomes one statement; what that cannot decide goes row by row through a transaction with
/// locks. Other silos do the same on the same rows.
/// </summary>
internal sealed partial class PostgresWriter : IAgendaWriter, IDisposable
{
    private const int QueueLength = 8192;
    private const int BatchLength = 1024;
    private const int Tries = 4;
    private const int MostAccountsRemembered = 10_000;

    private readonly Channel<PendingAppend> queue =
        Channel.CreateBounded<PendingAppend>(new BoundedChannelOptions(QueueLength) { SingleReader = true });

    private readonly NpgsqlDataSource source;
    private readonly IClock clock;
    private readonly TimeProvider time;
    private readonly ILogger<PostgresWriter> logger;
    private readonly WriterMeters meters;

    /// <summary>
    /// What the exact path saw of accounts with a limit: how far they were and where it matters next. Only a hint which path to try
    /// first; the statement itself judges.
    /// </summary>
    private readonly Dictionary<int, Seen> seen = [];

    private NpgsqlConnection? connection;
    private SharedStatement? shared;
    private Task? loop;

    public PostgresWriter(NpgsqlDataSource source, IClock clock, TimeProvider time, ILogger<PostgresWriter> logger)
    {
        (this.source, this.clock, this.time, this.logger) = (source, clock, time, logger);
        meters = new WriterMeters(() => queue.Reader.Count);
    }

    public bool IsAlive => loop is { IsCompleted: false };

    /// <summary>For tests: called before each statement that commits; what it throws fails the commit.</summary>
    internal Action? BeforeCommit { get; set; }

    public void Start() => loop = Task.Run(Loop);

    public async Task<AgendaCommit> Append(AgendaWrite write)
    {
        var append = new PendingAppend(write);
        try
        {
            await queue.Writer.WriteAsync(append);
        }
        catch (ChannelClosedException)
        {
            throw new StorageUnavailableException("The database is being closed.");
        }

        return await append.Done.Task;
    }

    /// <summary>Takes nothing new and commits what waits.</summary>
    public async Task Stop()
    {
        queue.Writer.TryComplete();
        if (loop is { } running)
        {
            await running;
            loop = null;
        }
    }

    public void Dispose()
    {
        queue.Writer.TryComplete();
        meters.Dispose();
    }

    private async Task Loop()
    {
        var batch = new List<PendingAppend>(BatchLength);
        while (await queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < BatchLength && queue.Reader.TryRead(out var pending))
            {
                batch.Add(pending);
            }

            foreach (var run in Runs(batch))
            {
                await Write(run);
            }
        }

        await Drop();
    }

    /// <summary>One statement can change a row once and use a key once, so a batch is cut before the second time.</summary>
    private static IEnumerable<List<PendingAppend>> Runs(List<PendingAppend> batch)
    {
        var run = new List<PendingAppend>(batch.Count);
        var appointments = new HashSet<int>(batch.Count);
        var keys = new HashSet<(int, string, string)>();
        foreach (var append in batch)
        {
            var appointment = append.Write.Appointment;
            var key = append.Write.Key is { } given ? (appointment.AccountId, given.Credential, given.Key) : default((int, string, string)?);
            if (appointments.Contains(appointment.Id) || (key is { } known && keys.Contains(known)))
            {
                yield return run;
                run = new List<PendingAppend>(batch.Count);
                appointments.Clear();
                keys.Clear();
            }

            run.Add(append);
            appointments.Add(appointment.Id);
            if (key is { } used)
            {
                keys.Add(used);
            }
        }

        if (run.Count > 0)
        {
            yield return run;
        }
    }

    private async Task Write(List<PendingAppend> run)
    {
        var began = time.GetTimestamp();
        try
        {
            var now = clock.GetCurrentInstant();
            var (plain, close) = Part(run, now);
            if (plain.Count > 0 && !await StoreTogether(plain, now))
            {
                // In the order of the queue, all of them: what went wrong may be between two of them.
                close = run;
            }
            else
            {
                Complete(plain);
            }

            if (close.Count > 0)
            {
                await StoreExactly(close, now);
            }
        }
#pragma warning disable CA1031 // Whatever it was, every caller that waits must hear that it may not have happened.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            // Parts that were committed before have been told so.
            var waiting = run.FindAll(append => !append.Done.Task.IsCompleted);
            CommitFailed(fault, waiting.Count);
            await Drop();
            foreach (var append in waiting)
            {
                append.Done.SetException(new StorageUnavailableException($"The commit failed: {fault.Message}"));
            }

            return;
        }

        meters.Committed(run.Count, time.GetElapsedTime(began));
    }

    private static void Complete(List<PendingAppend> rows)
    {
        foreach (var append in rows)
        {
            if (append.Fault is { } fault)
            {
                append.Done.SetException(fault);
            }
            else
            {
                append.Done.SetResult(append.Result);
            }
        }
    }

    private async Task<SharedStatement> Statement()
    {
        if (connection is { State: System.Data.ConnectionState.Open } && shared is not null)
        {
            return shared;
        }

        await Drop();
        connection = await source.OpenConnectionAsync();
        return shared = await SharedStatement.Prepare(connection);
    }

    private async Task Drop()
    {
        shared?.Dispose();
        shared = null;
        if (connection is { } open)
        {
            connection = null;
            await open.DisposeAsync();
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A commit of {Writes} writes failed.")]
    private partial void CommitFailed(Exception fault, int writes);

    [LoggerMessage(Level = LogLevel.Error, Message = "Change {Change} could not be stored; the others of its batch were.")]
    private partial void RowFailed(Exception fault, int change);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A batch of {Writes} writes failed with SQLSTATE {State} and is stored one by one.")]
    private partial void TogetherFailed(string state, int writes);

    private readonly record struct Seen(int Used, int Next);
}
