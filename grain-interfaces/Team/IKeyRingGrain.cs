using Slotwright.Tenancy;

namespace Slotwright.Team;

/// <summary>The data-protection keys that every web node shares. Elements are XML, encrypted before they are stored.</summary>
[EntranceGrain, Alias("slotwright.key-ring-grain")]
public interface IKeyRingGrain : IGrainWithStringKey
{
    [Alias("elements")]
    Task<IReadOnlyList<string>> Elements();

    [Alias("store")]
    Task Store(string friendlyName, string xml);
}
