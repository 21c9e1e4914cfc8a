using Microsoft.Data.Sqlite;

namespace Slotwright.Processes;

/// <summary>What cannot work stops the start with one sentence, and nothing is made or changed by it.</summary>
[Collection(BuiltPrograms.Name)]
public sealed class StartTests
{
    [Fact, Trait("Fault", "18")]
    public async Task A_second_process_on_the_same_file_is_refused()
    {
        using var embedded = new Embedded();
        await using var first = await embedded.Start();

        await using var second = ProductProcess.StartWeb(embedded.Settings);
        var code = await second.Ends(TimeSpan.FromSeconds(60));

        Assert.Equal(1, code);
        Assert.Contains("another process", Sentence(second), StringComparison.OrdinalIgnoreCase);
        using var api = new DemoApi(first.Address!, "corner-barber");
        Assert.True((await api.Book((await api.Hall("Chairs")).Places(30).First())).Created);
    }

    [Fact, Trait("Fault", "18")]
    public async Task A_folder_that_cannot_be_written_is_refused()
    {
        using var embedded = new Embedded();
        var file = Path.Combine(embedded.Folder, "in-the-way");
        await File.WriteAllTextAsync(file, "", TestContext.Current.CancellationToken);

        await using var product = ProductProcess.StartWeb(new Dictionary<string, string>(embedded.Settings) { ["Storage__Directory"] = Path.Combine(file, "data") });
        var code = await product.Ends(TimeSpan.FromSeconds(60));

        Assert.Equal(1, code);
        Assert.Contains("in-the-way", Sentence(product), StringComparison.Ordinal);
    }

    [Theory, Trait("Fault", "19")]
    [InlineData(0.02)]
    [InlineData(0.31)]
    [InlineData(0.50)]
    [InlineData(0.77)]
    [InlineData(0.99)]
    public async Task A_truncated_file_is_refused_and_left_as_it_is(double share)
    {
        using var embedded = new Embedded();
        await using (var product = await embedded.Start())
        {
            Assert.Equal(0, await product.Terminate(TimeSpan.FromSeconds(30)));
        }

        Assert.False(File.Exists(embedded.Database + "-wal"), "A clean end leaves everything in one file.");
        var left = (long)(new FileInfo(embedded.Database).Length * share);
        await using (var file = File.OpenWrite(embedded.Database))
        {
            file.SetLength(left);
        }

        await using var again = ProductProcess.StartWeb(embedded.Settings);
        var code = await again.Ends(TimeSpan.FromSeconds(60));

        Assert.Equal(1, code);
        Assert.Contains("restore", Sentence(again), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(left, new FileInfo(embedded.Database).Length);
    }

    [Theory, Trait("Fault", "19")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task A_torn_log_loses_no_booking_before_the_tear_or_is_refused(int seed)
    {
        // What a power cut leaves: a log that ends in the middle of a frame. Everything before its last whole commit is read again.
        using var embedded = new Embedded();
        await using (var product = await embedded.Start())
        {
            using var api = new DemoApi(product.Address!, "corner-barber");
            foreach (var place in (await api.Hall("Chairs")).Places(30).Take(20))
            {
                Assert.True((await api.Book(place)).Created);
            }

            await product.Kill();
        }

        var before = await embedded.Rows();
        var log = new FileInfo(embedded.Database + "-wal");
        Assert.True(log.Exists);
        await using (var file = log.OpenWrite())
        {
            file.SetLength(log.Length - new Random(seed).Next(1, (int)Math.Min(log.Length, 4096)));
        }

        await using var again = ProductProcess.StartWeb(embedded.Settings);
        await again.Ready(TestContext.Current.CancellationToken);
        var after = await embedded.Rows();

        Assert.True(after.Live.Count >= before.Live.Count - 1, $"{before.Live.Count} before the tear, {after.Live.Count} after it.");
        Assert.Empty(after.Overlaps());
    }

    [Theory]
    [InlineData("Storage__Provider", "Oracle", "Storage:Provider")]
    [InlineData("Storage__Provider", "PostgreSql", "ConnectionStrings:Slotwright")]
    [InlineData("Platform__BaseUrl", "book.example", "Platform:BaseUrl")]
    [InlineData("Platform__BaseUrl", "https://book.example/path", "Platform:BaseUrl")]
    [InlineData("Smtp__Port", "99999", "Port")]
    [InlineData("Plans__free__MonthlyPrice", "5", "free")]
    [InlineData("Silo__Port", "70000", "Port")]
    public async Task A_wrong_setting_is_named_in_one_sentence(string name, string value, string named)
    {
        using var embedded = new Embedded();

        await using var product = ProductProcess.StartWeb(new Dictionary<string, string>(embedded.Settings) { [name] = value });
        var code = await product.Ends(TimeSpan.FromSeconds(60));

        Assert.Equal(1, code);
        Assert.Contains(named, Sentence(product), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", product.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(embedded.Database));
    }

    [Fact]
    public async Task In_Production_nothing_is_seeded_and_the_operator_gets_a_link_once()
    {
        using var embedded = new Embedded();
        var settings = new Dictionary<string, string>(embedded.Settings)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["DOTNET_ENVIRONMENT"] = "Production",
            ["Platform__BaseUrl"] = "https://book.example",
        };

        await using var product = await ProductProcess.StartWeb(settings).Ready(TestContext.Current.CancellationToken);
        await product.Says("https://book.example/set-password/", TestContext.Current.CancellationToken);

        await using var connection = new SqliteConnection($"Data Source={embedded.Database};Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from accounts";
        Assert.Equal(0L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("false")]
    public async Task In_Development_the_operator_gets_a_link_too_and_the_demo_logins_stand_only_where_they_were_made(string demo)
    {
        using var embedded = new Embedded();
        var settings = new Dictionary<string, string>(embedded.Settings) { ["Demo__Enabled"] = demo };

        await using var product = await ProductProcess.StartWeb(settings).Ready(TestContext.Current.CancellationToken);
        await product.Says("/set-password/", TestContext.Current.CancellationToken);
        await product.Says(" serves ", TestContext.Current.CancellationToken);
        await product.Terminate(TimeSpan.FromSeconds(30));

        Assert.Equal(demo == "true", product.Output.Contains("demo-corner-barber", StringComparison.Ordinal));
    }

    /// <summary>The line that says why; there is exactly one.</summary>
    private static string Sentence(ProductProcess product) =>
        Assert.Single(product.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.StartsWith("Not started: ", StringComparison.Ordinal));
}
