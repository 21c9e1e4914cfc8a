using System.Globalization;
using Slotwright.Platform;

namespace Slotwright.Storage;

/// <summary>Blocks of 1,000 per kind; what a process does not use of its block is never given.</summary>
internal sealed class Ids(IDatabase database) : IIds, IDisposable
{
    private const int BlockLength = 1000;

    private readonly Block[] blocks = [.. Enum.GetValues<IdKind>().OrderBy(kind => kind).Select(kind => new Block(kind))];

    public static string NameOf(IdKind kind) => kind switch
    {
        IdKind.Account => "account",
        IdKind.Person => "person",
        IdKind.Schedule => "schedule",
        IdKind.Resource => "resource",
        IdKind.Change => "change",
        IdKind.Delivery => "delivery",
        IdKind.Acting => "acting",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    public ValueTask<int> Next(IdKind kind)
    {
        var block = blocks[(int)kind - 1];
        return block.TryTake() is { } id ? ValueTask.FromResult(id) : Refill(block);
    }

    public void Dispose()
    {
        foreach (var block in blocks)
        {
            block.Refilling.Dispose();
        }
    }

    private async ValueTask<int> Refill(Block block)
    {
        await block.Refilling.WaitAsync();
        try
        {
            if (block.TryTake() is { } id)
            {
                return id;
            }

            var next = await database.Write(async connection => Convert.ToInt64(
                await connection.Scalar(
                    """
                    insert into ids (kind, next) values (@kind, @first) on conflict (kind) do update set next = ids.next + @length returning next
                    """,
                    ("kind", NameOf(block.Kind)), ("first", BlockLength + 1), ("length", BlockLength)),
                CultureInfo.InvariantCulture));
            if (next > int.MaxValue)
            {
                throw new InvalidOperationException($"There are no more ids of the kind {NameOf(block.Kind)}.");
            }

            return block.Refill((int)next - BlockLength, (int)next);
        }
        finally
        {
            block.Refilling.Release();
        }
    }

    private sealed class Block(IdKind kind)
    {
        private readonly Lock gate = new();
        private int next;
        private int end;

        public IdKind Kind { get; } = kind;

        public SemaphoreSlim Refilling { get; } = new(1);

        public int? TryTake()
        {
            lock (gate)
            {
                return next < end ? next++ : null;
            }
        }

        /// <summary>Takes the first of the new block.</summary>
        public int Refill(int first, int beyond)
        {
            lock (gate)
            {
                (next, end) = (first + 1, beyond);
                return first;
            }
        }
    }
}
