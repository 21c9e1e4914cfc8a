using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Slotwright.Accounts;
using Slotwright.Processes;
using Slotwright.Storage;
using Slotwright.Tenancy;

namespace Slotwright.Load;

/// <summary>
/// How soon a booking moves a number on every open dashboard of the reseller, what open dashboards cost the bookings, whether the numbers are
/// those of the rows afterwards, and how long the list of many clients takes.
/// </summary>
internal static partial class DashboardFigures
{
    internal const string Reseller = "figures-agency";
    private const string Password = "a password for figures";
    private const int Clients = 500;
    internal const int Dashboards = 200;
    private const int BookingsPerSecond = 200;
    private const double Limit = 300;
    private const int ManyClients = 2_000;
    private const int Readers = 16;

    /// <summary>Each dashboard shows one page of the list; together they show every client as often.</summary>
    internal const int PerPage = 50;
    private const int Showing = Dashboards * PerPage / Clients;
    private const double PageLimit = 150;

    public static async IAsyncEnumerable<Figure> Run(Pace pace)
    {
        await using (var target = new SqliteTarget())
        {
            var clients = await Make(target, Clients);
            await using var product = await ProductProcess.StartWeb(target.Settings(sending: false)).Ready(CancellationToken.None);
            await foreach (var figure in Live(target, "one process, SQLite", [product], clients, pace))
            {
                yield return figure;
            }
        }

        await using (var target = await PostgresTarget.Open())
        {
            var clients = await Make(target, Clients);
            await using var one = await Node(target).Ready(CancellationToken.None);
            await using var two = await Node(target).Ready(CancellationToken.None);
            await foreach (var figure in Live(target, "two web nodes, each with a silo, PostgreSQL", [one, two], clients, pace))
            {
                yield return figure;
            }
        }

        await using (var target = new SqliteTarget())
        {
            await Make(target, ManyClients);
            await using var product = await ProductProcess.StartWeb(target.Settings(sending: false)).Ready(CancellationToken.None);
            yield return await Page(product.Address!, pace);
        }
    }

    private static ProductProcess Node(Target target) => ProductProcess.StartWeb(new Dictionary<string, string>(target.Settings(sending: false))
    {
        ["Silo__Port"] = ProductProcess.FreePort().ToString(CultureInfo.InvariantCulture),
        ["Silo__GatewayPort"] = ProductProcess.FreePort().ToString(CultureInfo.InvariantCulture),
        ["Platform__BaseUrl"] = "http://127.0.0.1:5080",
    });

    private static async IAsyncEnumerable<Figure> Live(Target target, string where, ProductProcess[] nodes, IReadOnlyList<LoadSchedule> clients, Pace pace)
    {
        var sites = nodes.Select(node => node.Address!).ToArray();
        var index = clients.Select((client, at) => (client.AccountId, at)).ToDictionary(pair => pair.AccountId, pair => pair.at);
        var sent = clients.Select(_ => new SentBookings()).ToArray();

        // Every client's agenda is loaded and taken once, so that the first bookings are as the others.
        await Steady(sites, clients, index, sent, TimeSpan.FromSeconds(Clients / (double)BookingsPerSecond));
        List<double> ratios = [];
        List<Rate> without = [], with = [];
        for (var repeat = 0; repeat < pace.Repeats; repeat++)
        {
            without.Add(await Booking(sites, clients, pace));
            await using var open = await OpenBoards.Open(sites, index, sent);
            with.Add(await Booking(sites, clients, pace));
            ratios.Add(with[^1].PerSecond / without[^1].PerSecond);
        }

        ratios.Sort();
        await using (var boards = await OpenBoards.Open(sites, index, sent))
        {
            boards.Measure();
            var (booked, refused, itself, rate) = await Steady(sites, clients, index, sent, pace.Measured);
            await boards.Settle();
            var delays = boards.Delays.Order().ToArray();
            var missing = ((long)booked * Showing) - delays.Length;
            var p95 = missing > booked * Showing / 20 ? double.PositiveInfinity : delays[(int)((delays.Length - 1) * 0.95)];
            yield return new Figure(
                $"a booking moves its number on the {Showing} of {Dashboards} open dashboards that show its client, of {Clients}, while {rate:0} bookings/s run, {where}",
                $"p50 {delays[delays.Length / 2]:0} ms, p95 {p95:0} ms, p99 {delays[(int)((delays.Length - 1) * 0.99)]:0} ms, {missing:#,0} of {(long)booked * Showing:#,0} not heard",
                $"from sending the booking, so with the booking itself: p95 {itself:0} ms to its answer; {refused:#,0} refused",
                $"p95 ≤ {Limit:0} ms",
                p95 <= Limit);

            var heard = boards.Last();
            foreach (var node in nodes)
            {
                await node.Terminate(TimeSpan.FromSeconds(30));
            }

            var rows = await Count(target);
            var wrong = heard.Sum(board => board.Count(number => rows.GetValueOrDefault(number.Key) != number.Value));
            yield return new Figure(
                $"numbers that the dashboards show afterwards beside a recount of the rows, {where}",
                $"{wrong:#,0} of {heard.Sum(board => board.Count):#,0} differ",
                $"{rows.Values.Sum():#,0} appointments",
                "none",
                wrong == 0 && heard.All(board => board.Count > 0));
        }

        yield return new Figure(
            $"POST bookings of {Clients} clients with {Dashboards} dashboards open, {where} (own client)",
            Figure.Of(Rate.Median(with)),
            $"without {Figure.Of(Rate.Median(without))}; ratio {ratios[0]:0.00} / **{Rate.Median(ratios):0.00}** / {ratios[^1]:0.00}",
            "≥ 0.85",
            Rate.Median(ratios) >= 0.85);
    }

    private static async Task<Figure> Page(Uri site, Pace pace)
    {
        var cookie = await SignIn(site);
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = Readers }) { BaseAddress = site };
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        var rate = await Callers.Run(Readers, pace.WarmUp, pace.Measured, async reader =>
        {
            using var answer = await http.GetAsync(new Uri($"/reseller/{Reseller}?p={1 + (reader % 40)}", UriKind.Relative));
            return answer.StatusCode == HttpStatusCode.OK;
        });
        return new Figure(
            $"GET the dashboard of {ManyClients:#,0} clients, {Readers} readers, SQLite (the whole page, which is more than its first byte)",
            Figure.Of(rate),
            "",
            $"p99 ≤ {PageLimit:0} ms",
            rate.P99 <= PageLimit && rate.Errors == 0);
    }

    private static async Task<IReadOnlyList<LoadSchedule>> Make(Target target, int clients)
    {
        await using var world = await World.Open(target);
        Caller.FromSystem();
        var opened = await world.Grains.SignUp().OpenAccount(new OpenAccount
        {
            Name = Reseller,
            Brand = new AccountBrand { DisplayName = "Figures", Language = "en", TimeZone = "Europe/Paris" },
            OwnerEmail = $"owner@{Reseller}.example",
            OwnerPassword = Password,
            ApiKey = LoadSchedule.KeyOf(Reseller),
            PlanCode = "load",
            AsReseller = new SupportDetails { Name = "Figures" },
        });
        return await world.Make("client", clients, 1, resources: 4, opened.Value!.AccountId);
    }

    private static async Task<Dictionary<int, int>> Count(Target target)
    {
        await using var world = await World.Open(target);
        return (await world.Database.Read(connection => connection.All(
            "select g.account_id, count(*) from agendas g join appointments p on p.agenda_id = g.id where p.status = 1 and p.kind = 1 group by g.account_id",
            row => (Id: row.GetInt32(0), Count: row.GetInt32(1))))).ToDictionary(row => row.Id, row => row.Count);
    }

    /// <summary>As fast as it goes.</summary>
    private static async Task<Rate> Booking(Uri[] sites, IReadOnlyList<LoadSchedule> clients, Pace pace)
    {
        const int Callers = 64;
        var connections = await Connections(sites, Callers);
        var turn = -1;
        try
        {
            return await Load.Callers.Run(Callers, pace.WarmUp, pace.Measured, async caller =>
                await connections[caller].Ask(Request(clients[(Interlocked.Increment(ref turn) & int.MaxValue) % clients.Count])) == 201);
        }
        finally
        {
            Array.ForEach(connections, connection => connection.Dispose());
        }
    }

    /// <summary>At a steady rate, whatever the answers take; with the answers' p95.</summary>
    private static async Task<(int Booked, int Refused, double P95, double Rate)> Steady(
        Uri[] sites, IReadOnlyList<LoadSchedule> clients, Dictionary<int, int> index, SentBookings[] sent, TimeSpan time)
    {
        var all = await Connections(sites, 64);
        var connections = new ConcurrentQueue<Connection>(all);
        var began = Stopwatch.GetTimestamp();
        var answers = new ConcurrentBag<double>();
        var refused = 0;
        var number = 0;
        var open = new List<Task>();
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (Stopwatch.GetElapsedTime(began) < time && await beat.WaitForNextTickAsync())
        {
            for (var due = Stopwatch.GetElapsedTime(began).TotalSeconds * BookingsPerSecond; number < due && connections.TryDequeue(out var connection); number++)
            {
                open.Add(Send(connection, clients[number % clients.Count]));
            }
        }

        var rate = number / Stopwatch.GetElapsedTime(began).TotalSeconds;
        await Task.WhenAll(open);
        Array.ForEach(all, connection => connection.Dispose());
        var times = answers.Order().ToArray();
        return (times.Length, refused, times.Length == 0 ? double.PositiveInfinity : times[(int)((times.Length - 1) * 0.95)], rate);

        async Task Send(Connection connection, LoadSchedule client)
        {
            var booking = sent[index[client.AccountId]].Add();
            if (await connection.Ask(Request(client)) == 201)
            {
                answers.Add(Stopwatch.GetElapsedTime(booking.At).TotalMilliseconds);
            }
            else
            {
                booking.Refuse();
                Interlocked.Increment(ref refused);
            }

            connections.Enqueue(connection);
        }
    }

    private static byte[] Request(LoadSchedule client)
    {
        var (resource, start) = client.Next();
        return Connection.Request("POST", "/api/bookings.json", $"{client.Account}:{client.ApiKey}", HttpLoad.Body(client, resource, start, 5));
    }

    private static async Task<Connection[]> Connections(Uri[] sites, int count) =>
        [.. (await Task.WhenAll(sites.Select(site => Connection.Open(site, count / sites.Length)))).SelectMany(some => some)];

    /// <summary>The session's cookie, as a browser has it after the form.</summary>
    internal static async Task<string> SignIn(Uri site)
    {
        var cookies = new CookieContainer();
        using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = site };
        var form = await http.GetStringAsync(new Uri("/signin", UriKind.Relative));
        var token = Token().Match(form).Groups[1].Value;
        using var fields = new FormUrlEncodedContent(new Dictionary<string, string> { ["login"] = Reseller, ["password"] = Password, ["form-token"] = token });
        using var answer = await http.PostAsync(new Uri("/signin", UriKind.Relative), fields);
        return answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.SeeOther
            ? string.Join("; ", cookies.GetCookies(site).Select(cookie => $"{cookie.Name}={cookie.Value}"))
            : throw new InvalidOperationException($"The reseller could not sign in: {answer.StatusCode}");
    }

    [GeneratedRegex("name=\"form-token\"[^>]* value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
