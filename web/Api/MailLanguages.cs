using System.Collections.Concurrent;
using NodaTime;
using Slotwright.Tenancy;

namespace Slotwright.Api;

/// <summary>
/// In which language an account's customers are written to when the API books for them. Remembered longer than a face: each booking needs it, and
/// nobody is harmed by a minute's delay.
/// </summary>
internal sealed class MailLanguages(Faces faces, IClock clock)
{
    private const int MostAccounts = 20_000;

    private static readonly Duration Lifetime = Duration.FromMinutes(1);

    private readonly ConcurrentDictionary<int, Known> known = new();

    /// <summary>Null: there is no such account.</summary>
    public ValueTask<string?> Of(int accountId)
    {
        var now = clock.GetCurrentInstant();
        return known.TryGetValue(accountId, out var language) && now >= language.At && now - language.At < Lifetime
            ? new ValueTask<string?>(language.Code)
            : new ValueTask<string?>(Ask(accountId, now));
    }

    private async Task<string?> Ask(int accountId, Instant now)
    {
        if (await faces.Account(accountId) is not { } account)
        {
            return null;
        }

        if (known.Count >= MostAccounts)
        {
            known.Clear();
        }

        known[accountId] = new Known(account.Brand.Language, now);
        return account.Brand.Language;
    }

    private sealed record Known(string Code, Instant At);
}
