using NodaTime;
using Orleans.Concurrency;
using Slotwright.Platform;

namespace Slotwright.Team;

/// <summary>Keeps the data-protection keys of all web nodes, sealed.</summary>
[StatelessWorker, GrainType("key-ring")]
public sealed class KeyRingGrain(IPersonStore store, ISecrets secrets, IClock clock) : Grain, IKeyRingGrain
{
    private const string Purpose = "key-ring";

    public async Task<IReadOnlyList<string>> Elements() => [.. (await store.KeyRing()).Select(element => secrets.Unseal(Purpose, element))];

    public Task Store(string friendlyName, string xml) => store.AddToKeyRing(friendlyName, secrets.Seal(Purpose, xml), clock.GetCurrentInstant());
}
