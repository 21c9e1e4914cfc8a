using Dapper;
using Slotwright.Storage;

namespace Slotwright.Mail;

/// <summary>How one attempt ended.</summary>
/// <param name="Delivery">The row, with the lease under which it was worked.</param>
/// <param name="State">Its state from now on.</param>
/// <param name="Attempts">How often the server was asked.</param>
/// <param name="DueAt">Unix milliseconds.</param>
/// <param name="Error">What the server or the rules said; null: nothing.</param>
/// <param name="Now">Unix milliseconds.</param>
internal sealed record Mark(Delivery Delivery, DeliveryState State, int Attempts, long DueAt, string? Error, long Now);

/// <summary>Writes marks; those that come while a commit is in flight share the next one.</summary>
internal sealed class MarkQueue(IDatabase database)
{
    private readonly Lock gate = new();
    private List<(Mark Mark, TaskCompletionSource Written)> waiting = [];
    private bool writing;

    /// <summary>Completes when the mark is durable.</summary>
    public Task Add(Mark mark)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (gate)
        {
            waiting.Add((mark, written));
            if (!writing)
            {
                writing = true;
                _ = Task.Run(WriteAll);
            }
        }

        return written.Task;
    }

    private async Task WriteAll()
    {
        while (true)
        {
            List<(Mark Mark, TaskCompletionSource Written)> batch;
            lock (gate)
            {
                if (waiting.Count == 0)
                {
                    writing = false;
                    return;
                }

                batch = waiting;
                waiting = [];
            }

            try
            {
                await Write([.. batch.Select(one => one.Mark)]);
                batch.ForEach(one => one.Written.SetResult());
            }
#pragma warning disable CA1031 // Every caller of this batch gets the fault, whatever it is.
            catch (Exception error)
#pragma warning restore CA1031
            {
                batch.ForEach(one => one.Written.SetException(error));
            }
        }
    }

    // Only the holder of the lease may mark: a row that another process took meanwhile is that process's to mark.
    private Task<int> Write(List<Mark> batch) => database.Write(connection => connection.ExecuteAsync(
        """
        update deliveries
        set state = @State, attempts = @Attempts, due_at = @DueAt, last_error = @Error, lease_until = 0, lease_owner = '',
            recipient = @Recipient, sent_at = case when @State = 2 then @Now else null end
        where id = @Id and lease_owner = @LeaseOwner and state = 1
        """,
        batch.Select(mark => new
        {
            mark.Delivery.Id,
            mark.Delivery.LeaseOwner,
            mark.Delivery.Recipient,
            State = (int)mark.State,
            mark.Attempts,
            mark.DueAt,
            Error = mark.Error is { Length: > 500 } long_ ? long_[..500] : mark.Error,
            mark.Now,
        }).ToList()));
}
