using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Text;
using Slotwright.Processes;

namespace Slotwright.Load;

/// <summary>Closed-loop HTTP callers on 256 kept-alive connections: Debian's wrk when it is installed, else our own sockets.</summary>
internal static partial class HttpLoad
{
    public const int Connections = 256;

    private static readonly InstantPattern WallClock = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss");

    /// <summary>Which client measures: it shares the cores with the server, so a heavier one brings figures closer together.</summary>
    public static string Client { get; } = File.Exists("/usr/bin/wrk") ? "wrk" : "own client";

    /// <summary>Bookings of ever new places of the schedules in turn. The echo gets the very same requests on its path.</summary>
    public static Task<Rate> Book(Uri address, string path, IReadOnlyList<LoadSchedule> schedules, Pace pace) =>
        Client == "wrk" ? WrkBook(address, path, schedules, pace) : OwnBook(address, path, schedules, pace);

    public static Task<Rate> Get(Uri address, string path, string? authorization, Pace pace) =>
        Client == "wrk"
            ? Wrk(address, path, _ => authorization is null ? "" : $"wrk.headers['Authorization'] = '{Basic(authorization)}'", pace)
            : OwnGet(address, path, authorization, pace);

    /// <summary>Pages of one site in turn, as a browser without compression asks for them.</summary>
    public static async Task<Rate> Get(Uri address, IReadOnlyList<string> paths, int clients, Pace pace)
    {
        if (Client == "wrk")
        {
            return await Wrk(address, paths[0], _ => paths.Count == 1 ? "" : $$"""
                local paths = { {{string.Join(',', paths.Select(path => $"'{path}'"))}} }
                local n = 0
                function request() n = n + 1; return wrk.format('GET', paths[n % #paths + 1]) end
                """, pace, clients);
        }

        var requests = paths.Select(path => Connection.Request("GET", path)).ToArray();
        var turn = -1;
        return await OnConnections(address, pace, connection => connection.Ask(requests[(Interlocked.Increment(ref turn) & int.MaxValue) % requests.Length]), clients);
    }

    /// <summary>A booking as the API's clients send it.</summary>
    public static string Body(LoadSchedule schedule, int resource, Instant start, int minutes) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"schedule_id":{{{schedule.ScheduleId}}},"booking":{"start":"{{{WallClock.Format(start)}}}","finish":"{{{WallClock.Format(start + Duration.FromMinutes(minutes))}}}","full_name":"Ida Quill","email":"ida@quill.example","mobile":"+31600000000","resource_id":{{{resource}}}}}""");

    private static async Task<Rate> OwnBook(Uri address, string path, IReadOnlyList<LoadSchedule> schedules, Pace pace)
    {
        var turn = -1;
        return await OnConnections(address, pace, connection =>
        {
            var schedule = schedules[Interlocked.Increment(ref turn) % schedules.Count];
            var (resource, start) = schedule.Next();
            return connection.Ask(Connection.Request("POST", path, $"{schedule.Account}:{schedule.ApiKey}", Body(schedule, resource, start, 5)));
        });
    }

    private static Task<Rate> OwnGet(Uri address, string path, string? authorization, Pace pace)
    {
        var request = Connection.Request("GET", path, authorization);
        return OnConnections(address, pace, connection => connection.Ask(request));
    }

    private static async Task<Rate> OnConnections(Uri address, Pace pace, Func<Connection, Task<int>> ask, int clients = Connections)
    {
        var connections = await Connection.Open(address, clients);
        try
        {
            return await Callers.Run(clients, pace.WarmUp, pace.Measured, async caller => await ask(connections[caller]) is 200 or 201);
        }
        finally
        {
            foreach (var connection in connections)
            {
                connection.Dispose();
            }
        }
    }

    private static Task<Rate> WrkBook(Uri address, string path, IReadOnlyList<LoadSchedule> schedules, Pace pace) =>
        Wrk(address, path, seconds => Bookings(path, schedules, seconds), pace);

    private static string Bookings(string path, IReadOnlyList<LoadSchedule> schedules, TimeSpan time)
    {
        // Where a run of wrk stops is not known: so many places are left to it that it cannot reach the next run's.
        var first = schedules[0].Skip((int)(time.TotalSeconds * 100_000 / schedules.Count) + 1);
        var rows = string.Join(",\n", schedules.Select(schedule => string.Create(
            CultureInfo.InvariantCulture,
            $"{{{schedule.ScheduleId}, '{Basic($"{schedule.Account}:{schedule.ApiKey}")}', {{{string.Join(',', schedule.Resources)}}}}}")));
        return string.Create(CultureInfo.InvariantCulture, $$$"""
            local threads = 0
            function setup(thread) thread:set('id', threads); threads = threads + 1 end
            local halls = {
            {{{rows}}}
            }
            local n = {{{first}}} * #halls
            function init(args) n = n + id end
            local headers = { ['Content-Type'] = 'application/json' }
            function request()
              local hall = halls[n % #halls + 1]
              local place = math.floor(n / #halls)
              local resources = hall[3]
              local start = {{{LoadSchedule.First.ToUnixTimeSeconds()}}} + math.floor(place / #resources) * 300
              headers['Authorization'] = hall[2]
              n = n + 2
              return wrk.format('POST', '{{{path}}}', headers, '{"schedule_id":' .. hall[1] ..
                ',"booking":{"start":"' .. os.date('!%Y-%m-%d %H:%M:%S', start) .. '","finish":"' .. os.date('!%Y-%m-%d %H:%M:%S', start + 300) ..
                '","full_name":"Ida Quill","email":"ida@quill.example","mobile":"+31600000000","resource_id":' .. resources[place % #resources + 1] .. '}}')
            end
            """);
    }

    private static async Task<Rate> Wrk(Uri address, string path, Func<TimeSpan, string> script, Pace pace, int clients = Connections)
    {
        if (pace.WarmUp > TimeSpan.Zero)
        {
            await RunWrk(address, path, script(pace.WarmUp), pace.WarmUp, clients);
        }

        return await RunWrk(address, path, script(pace.Measured), pace.Measured, clients);
    }

    private static async Task<Rate> RunWrk(Uri address, string path, string script, TimeSpan time, int clients)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "requests.lua");
        await File.WriteAllTextAsync(file, script);
        var start = new ProcessStartInfo("wrk", ["-t2", $"-c{clients}", $"-d{time.TotalSeconds:0}s", "--latency", "-s", file, new Uri(address, path).AbsoluteUri])
        {
            RedirectStandardOutput = true,
        };
        using var wrk = Process.Start(start)!;
        var said = await wrk.StandardOutput.ReadToEndAsync();
        await wrk.WaitForExitAsync();
        return new Rate(
            double.Parse(PerSecond().Match(said).Groups[1].ValueSpan, CultureInfo.InvariantCulture),
            Milliseconds(said, "50%"),
            Milliseconds(said, "99%"),
            Sum(Failures().Matches(said)));
    }

    private static long Sum(MatchCollection matches) =>
        matches.SelectMany(match => match.Groups.Cast<Group>().Skip(1)).Where(group => group.Success).Sum(group => long.Parse(group.ValueSpan, CultureInfo.InvariantCulture));

    private static double Milliseconds(string said, string share)
    {
        var match = Regex.Match(said, share + @"\s+([\d.]+)(us|ms|s)");
        var value = double.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch { "us" => value / 1000, "ms" => value, _ => value * 1000 };
    }

    private static string Basic(string credentials) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials));

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"Non-2xx or 3xx responses: (\d+)|connect (\d+), read (\d+), write (\d+), timeout (\d+)")]
    private static partial Regex Failures();
}
