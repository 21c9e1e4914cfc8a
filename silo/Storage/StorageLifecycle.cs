using Microsoft.Extensions.Hosting;

namespace Slotwright.Storage;

/// <summary>Opens the storage before any hosted part starts, so before a grain runs, and closes it after the last has stopped.</summary>
internal sealed class StorageLifecycle(IStorageStart storage) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => storage.Start();

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => storage.Stop();
}
