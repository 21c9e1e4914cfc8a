using System.Collections.Frozen;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Slotwright.Team;

/// <summary>
/// Hashes passwords by ASP.NET Core Identity's hasher with 220,000 rounds of PBKDF2-SHA512. A hash takes about a tenth of a second
/// of one core, so they run off the grains' threads and only a few at once.
/// </summary>
public sealed class Passwords : IDisposable
{
    /// <summary>OWASP's figure for PBKDF2-HMAC-SHA512 is 210,000; the framework's own default is lower.</summary>
    public const int Rounds = 220_000;

    /// <summary>Common where our customers live, and in no list made elsewhere.</summary>
    private static readonly string[] Regional = ["azertyui", "azertyuiop", "motdepasse", "wachtwoord", "bonjour1", "87654321", "administrator", "changeme"];

    private static readonly Lazy<FrozenSet<string>> Common = new(() => ReadCommon().Concat(Regional).ToFrozenSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>Who would wait longer than some seconds is told so instead.</summary>
    private const int MostWaiting = 64;

    private readonly SemaphoreSlim room = new(Math.Max(1, Environment.ProcessorCount - 1));
    private int waiting;
    private readonly PasswordHasher<object> hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Rounds }));
    private readonly Lazy<string> nobody;

    public Passwords() => nobody = new Lazy<string>(() => hasher.HashPassword(this, "nobody"));

    /// <summary>8–128 characters, not one of the 10,000 commonest, not the address itself. No rule about kinds of characters.</summary>
    public static bool IsStrong(string password, string email) =>
        password.Length is >= 8 and <= 128
        && !Common.Value.Contains(password)
        && !string.Equals(password, email, StringComparison.OrdinalIgnoreCase)
        && password.Distinct().Count() > 2;

    /// <summary>Null: too many wait already.</summary>
    public Task<string?> Hash(string password) => InTurn<string?>(() => hasher.HashPassword(this, password));

    /// <summary>
    /// With no stored hash the same work is done for nothing, so that an unknown login takes as long as a known one. Null: too many wait
    /// already.
    /// </summary>
    public Task<PasswordVerificationResult?> Verify(string? hash, string password) => InTurn<PasswordVerificationResult?>(() =>
    {
        var result = hasher.VerifyHashedPassword(this, hash ?? nobody.Value, password);
        return hash is null ? PasswordVerificationResult.Failed : result;
    });

    public void Dispose() => room.Dispose();

    private static IEnumerable<string> ReadCommon()
    {
        using var list = new StreamReader(typeof(Passwords).Assembly.GetManifestResourceStream("common-passwords.txt")!);
        while (list.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private async Task<T?> InTurn<T>(Func<T> work)
    {
        try
        {
            if (Interlocked.Increment(ref waiting) > MostWaiting)
            {
                return default;
            }

            await room.WaitAsync();
            try
            {
                return await Task.Run(work);
            }
            finally
            {
                room.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }
}
