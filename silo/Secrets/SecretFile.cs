using System.Security.Cryptography;
using Slotwright.Storage;

namespace Slotwright.Secrets;

/// <summary>The random key of an embedded installation: 32 bytes in <c>secrets.key</c>, readable by its owner only, and part of every backup.</summary>
internal static class SecretFile
{
    public const string Name = "secrets.key";

    private const int Length = 32;

    public static byte[] ReadOrMake(string directory)
    {
        try
        {
            OwnerOnly.MakeFolder(directory);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new StorageStartException($"The folder {directory} cannot be made: set Storage:Directory to one that this user can write.", fault);
        }

        var path = Path.Combine(directory, Name);
        if (!File.Exists(path))
        {
            Make(path);
        }

        var key = File.ReadAllBytes(path);
        return key.Length == Length
            ? key
            : throw new StorageStartException($"The file {path} is not a key of {Length} bytes: restore it from a backup.");
    }

    private static void Make(string path)
    {
        // Written aside and moved, so that a crash leaves no half a key; of two who make one, the second finds the first's.
        var aside = path + "." + Guid.NewGuid().ToString("N");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using (var stream = new FileStream(aside, options))
        {
            stream.Write(RandomNumberGenerator.GetBytes(Length));
            stream.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(aside, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(aside);
        }
    }
}
