using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Orleans.Storage;
using Orleans.TestingHost;
using Slotwright.Storage.Documents;
using Slotwright.Storage.Resellers;

namespace Slotwright.Storage;

/// <summary>Grain documents through Orleans' own grain storage, in a silo that shares the bench's database.</summary>
public abstract class DocumentsContract : StorageContract
{
    public sealed record Rules
    {
        public string Name { get; init; } = "";

        public LocalTime Opens { get; init; }

        public IReadOnlyList<LocalDate> Closed { get; init; } = [];
    }

    private static readonly GrainId One = GrainId.Create("schedule", "1/7");

    [Fact]
    public async Task A_document_is_read_as_it_was_written_and_cleared()
    {
        await using var cluster = await Cluster();
        var documents = Documents(cluster);
        var written = new GrainState<Rules>(new Rules { Name = "Chairs", Opens = new LocalTime(9, 30), Closed = [new LocalDate(2026, 12, 25)] });
        await documents.WriteStateAsync("rules", One, written);
        await documents.WriteStateAsync("rules", One, written);

        var read = await Read(documents, One);
        Assert.Equal((true, "Chairs", new LocalTime(9, 30)), (read.RecordExists, read.State!.Name, read.State.Opens));
        Assert.Equal([new LocalDate(2026, 12, 25)], read.State!.Closed);
        Assert.Equal(written.ETag, read.ETag);
        Assert.False((await Read(documents, GrainId.Create("schedule", "1/8"))).RecordExists);
        Assert.False((await Read(documents, GrainId.Create("account", "1/7"))).RecordExists);

        await documents.ClearStateAsync("rules", One, read);
        Assert.False((await Read(documents, One)).RecordExists);
        await Assert.ThrowsAsync<InconsistentStateException>(() => documents.WriteStateAsync("rules", One, written));
        await documents.WriteStateAsync("rules", One, read);
        Assert.True((await Read(documents, One)).RecordExists);
    }

    [Fact, Trait("Fault", "4")]
    public async Task Of_16_who_write_a_document_first_one_wins_and_the_others_are_told()
    {
        await using var cluster = await Cluster();
        var documents = Documents(cluster);
        for (var round = 0; round < 20; round++)
        {
            var grain = GrainId.Create("schedule", $"2/{round}");

            var won = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(() => Wins(documents, grain, $"writer {i}"))));

            Assert.Single(won, winner => winner);
            Assert.Equal($"writer {Array.IndexOf(won, true)}", (await Read(documents, grain)).State!.Name);
        }
    }

    [Fact]
    public async Task Of_16_who_replace_a_version_one_wins()
    {
        await using var cluster = await Cluster();
        var documents = Documents(cluster);
        await documents.WriteStateAsync("rules", One, new GrainState<Rules>(new Rules()));
        var read = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Read(documents, One)));

        var won = await Task.WhenAll(read.Select(state => Task.Run(async () =>
        {
            try
            {
                await documents.WriteStateAsync("rules", One, state);
                return true;
            }
            catch (InconsistentStateException)
            {
                return false;
            }
        })));

        Assert.Single(won, winner => winner);
    }

    [Fact, Trait("Requirement", "88")]
    public async Task A_document_forgotten_with_its_account_is_gone_and_whoever_knew_it_cannot_write_it_again()
    {
        await using var cluster = await Cluster();
        var documents = Documents(cluster);
        var written = new GrainState<Rules>(new Rules { Name = "Chairs" });
        var other = GrainId.Create("schedule", "1/8");
        await documents.WriteStateAsync("rules", One, written);
        await documents.WriteStateAsync("rules", other, new GrainState<Rules>(new Rules { Name = "Rooms" }));

        Assert.Equal(1, await Bench.Database.Write(connection => connection.ForgetDocuments(Bench.Database.Dialect, "schedule/rules", "1/7")));

        Assert.False((await Read(documents, One)).RecordExists);
        Assert.True((await Read(documents, other)).RecordExists);
        await Assert.ThrowsAsync<InconsistentStateException>(() => documents.WriteStateAsync("rules", One, written));
    }

    [Theory, Trait("Requirement", "88")]
    [InlineData("12", "18")]
    [InlineData("7", "70")]
    public async Task A_document_whose_key_is_a_number_is_forgotten_and_no_other(string key, string another)
    {
        await using var cluster = await Cluster();
        var documents = Documents(cluster);
        var (grain, other) = (GrainId.Create("account", key), GrainId.Create("account", another));
        await documents.WriteStateAsync("rules", grain, new GrainState<Rules>(new Rules { Name = "Chairs" }));
        await documents.WriteStateAsync("rules", other, new GrainState<Rules>(new Rules { Name = "Rooms" }));

        Assert.Equal(1, await Bench.Database.Write(connection => connection.ForgetDocuments(Bench.Database.Dialect, "account/rules", key)));

        Assert.False((await Read(documents, grain)).RecordExists);
        Assert.True((await Read(documents, other)).RecordExists);
    }

    /// <summary>The stored form of the one document, as text.</summary>
    protected abstract string PayloadStatement { get; }

    [Fact]
    public async Task The_stored_form_names_no_types()
    {
        await using var cluster = await Cluster();
        await Documents(cluster).WriteStateAsync("rules", One, new GrainState<Rules>(new Rules { Name = "Chairs", Opens = new LocalTime(9, 30) }));

        var payload = await Bench.Database.Read(connection => connection.First(PayloadStatement, row => row.GetString(0)));

        Assert.Equal("""{"schema":1,"document":{"name":"Chairs","opens":"09:30:00","closed":[]}}""", payload);
    }

    private static async Task<bool> Wins(IGrainStorage documents, GrainId grain, string name)
    {
        try
        {
            await documents.WriteStateAsync("rules", grain, new GrainState<Rules>(new Rules { Name = name }));
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    private static async Task<GrainState<Rules>> Read(IGrainStorage documents, GrainId grain)
    {
        var state = new GrainState<Rules>();
        await documents.ReadStateAsync("rules", grain, state);
        return state;
    }

    private static IGrainStorage Documents(InProcessTestCluster cluster) =>
        cluster.Silos[0].ServiceProvider.GetRequiredKeyedService<IGrainStorage>(DocumentStorage.Name);

    private async Task<InProcessTestCluster> Cluster()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(Bench.Database);
            if (Bench.Services.GetService<Npgsql.NpgsqlDataSource>() is { } source)
            {
                silo.Services.AddSingleton(source);
            }

            silo.AddDocumentStorage();
        });
        var cluster = builder.Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
