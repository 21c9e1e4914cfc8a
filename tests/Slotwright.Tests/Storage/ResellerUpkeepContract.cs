using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.Schedules;
using Slotwright.Storage.Resellers;
using Slotwright.Storage.Upkeep;
using Slotwright.Team;
using static Slotwright.Appointments.AgendaCommitResult;

namespace Slotwright.Storage;

/// <summary>Pausing, templates and merging on either database.</summary>
public abstract partial class ResellerUpkeepContract : StorageContract
{
    private IUpkeepStore Upkeep => Bench.Services.GetRequiredService<IUpkeepStore>();

    [Fact]
    public async Task A_paused_account_takes_no_place_for_customers_and_programs_and_gives_back_what_was_booked()
    {
        var (reseller, client) = await ResellerWithClient();
        var agenda = await Bench.Schedule(client);
        var key = new RepeatKey { Credential = "api", Key = "k", Fingerprint = "f" };
        var booked = Open(await Bench.Booking(agenda, 1, key: key));
        Assert.Equal(Stored, (await Bench.Agendas.Append(booked)).Result);

        Assert.True(await Upkeep.Pause(reseller, client, StorageBench.Noon, await Letter(LetterKind.ClientPaused, client)));
        Assert.False(await Upkeep.Pause(reseller, client, StorageBench.Noon, await Letter(LetterKind.ClientPaused, client)));

        Assert.Equal(AccountPaused, (await Bench.Agendas.Append(Open(await Bench.Booking(agenda, 2)))).Result);
        Assert.Equal(AccountPaused, (await Bench.Agendas.Append(Open(await Bench.Move(booked, 3)))).Result);
        Assert.Equal(KeyKnown, (await Bench.Agendas.Append(Open(await Bench.Booking(agenda, 4, key: key)))).Result);
        Assert.Equal(Stored, (await Bench.Agendas.Append(await Bench.Booking(agenda, 5))).Result);
        Assert.Equal(Stored, (await Bench.Agendas.Append(await Bench.Cancellation(booked) with { NeedsOpenAccount = false })).Result);
        Assert.Equal(1, await Bench.Number("select count(*) from person_letters where kind = 150"));

        Assert.True(await Upkeep.Resume(reseller, client, StorageBench.Noon, await Letter(LetterKind.ClientResumed, client)));
        Assert.Equal(Stored, (await Bench.Agendas.Append(Open(await Bench.Booking(agenda, 6)))).Result);
        await Holds();
    }

    [Fact]
    public async Task After_a_pause_is_answered_no_rival_gets_a_place_in_any_of_20_rounds()
    {
        var (reseller, client) = await ResellerWithClient();
        var agenda = await Bench.Schedule(client);
        for (var round = 0; round < 20; round++)
        {
            var writes = new List<AgendaWrite>();
            for (var rival = 0; rival < 16; rival++)
            {
                writes.Add(Open(await Bench.Booking(agenda, 1 + (round * 100) + rival)));
            }

            var (before, after) = (writes[..8].Select(write => Task.Run(() => Bench.Agendas.Append(write))).ToList(), writes[8..]);
            await Upkeep.Pause(reseller, client, StorageBench.Noon, await Letter(LetterKind.ClientPaused, client));
            var late = await Task.WhenAll(after.Select(Bench.Agendas.Append));
            var early = await Task.WhenAll(before);

            Assert.All(late, commit => Assert.Equal(AccountPaused, commit.Result));
            Assert.All(early, commit => Assert.Contains(commit.Result, new[] { Stored, AccountPaused }));
            await Upkeep.Resume(reseller, client, StorageBench.Noon, await Letter(LetterKind.ClientResumed, client));
        }

        await Holds();
    }

    [Fact]
    public async Task Anothers_client_is_neither_paused_nor_kept_as_a_template()
    {
        var (_, client) = await ResellerWithClient();
        var other = await Reseller();

        Assert.Null(await Upkeep.Pause(other, client, StorageBench.Noon, await Letter(LetterKind.ClientPaused, client)));
        Assert.Equal(TemplateRefusal.UnknownClient, (await Upkeep.SaveTemplate(Template(other, client, "Mine"), 100)).Refusal);
        Assert.Equal(0, await Bench.Number("select count(*) from accounts where paused_at is not null"));
        Assert.Equal(0, await Bench.Number("select count(*) from person_letters"));
    }

    [Fact]
    public async Task A_template_comes_back_as_it_was_kept_and_its_name_is_one_resellers_only()
    {
        var (reseller, client) = await ResellerWithClient();
        var (other, othersClient) = await ResellerWithClient();
        var kept = (await Upkeep.SaveTemplate(Template(reseller, client, "Two chairs"), 2)).Value!;

        Assert.Equal(TemplateRefusal.NameTaken, (await Upkeep.SaveTemplate(Template(reseller, client, "two_chairs"), 2)).Refusal);
        Assert.True((await Upkeep.SaveTemplate(Template(other, othersClient, "Two chairs"), 2)).Accepted);
        var second = (await Upkeep.SaveTemplate(Template(reseller, client, "Second"), 2)).Value!;
        Assert.Equal(TemplateRefusal.TooMany, (await Upkeep.SaveTemplate(Template(reseller, client, "Third"), 2)).Refusal);
        Assert.Equal(TemplateRefusal.NameTaken, (await Upkeep.RenameTemplate(reseller, second.Id, "TWO CHAIRS", Names.Fold("TWO CHAIRS"))).Refusal);
        Assert.Equal(TemplateRefusal.UnknownTemplate, (await Upkeep.RenameTemplate(other, kept.Id, "Mine", "mine")).Refusal);
        await Upkeep.DeleteTemplate(other, kept.Id);

        var read = (await Upkeep.Template(reseller, kept.Id))!.Content.Schedules.Single();
        Assert.Equal((new LocalDate(2026, 12, 25), 7), (read.Exceptions[0].From, read.Exceptions[0].ResourceId));
        Assert.Null(await Upkeep.Template(other, kept.Id));
        Assert.Equal(["Second", "Two chairs"], (await Upkeep.Templates(reseller)).Select(template => template.Name));
    }

    private static AgendaWrite Open(AgendaWrite write) => write with { NeedsOpenAccount = true };

    private static NewTemplate Template(int reseller, int client, string name) => new()
    {
        ResellerId = reseller,
        ClientId = client,
        Name = name,
        FoldedName = Names.Fold(name),
        Now = StorageBench.Noon,
        Content = new TemplateContent
        {
            Colour = "#0f766e",
            Language = "fr",
            TimeZone = "Europe/Paris",
            Schedules =
            [
                new ScheduleDefinition
                {
                    Name = "Chairs",
                    TimeZone = "Europe/Paris",
                    Resources = [new Resource { Id = 7, Name = "Léa" }],
                    OpeningHours = WeeklyHours.On([IsoDayOfWeek.Monday], new OpeningSpan(new LocalTime(9, 0), new LocalTime(18, 0))),
                    Exceptions = [new SpecialHours { From = new LocalDate(2026, 12, 25), To = new LocalDate(2026, 12, 26), ResourceId = 7 }],
                    Length = AppointmentLength.Fixed(30),
                    StepMinutes = 30,
                },
            ],
        },
    };

    private async Task<MergeOrder> Order(int from, int into) => new()
    {
        FromId = from,
        IntoId = into,
        ProvenAt = StorageBench.Noon,
        PersonId = 5,
        Now = StorageBench.Noon,
        Letters = [await Letter(LetterKind.ResellersMerged, into), await Letter(LetterKind.ResellerMergedAway, from)],
    };

    private async Task<PersonLetter> Letter(LetterKind kind, int accountId)
    {
        var (letter, delivery) = (await Bench.Ids.Next(IdKind.Change), await Bench.Ids.Next(IdKind.Delivery));
        var owner = (await Bench.Accounts.Load(accountId))!;
        return new PersonLetter
        {
            Id = letter,
            DeliveryId = delivery,
            MessageId = $"{delivery}.{letter}@example.test",
            PersonId = owner.OwnerPersonId,
            AccountId = accountId,
            Kind = kind,
            Recipient = owner.OwnerEmail,
            Language = "en",
        };
    }

    private Task Run(string sql, params (string Name, object? Value)[] parameters) => Bench.Database.Write(connection => connection.Run(sql, parameters));

    private async Task<(int Reseller, int Client)> ResellerWithClient()
    {
        var reseller = await Reseller();
        return (reseller, await Client(reseller));
    }

    private async Task<int> Reseller()
    {
        var id = await Bench.Account();
        await Bench.Database.Write(connection => connection.Run("update accounts set is_reseller = 1 where id = @id", ("id", id)));
        return id;
    }

    private async Task<int> Client(int reseller)
    {
        var id = await Bench.Account();
        await Bench.Database.Write(connection => connection.Run(
            "update accounts set reseller_id = @reseller, attached_at = @now where id = @id", ("reseller", reseller), ("now", StorageBench.Noon), ("id", id)));
        return id;
    }

    private async Task Holds()
    {
        await using var said = new StringWriter();
        Assert.True(await new Verification(Bench.Database, Bench.Clock).Run(said) == 0, said.ToString());
    }
}

public sealed class SqliteResellerUpkeepTests : ResellerUpkeepContract
{
    private readonly TemporaryFolder folder = new();

    protected override ValueTask<Dictionary<string, string?>> NewDatabase() => folder.NewDatabase();

    public override ValueTask DisposeAsync() => folder.After(base.DisposeAsync());
}

public sealed class PostgresResellerUpkeepTests(PostgresServer server) : ResellerUpkeepContract
{
    protected override async ValueTask<Dictionary<string, string?>> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());
}
