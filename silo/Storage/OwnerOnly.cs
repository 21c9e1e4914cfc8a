namespace Slotwright.Storage;

/// <summary>Folders and files that nobody but their owner may look into; on Windows the folder's own rights decide.</summary>
internal static class OwnerOnly
{
    private const UnixFileMode ForFiles = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const UnixFileMode ForFolders = ForFiles | UnixFileMode.UserExecute;

    /// <summary>Makes a missing folder; one that is there keeps its rights.</summary>
    public static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, ForFolders);
        }
    }

    /// <summary>Takes others' rights off a folder that is there.</summary>
    public static void Close(string folder)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(folder, ForFolders);
        }
    }

    /// <summary>Opens a file; one that this makes, is its owner's from its first moment on.</summary>
    public static FileStream Open(string path, FileMode mode, FileAccess access, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = ForFiles;
        }

        return new FileStream(path, options);
    }

    /// <summary>An empty file for another program to write.</summary>
    public static void MakeFile(string path) => Open(path, FileMode.CreateNew, FileAccess.Write, FileShare.None).Dispose();
}
