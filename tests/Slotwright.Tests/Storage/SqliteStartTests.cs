using Microsoft.Data.Sqlite;
using Slotwright.Storage.Sqlite;

namespace Slotwright.Storage;

public sealed class SqliteStartTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string File => SqliteFile.PathIn(folder.Path);

    [Fact]
    public async Task The_writing_connection_is_durable_and_patient()
    {
        await using var bench = await StorageBench.Open(folder.Settings);

        Task<object?> Pragma(string name) => bench.Database.Write(connection => connection.Scalar($"pragma {name}"));

        Assert.Equal("wal", await Pragma("journal_mode"));
        Assert.Equal(2L, await Pragma("synchronous"));
        Assert.Equal(5000L, await Pragma("busy_timeout"));
        Assert.Equal(1L, await Pragma("foreign_keys"));
        Assert.Equal(1L, await bench.Database.Read(connection => connection.Scalar("pragma query_only")));
    }

    [Fact]
    public async Task A_new_folder_and_database_are_their_owners_only()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var data = Path.Combine(folder.Path, "data");
        await using var bench = await StorageBench.Open(new() { ["Storage:Provider"] = "Sqlite", ["Storage:Directory"] = data });
        await bench.Account();

        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, System.IO.File.GetUnixFileMode(data));
        Assert.Contains(SqliteFile.PathIn(data), Directory.GetFiles(data));
        Assert.All(Directory.GetFiles(data), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(file)));
    }

    [Fact]
    public async Task Readers_cannot_write()
    {
        await using var bench = await StorageBench.Open(folder.Settings);

        var fault = await Record.ExceptionAsync(() => bench.Database.Read(connection => connection.Run("delete from accounts")));

        Assert.IsType<SqliteException>(fault);
    }

    [Fact, Trait("Fault", "18")]
    public async Task A_second_process_on_the_same_file_is_refused_until_the_first_has_stopped()
    {
        await using (await StorageBench.Open(folder.Settings))
        {
            var fault = await Assert.ThrowsAsync<StorageStartException>(() => StorageBench.Open(folder.Settings));
            Assert.Contains("Another process holds", fault.Message, StringComparison.Ordinal);
        }

        await using var second = await StorageBench.Open(folder.Settings);
    }

    [Fact, Trait("Fault", "18")]
    public async Task A_file_that_cannot_be_written_is_told()
    {
        Assert.Contains("read-only", SqliteFile.Explain(File, new SqliteException("attempt to write a readonly database", 8)).Message, StringComparison.Ordinal);
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            // For the superuser no file is read-only.
            return;
        }

        await using (await StorageBench.Open(folder.Settings))
        {
        }

        System.IO.File.SetUnixFileMode(File, UnixFileMode.UserRead);
        Assert.Contains("read-only", (await Assert.ThrowsAsync<StorageStartException>(() => StorageBench.Open(folder.Settings))).Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Fault", "19")]
    public async Task A_file_cut_off_anywhere_is_refused_with_a_hint()
    {
        await Fill();
        var whole = await System.IO.File.ReadAllBytesAsync(File, TestContext.Current.CancellationToken);
        var random = new Random(19);
        for (var round = 0; round < 25; round++)
        {
            var length = round switch { 0 => 0, 1 => 50, 2 => 100, 3 => whole.Length - 1, _ => random.Next(whole.Length) };
            await System.IO.File.WriteAllBytesAsync(File, whole[..length], TestContext.Current.CancellationToken);

            await Refused(length == 0 ? "is empty although there was one" : null);
        }

        System.IO.File.Delete(File);
        await Refused("is missing although there was one");
        await System.IO.File.WriteAllBytesAsync(File, whole, TestContext.Current.CancellationToken);
        await using var bench = await StorageBench.Open(folder.Settings);
        Assert.Equal(200, await bench.Number("select count(*) from appointments"));
    }

    [Fact, Trait("Fault", "19")]
    public async Task A_file_that_is_no_database_or_was_overwritten_inside_after_a_crash_is_refused()
    {
        await System.IO.File.WriteAllTextAsync(File, new string('x', 5000), TestContext.Current.CancellationToken);
        await Refused("is not a database");
        System.IO.File.Delete(File);
        await Fill();
        await using (var stream = new FileStream(File, FileMode.Open))
        {
            stream.Seek(8192, SeekOrigin.Begin);
            stream.Write(new byte[4096 * 8]);
        }

        // A log that is not empty says that the file was not closed in order.
        await System.IO.File.WriteAllBytesAsync(File + "-wal", new byte[64], TestContext.Current.CancellationToken);
        await Refused("is damaged");
    }

    [Fact, Trait("Fault", "19")]
    public async Task A_log_cut_off_anywhere_leaves_a_whole_database()
    {
        using var crashed = new TemporaryFolder();
        byte[] log;
        await using (var bench = await StorageBench.Open(folder.Settings))
        {
            await Write(bench, 200);
            System.IO.File.Copy(File, SqliteFile.PathIn(crashed.Path));
            log = await Shared(File + "-wal");
        }

        var random = new Random(19);
        for (var round = 0; round < 10; round++)
        {
            await System.IO.File.WriteAllBytesAsync(SqliteFile.PathIn(crashed.Path) + "-wal", log[..random.Next(log.Length)], TestContext.Current.CancellationToken);
            using var copy = new TemporaryFolder();
            foreach (var file in Directory.GetFiles(crashed.Path))
            {
                System.IO.File.Copy(file, Path.Combine(copy.Path, Path.GetFileName(file)));
            }

            await using var bench = await StorageBench.Open(copy.Settings);
            Assert.Equal(
                await bench.Number("select count(*) from changes"),
                await bench.Number("select coalesce(sum(version), 0) from agendas"));
            Assert.Equal(await bench.Number("select count(*) from changes"), await bench.Number("select count(*) from appointments"));
        }
    }

    [Fact]
    public async Task The_log_stays_small_under_steady_writing()
    {
        await using var bench = await StorageBench.Open(folder.Settings);

        await Write(bench, 20_000);

        Assert.InRange(new FileInfo(File + "-wal").Length, 1, 64 * 1024 * 1024);
    }

    public void Dispose() => folder.Dispose();

    private async Task Fill()
    {
        await using var bench = await StorageBench.Open(folder.Settings);
        await Write(bench, 200);
    }

    private static async Task Write(StorageBench bench, int count)
    {
        var agenda = await bench.Schedule(await bench.Account());
        foreach (var part in Enumerable.Range(0, count).Chunk(500))
        {
            await Task.WhenAll(part.Select(async hour => await bench.Agendas.Append(await bench.Booking(agenda, hour))));
        }
    }

    private async Task Refused(string? part)
    {
        var fault = await Assert.ThrowsAsync<StorageStartException>(() => StorageBench.Open(folder.Settings));
        Assert.Contains("Restore a backup", fault.Message, StringComparison.Ordinal);
        Assert.Contains(part ?? "", fault.Message, StringComparison.Ordinal);
    }

    private static async Task<byte[]> Shared(string path)
    {
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        await stream.ReadExactlyAsync(bytes);
        return bytes;
    }
}
