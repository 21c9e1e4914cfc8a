using Orleans.Storage;
using Slotwright.Platform;
using Slotwright.Storage.PostgreSql;

namespace Slotwright.Storage.Documents;

/// <summary>
/// What is the same on both databases: a document belongs to a grain type and a state name, so that two kinds of grain with equal keys never
/// share one, and a database that is away is told in one way.
/// </summary>
internal sealed class Documents(IGrainStorage inner) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Told(inner.ReadStateAsync(Kind(stateName, grainId), grainId, grainState));

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Told(inner.WriteStateAsync(Kind(stateName, grainId), grainId, grainState));

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        Told(inner.ClearStateAsync(Kind(stateName, grainId), grainId, grainState));

    public void Participate(ISiloLifecycle observer) => (inner as ILifecycleParticipant<ISiloLifecycle>)?.Participate(observer);

    private static string Kind(string stateName, GrainId grainId) => $"{grainId.Type}/{stateName}";

    private static async Task Told(Task work)
    {
        try
        {
            await work;
        }
        catch (Exception fault) when (fault.IsUnavailable())
        {
            throw new StorageUnavailableException("The database could not read or store a document.", fault);
        }
    }
}
