namespace Slotwright.Resellers;

/// <summary>How a client stands after it was paused or opened again.</summary>
/// <param name="AccountId">Whose.</param>
/// <param name="IsPaused">Its back office is closed to all but the reseller, and nobody books.</param>
/// <param name="Changed">False: it stood so before, and nobody was written to.</param>
[GenerateSerializer, Immutable, Alias("slotwright.client-pause")]
public sealed record ClientPause([property: Id(0)] int AccountId, [property: Id(1)] bool IsPaused, [property: Id(2)] bool Changed);

[GenerateSerializer, Alias("slotwright.pause-refusal")]
public enum PauseRefusal
{
    /// <summary>Not this reseller's client, or there is no such account: the two are told apart nowhere.</summary>
    UnknownClient = 1,
}
