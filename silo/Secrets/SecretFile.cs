using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
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
            // On Unix a move that must not replace looks first and renames then: two who look together would both rename. A link does both at once.
            if (OperatingSystem.IsWindows())
            {
                File.Move(aside, path, overwrite: false);
            }
            else if (Link(Encoding.UTF8.GetBytes(aside + '\0'), Encoding.UTF8.GetBytes(path + '\0')) != 0 && !File.Exists(path))
            {
                throw new StorageStartException($"The file {path} cannot be made: its file system knows no links. Copy {aside} to it.");
            }
        }
        catch (IOException) when (File.Exists(path))
        {
            // The other's is there.
        }

        if (File.Exists(path))
        {
            File.Delete(aside);
        }
    }

    [DllImport("libc", EntryPoint = "link", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link(byte[] from, byte[] to);
}
