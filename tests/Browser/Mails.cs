namespace Slotwright.Browser;

/// <summary>The mails that the running product writes, each a file that appears at once and whole.</summary>
public sealed class Mails(string folder)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Answers as soon as so many mails have been written to that address.</summary>
    public async Task Written(string to, int count = 1)
    {
        Directory.CreateDirectory(folder);
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(folder, "*.eml");
        watcher.Created += (_, _) => Look();
        watcher.Renamed += (_, _) => Look();
        watcher.EnableRaisingEvents = true;
        Look();
        await written.Task.WaitAsync(Patience, TestContext.Current.CancellationToken);

        void Look()
        {
            if (Directory.EnumerateFiles(folder, "*.eml").Count(file => IsTo(file, to)) >= count)
            {
                written.TrySetResult();
            }
        }
    }

    private static bool IsTo(string file, string to) =>
        File.ReadLines(file).TakeWhile(line => line.Length > 0).Any(line => line.StartsWith("To:", StringComparison.Ordinal) && line.Contains(to, StringComparison.Ordinal));
}
