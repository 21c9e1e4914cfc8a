using System.Text.Json;
using NodaTime;

namespace Slotwright.Accounts;

/// <summary>What a letter about a trial tells.</summary>
/// <param name="EndsAtMilliseconds">When it ends, Unix milliseconds.</param>
/// <param name="CopyTo">Account id of the reseller to which this was a copy when it was written: it goes to whoever looks after the account when it leaves. Null: to the account's own administrator.</param>
public sealed record TrialNews(long EndsAtMilliseconds, int? CopyTo)
{
    public bool IsCopy => CopyTo is not null;

    public Instant EndsAt => Instant.FromUnixTimeMilliseconds(EndsAtMilliseconds);

    public string Write() => JsonSerializer.Serialize(this);

    /// <summary>Throws <see cref="JsonException"/> when it is none.</summary>
    public static TrialNews Read(string text) => JsonSerializer.Deserialize<TrialNews>(text) ?? throw new JsonException("There is no news.");
}
