using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using NodaTime;
using Orleans.Concurrency;
using Slotwright.Platform;

namespace Slotwright.Team;

/// <summary>Keeps the data-protection keys of all web nodes, sealed.</summary>
[StatelessWorker, GrainType("key-ring")]
public sealed partial class KeyRingGrain(IPersonStore store, ISecrets secrets, IClock clock, ILogger<KeyRingGrain> logger) : Grain, IKeyRingGrain
{
    private const string Purpose = "key-ring";

    public async Task<IReadOnlyList<string>> Elements()
    {
        var readable = new List<string>();
        var lost = 0;
        foreach (var element in await store.KeyRing())
        {
            try
            {
                readable.Add(secrets.Unseal(Purpose, element));
            }
            catch (CryptographicException)
            {
                // Sealed with a secret that is no longer here: who was signed in by that key signs in again.
                lost++;
            }
        }

        if (lost > 0)
        {
            LogLost(lost);
        }

        return readable;
    }

    public Task Store(string friendlyName, string xml) => store.AddToKeyRing(friendlyName, secrets.Seal(Purpose, xml), clock.GetCurrentInstant());

    [LoggerMessage(1, LogLevel.Error, "{Keys} of the keys of cookies and forms cannot be read: the installation's secret is another one than when they were made. People sign in again")]
    private partial void LogLost(int keys);
}
