using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Live;
using Slotwright.Resellers;
using Slotwright.Team;

namespace Slotwright.Storage;

/// <summary>What a reseller's dashboard reads from the rows.</summary>
public abstract class DashboardStoreContract : StorageContract
{
    private static readonly DateTimeZone Paris = DateTimeZoneProviders.Tzdb["Europe/Paris"];

    private IDashboardStore Store => Bench.Services.GetRequiredService<IDashboardStore>();

    [Fact]
    public async Task Appointments_are_counted_by_the_days_and_hours_of_the_zone_also_where_its_clock_changes()
    {
        // Two days after the clock went forward: the thirty days behind hold both offsets.
        Bench.Clock.Reset(Instant.FromUtc(2027, 3, 30, 12, 0));
        var now = Bench.Clock.GetCurrentInstant();
        var (reseller, client) = (await Bench.Account(), await Bench.Account());
        await Relate(client, reseller);
        var agenda = await Bench.Schedule(client);
        var starts = new List<Instant>();
        foreach (var hours in (int[])[-29 * 24, (-29 * 24) + 9, (-3 * 24) + 15, (-2 * 24) - 13, (-2 * 24) - 14, -14, -15, -2, 0, 1, 9, 10, 30, 24 * 5, (24 * 5) + 11, 24 * 9])
        {
            var booking = await Bench.Booking(agenda, 0);
            var start = now + Duration.FromHours(hours);
            starts.Add(start);
            await Bench.Agendas.Append(booking with { CountDelta = 0, Appointment = booking.Appointment with { Start = start, End = start + Duration.FromMinutes(30) } });
        }

        var days = new BoardDays(now, Paris);
        var counted = Assert.Single(await Store.Count([client, reseller], days, now));

        var local = starts.Select(start => start.InZone(Paris).LocalDateTime).ToList();
        Assert.Equal(Enumerable.Range(0, days.Count).Select(day => local.Count(start => start.Date == days.First.PlusDays(day))), counted.Days);
        Assert.Equal(Enumerable.Range(0, 24).Select(hour => local.Count(start => start.Date == days.Today && start.Hour == hour)), counted.Hours);
        Assert.Equal(starts.Count(start => start + Duration.FromMinutes(30) > now), counted.Upcoming);
        Assert.Equal((30 + 5, 28), (days.Count, days.Week));
    }

    [Fact, Trait("Requirement", "41")]
    public async Task Only_the_resellers_own_clients_are_read_whoever_is_asked_for()
    {
        var (one, two) = (await Bench.Account(), await Bench.Account());
        var (mine, theirs, nobodys) = (await Bench.Account(), await Bench.Account(), await Bench.Account());
        await Relate(mine, one);
        await Relate(theirs, two);
        foreach (var account in (int[])[mine, theirs, nobodys])
        {
            await Bench.Agendas.Append(await Bench.Booking(await Bench.Schedule(account), 1));
        }

        Assert.Equal([mine], (await Store.Clients(one, null)).Select(row => row.Client.AccountId));
        Assert.Equal([(mine, 1L)], (await Store.Clients(one, [mine, theirs, nobodys])).Select(row => (row.Client.AccountId, row.Version)));
        Assert.Equal([mine], (await Store.Events(one, null, Instant.MinValue, 10)).Select(told => told.AccountId));
        Assert.Empty(await Store.Events(one, [theirs, nobodys], Instant.MinValue, 10));
        Assert.Equal([(mine, one), (theirs, two)], (await Store.ResellersOf([mine, theirs, nobodys])).OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value)));
    }

    [Fact]
    public async Task What_happened_is_told_newest_first_and_new_is_what_was_booked_since()
    {
        var (reseller, client) = (await Bench.Account(), await Bench.Account(allowed: 2));
        await Relate(client, reseller);
        var agenda = await Bench.Schedule(client);
        var first = await Bench.Booking(agenda, 1);
        await Bench.Agendas.Append(first);
        var looked = Later();
        Later();
        var moved = await Bench.Move(first, 5);
        await Bench.Agendas.Append(At(moved));
        Later();
        await Bench.Agendas.Append(At(await Bench.Booking(agenda, 2)));
        Later();
        await Bench.Agendas.Append(At(await Bench.Booking(agenda, 3)));

        var events = await Store.Events(reseller, null, Instant.MinValue, 10);

        Assert.Equal(
            [ClientEventKind.LimitRefused, ClientEventKind.LimitReached, ClientEventKind.LimitNear, ClientEventKind.Booked, ClientEventKind.Moved, ClientEventKind.Booked],
            events.Select(told => told.Kind).OrderByDescending(kind => kind >= ClientEventKind.LimitNear ? (int)kind : 0));
        Assert.Equal(events.OrderByDescending(told => told.At).Select(told => told.At), events.Select(told => told.At));
        Assert.Equal(moved.Appointment.Start, events.Single(told => told.Kind == ClientEventKind.Moved).StartsAt);
        Assert.Equal((1, 2), ((await Store.BookedSince([client], looked))[client], (await Store.BookedSince([client], Instant.FromUnixTimeSeconds(0)))[client]));
        Assert.Empty(await Store.BookedSince([client], Bench.Clock.GetCurrentInstant()));
    }

    [Fact]
    public async Task A_visit_begins_half_an_hour_after_the_last_look_and_an_older_look_changes_nothing()
    {
        var reseller = await Bench.Account();
        var person = (int)await Bench.Number("select owner_person_id from accounts where id = @id", ("id", reseller));
        Assert.Null(await Store.Visit(reseller, person));
        var first = DashboardVisit.At(null, Bench.Clock.GetCurrentInstant());
        await Store.Visited(reseller, person, first);
        var later = first.SeenAt + Duration.FromMinutes(20);
        await Store.Visited(reseller, person, DashboardVisit.At(first, later));
        await Store.Visited(reseller, person, first);

        var known = (await Store.Visit(reseller, person))!;

        Assert.Equal(new DashboardVisit(first.SeenAt, later), known);
        Assert.Equal(later, DashboardVisit.At(known, later + DashboardVisit.Length).Since);
    }

    [Fact]
    public async Task Last_sign_ins_and_hosts_are_those_of_the_clients_own_people()
    {
        var (reseller, client) = (await Bench.Account(), await Bench.Account());
        await Relate(client, reseller);
        var owner = (int)await Bench.Number("select owner_person_id from accounts where id = @id", ("id", client));
        var at = Bench.Clock.GetCurrentInstant();
        await Bench.Persons.OpenSession(owner, new SessionRow { TokenHash = "t", StartedAt = at, ConfirmedAt = at, Host = "localhost", Device = "" });
        await Bench.Persons.EndSession("t", at);
        Assert.True(await Bench.Accounts.MapHost("book.client.example", client, at));

        var side = Assert.Single(await Store.Sides(reseller));

        Assert.Equal((client, at, "book.client.example"), (side.Key, side.Value.LastSignInAt, Assert.Single(side.Value.Hosts).Name));
        Assert.Empty(side.Value.FailingSince);
        var since = at + Duration.FromHours(1);
        await Bench.Database.Write(connection => connection.Run(
            "insert into hosts (account_id, host, token, state, asked_at, failing_since) values (@client, 'book.client.example', 'token', 3, 1, @since)",
            ("client", client), ("since", since)));
        var failing = Assert.Single(await Store.Sides(reseller)).Value;
        Assert.Equal((ClientHostState.Failing, since), (Assert.Single(failing.Hosts).State, Assert.Single(failing.FailingSince)));
    }

    [Fact]
    public async Task When_a_person_signed_in_is_told_only_where_all_their_accounts_are_the_resellers()
    {
        var (reseller, client, other, elsewhere) = (await Bench.Account(), await Bench.Account(), await Bench.Account(), await Bench.Account());
        await Relate(client, reseller);
        await Relate(other, reseller);
        var owner = (int)await Bench.Number("select owner_person_id from accounts where id = @id", ("id", client));
        var at = Bench.Clock.GetCurrentInstant();
        await Bench.Persons.OpenSession(owner, new SessionRow { TokenHash = "t", StartedAt = at, ConfirmedAt = at, Host = "localhost", Device = "" });
        foreach (var account in (int[])[other, reseller])
        {
            await Joins(owner, account);
        }

        Assert.Equal((at, at), await Told());
        await Joins(owner, elsewhere);
        Assert.Equal((null, null), await Told());
        await Relate(elsewhere, reseller);
        Assert.Equal((at, at), await Told());
        await Relate(elsewhere, other);
        Assert.Equal((null, null), await Told());

        async Task<(Instant? Shown, Instant? Exported)> Told() => (
            (await Store.Sides(reseller)).GetValueOrDefault(client)?.LastSignInAt,
            (await Bench.Services.GetRequiredService<IUpkeepStore>().ExportRows(reseller, 0, 100, at)).Single(row => row.AccountId == client).LastSignInAt);
    }

    [Fact]
    public async Task Whatever_news_is_lost_or_told_twice_the_board_ends_with_the_numbers_of_the_rows()
    {
        var chance = new Random(41);
        var reseller = await Bench.Account();
        var agendas = new List<Taken>();
        for (var number = 0; number < 12; number++)
        {
            var client = await Bench.Account(allowed: 15);
            await Relate(client, reseller);
            agendas.Add(await Bench.Schedule(client));
        }

        var now = Bench.Clock.GetCurrentInstant();
        var days = new BoardDays(now, Paris);
        var board = new Board(days);
        await Read(board, reseller, null);
        board.Take(reseller, new FeedPosition("f", 1), now);
        var shown = agendas.ToDictionary(agenda => agenda.AccountId, _ => 0);
        var standing = new List<AgendaWrite>();
        for (var round = 0; round < 25; round++)
        {
            var news = new List<int>();
            for (var write = 0; write < 8; write++)
            {
                var agenda = agendas[chance.Next(agendas.Count)];
                var booking = chance.Next(3) == 0 && standing.Count > 0 ? await Bench.Cancellation(standing[^1]) : await Bench.Booking(agenda, chance.Next(-60, 300), chance.Next(50));
                if ((await Bench.Agendas.Append(booking)).Result == AgendaCommitResult.Stored)
                {
                    standing.RemoveAll(one => one.Appointment.Id == booking.Appointment.Id);
                    standing.AddRange(booking.Kind == ChangeKind.Booked ? [booking] : []);
                    news.AddRange(Enumerable.Repeat(booking.Appointment.AccountId, chance.Next(3)));
                }
            }

            await Read(board, reseller, [.. news.Distinct()]);
            Show(board.Take(reseller, new FeedPosition("f", round + 2), now), shown);
        }

        await Read(board, reseller, null);
        Show(board.Take(reseller, new FeedPosition("f", 99), now), shown);

        var recount = new Board(days);
        await Read(recount, reseller, null);
        recount.Take(reseller, new FeedPosition("f", 100), now);
        var plans = new PlansOptions();
        foreach (var agenda in agendas)
        {
            var (one, other) = (board.Figures(agenda.AccountId, plans, null, now)!.Numbers, recount.Figures(agenda.AccountId, plans, null, now)!.Numbers);
            Assert.Equal((other.Version, other.Used, other.Today, other.Week), (one.Version, one.Used, one.Today, one.Week));
            Assert.Equal(other.Trend, one.Trend);
            Assert.Equal(other.Used, shown[agenda.AccountId]);
        }

        Assert.Equal(recount.Totals.Hours, board.Totals.Hours);
        Assert.Equal(recount.DaysOfAll, board.DaysOfAll);
        Assert.True(shown.Values.Sum() > 20);
    }

    private static void Show(DashboardChange? change, Dictionary<int, int> shown)
    {
        foreach (var client in change?.Clients ?? [])
        {
            shown[client.AccountId] = client.Used;
        }
    }

    private async Task Read(Board board, int reseller, int[]? asked)
    {
        var now = Bench.Clock.GetCurrentInstant();
        var stale = board.Follow(await Store.Clients(reseller, asked), asked).Concat(asked ?? []).ToHashSet();
        board.Count(stale, await Store.Count(stale, board.Days, now), now);
    }

    private Instant Later()
    {
        Bench.Clock.AdvanceMinutes(1);
        return Bench.Clock.GetCurrentInstant();
    }

    private AgendaWrite At(AgendaWrite write) => write with { Appointment = write.Appointment with { UpdatedAt = Bench.Clock.GetCurrentInstant() } };

    private Task Joins(int person, int account) => Bench.Database.Write(connection => connection.Run(
        "insert into memberships (person_id, account_id, created_at) values (@person, @account, 1)", ("person", person), ("account", account)));

    private Task Relate(int client, int reseller) => Bench.Database.Write(connection => connection.Run(
        "update accounts set reseller_id = @reseller, attached_at = created_at where id = @client", ("reseller", reseller), ("client", client)));
}

public sealed class SqliteDashboardStoreTests : DashboardStoreContract
{
    private readonly TemporaryFolder folder = new();

    protected override ValueTask<Dictionary<string, string?>> NewDatabase() => folder.NewDatabase();

    public override ValueTask DisposeAsync() => folder.After(base.DisposeAsync());
}

public sealed class PostgresDashboardStoreTests(PostgresServer server) : DashboardStoreContract
{
    protected override async ValueTask<Dictionary<string, string?>> NewDatabase() => PostgresServer.Settings(await server.NewDatabase());
}
