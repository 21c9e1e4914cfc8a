using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Storage;

namespace Slotwright.Accounts;

/// <summary>How often an account's row is read for its pages, and which reading counts.</summary>
public sealed class RowReadingTests : IAsyncLifetime
{
    private readonly RowReading reading = new();
    private Product product = null!;
    private IAccountGrain account = null!;
    private int id;

    public async ValueTask InitializeAsync()
    {
        product = await Product.Start(builder =>
        {
            var registered = builder.Services.Single(service => service.ServiceType == typeof(IAccountStore));
            builder.Services.Remove(registered);
            builder.Services.AddSingleton(services =>
                SlowStore.Around((IAccountStore)ActivatorUtilities.CreateInstance(services, registered.ImplementationType!), reading));
        });
        (id, _) = await product.Find("harbour-yoga", "Private lessons");
        account = product.Grains.Account(id);
    }

    public ValueTask DisposeAsync() => product.DisposeAsync();

    [Fact]
    public async Task Pages_that_ask_at_once_wait_for_one_reading()
    {
        product.Clock.Advance(Duration.FromSeconds(3));
        var slow = reading.HoldBack(id);
        var faces = Enumerable.Range(0, 20).Select(_ => account.Face()).ToList();
        await reading.Begun.Task;
        await account.Schedules();
        slow.SetResult();

        Assert.All(await Task.WhenAll(faces), Assert.NotNull);
        Assert.Equal(1, reading.Count);
    }

    [Fact]
    public async Task A_reading_from_before_a_change_does_not_undo_it()
    {
        product.Clock.Advance(Duration.FromSeconds(3));
        var slow = reading.HoldBack(id);
        var before = account.Face();
        await reading.Begun.Task;
        reading.LetThrough();
        await product.Services.GetRequiredService<IDatabase>().Write(connection => connection.Run("update accounts set suspended_at = 1 where id = @id", ("id", id)));
        await product.Grains.AccountSetup(id).Reload();
        slow.SetResult();

        Assert.True((await before)!.IsSuspended);
        Assert.True((await account.Face())!.IsSuspended);
    }
}

/// <summary>Holds back what is read of one account.</summary>
public sealed class RowReading
{
    private volatile Task answering = Task.CompletedTask;
    private int held;
    private int count;

    public int Count => count;

    public TaskCompletionSource Begun { get; private set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>From now on rows of the account are read, and answered only once this is.</summary>
    public TaskCompletionSource HoldBack(int account)
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        (held, count, answering) = (account, 0, release.Task);
        return release;
    }

    public void LetThrough() => answering = Task.CompletedTask;

    public async Task<AccountRow?> Answer(int account, Task<AccountRow?> read)
    {
        var until = answering;
        var row = await read;
        if (account == held)
        {
            Interlocked.Increment(ref count);
            Begun.TrySetResult();
            await until;
        }

        return row;
    }
}

/// <summary>A store whose rows are answered when a test says so.</summary>
public class SlowStore : DispatchProxy
{
    private IAccountStore store = null!;
    private RowReading reading = null!;

    public static IAccountStore Around(IAccountStore store, RowReading reading)
    {
        var slow = Create<IAccountStore, SlowStore>();
        ((SlowStore)(object)slow).store = store;
        ((SlowStore)(object)slow).reading = reading;
        return slow;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var answer = targetMethod!.Invoke(store, args);
        return targetMethod.Name == nameof(IAccountStore.Load) ? reading.Answer((int)args![0]!, (Task<AccountRow?>)answer!) : answer;
    }
}
