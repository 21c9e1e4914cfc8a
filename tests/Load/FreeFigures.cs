using System.Diagnostics;
using System.Globalization;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Processes;
using Slotwright.Schedules;

namespace Slotwright.Load;

/// <summary>Free times: a week over HTTP while the schedule is being booked, and a month in process as the agenda grows.</summary>
internal static class FreeFigures
{
    private const int BookingsPerSecond = 200;

    public static async IAsyncEnumerable<Figure> OverHttp(Pace pace)
    {
        await using var target = new SqliteTarget();
        LoadSchedule schedule;
        await using (var world = await World.Open(target))
        {
            schedule = (await world.Make("free", 1, 1, Chair("Etc/UTC")))[0];
        }

        await using var product = await ProductProcess.StartWeb(target.Settings(sending: false)).Ready(CancellationToken.None);
        await using var echo = await EchoServer.Start();
        var credentials = $"{schedule.Account}:{schedule.ApiKey}";

        // Monday to Saturday of a week: eighteen starts a day.
        var path = string.Create(CultureInfo.InvariantCulture, $"/api/free/{schedule.ScheduleId}.json?from=2030-12-02&maxresults=108");
        var size = await Size(product.Address!, path, credentials);
        using var stop = new CancellationTokenSource();
        var trickle = Trickle(product.Address!, schedule, stop.Token);
        var warmUp = pace with { WarmUp = TimeSpan.Zero, Measured = TimeSpan.FromSeconds(5) };
        await HttpLoad.Get(product.Address!, path, credentials, warmUp);
        await HttpLoad.Get(echo.Address, string.Create(CultureInfo.InvariantCulture, $"/static/{size}"), null, warmUp);
        List<Rate> fixedBytes = [], free = [];
        for (var repeat = 0; repeat < pace.Repeats; repeat++)
        {
            fixedBytes.Add(await HttpLoad.Get(echo.Address, string.Create(CultureInfo.InvariantCulture, $"/static/{size}"), null, pace));
            free.Add(await HttpLoad.Get(product.Address!, path, credentials, pace));
        }

        await stop.CancelAsync();
        var bookings = await trickle;
        var ratios = fixedBytes.Zip(free, (limit, reached) => reached.PerSecond / limit.PerSecond).Order().ToList();
        var ratio = Rate.Median(ratios);
        yield return new Figure(
            $"GET free times of a week, {size:#,0} bytes, {HttpLoad.Connections} connections, while {bookings:0} bookings/s run on the schedule, SQLite ({HttpLoad.Client})",
            Figure.Of(Rate.Median(free)),
            $"static JSON of that size {Figure.Of(Rate.Median(fixedBytes))}; ratio {ratios[0]:0.00} / **{ratio:0.00}** / {ratios[^1]:0.00}",
            "≥ 0.9",
            ratio >= 0.9 && Rate.Median(free).Errors == 0);
    }

    public static IEnumerable<Figure> InProcess()
    {
        var few = Month(100);
        var many = Month(10_000);
        yield return new Figure(
            "free times of a month in process, 100 upcoming", $"{few:0.00} µs", "", "≤ 10 µs", few <= 10);
        yield return new Figure(
            "free times of a month in process, 10,000 upcoming",
            $"{many:0.00} µs",
            $"{many / few:0.00} × the figure of 100",
            "≤ 10 µs, growth ≤ 1.3",
            many <= 10 && many / few <= 1.3);
    }

    /// <summary>Microseconds of one call: the median of nine rounds of 20,000.</summary>
    private static double Month(int upcoming)
    {
        var rules = ScheduleRules.Compile(Chair("Europe/Berlin") with
        {
            Name = "Chair",
            Resources = [new Resource { Id = 1, Name = "Chair" }],
        }).Value ?? throw new InvalidOperationException("The definition was refused.");
        var now = Instant.FromUtc(2030, 1, 1, 0, 0);
        var agenda = new Agenda(rules, now, Appointments(rules, upcoming, upcoming < 1000 ? new LocalDate(2031, 3, 1) : new LocalDate(2030, 1, 2)));
        var query = new FreeTimesQuery { From = new LocalDate(2031, 3, 1), To = new LocalDate(2031, 3, 31) };
        var rounds = new List<double>();
        for (var round = 0; round < 11; round++)
        {
            var began = Stopwatch.GetTimestamp();
            for (var call = 0; call < 20_000; call++)
            {
                if (agenda.FreeTimes(query, 1, now).Value is not { Times.Count: > 0 })
                {
                    throw new InvalidOperationException("No free time.");
                }
            }

            rounds.Add(Stopwatch.GetElapsedTime(began).TotalMicroseconds / 20_000);
        }

        return Rate.Median(rounds.Skip(2));
    }

    /// <summary>Every second place from a day on is taken.</summary>
    private static IEnumerable<Appointment> Appointments(ScheduleRules rules, int count, LocalDate from)
    {
        var made = 0;
        for (var day = from; made < count; day = day.PlusDays(1))
        {
            for (var hour = 9; day.DayOfWeek != IsoDayOfWeek.Sunday && hour < 18 && made < count; hour++)
            {
                var start = day.At(new LocalTime(hour, 0)).InZoneLeniently(rules.Zone).ToInstant();
                yield return new Appointment
                {
                    Id = ++made,
                    AccountId = 1,
                    ScheduleId = 1,
                    ResourceId = 1,
                    Kind = AppointmentKind.Appointment,
                    Status = AppointmentStatus.Live,
                    Start = start,
                    End = start + Duration.FromMinutes(30),
                    Zone = rules.Zone.Id,
                    Customer = new CustomerDetails { Name = "Ida Quill", Email = "ida@quill.example" },
                    Language = "en",
                    Revision = 1,
                    CreatedAt = start,
                    CreatedBy = "api",
                    UpdatedAt = start,
                    UpdatedBy = "api",
                    ManageSalt = "0123456789abcdef0123456789abcdef",
                };
            }
        }
    }

    internal static ScheduleDefinition Chair(string zone) => new()
    {
        Name = "",
        TimeZone = zone,
        Resources = [new Resource { Id = 0, Name = "Chair" }],
        OpeningHours = WeeklyHours.On(
            Enum.GetValues<IsoDayOfWeek>().Where(day => day is not (IsoDayOfWeek.None or IsoDayOfWeek.Sunday)),
            new OpeningSpan(new LocalTime(9, 0), new LocalTime(12, 30)),
            new OpeningSpan(new LocalTime(12, 30), new LocalTime(18, 0))),
        Length = AppointmentLength.Fixed(30),
        StepMinutes = 30,
        HorizonDays = 3650,
    };

    /// <summary>Books at a steady rate, from Monday 6 January 2031 on, whatever the answers take; the rate of 201s reached.</summary>
    private static async Task<double> Trickle(Uri address, LoadSchedule schedule, CancellationToken stop)
    {
        var connections = new Queue<Connection>(await Connection.Open(address, 64));
        var places = Places().GetEnumerator();
        var began = Stopwatch.GetTimestamp();
        long sent = 0, booked = 0;
        var open = new List<Task>();
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        try
        {
            while (await beat.WaitForNextTickAsync(stop))
            {
                for (var due = Stopwatch.GetElapsedTime(began).TotalSeconds * BookingsPerSecond; sent < due; sent++)
                {
                    Connection? connection;
                    lock (connections)
                    {
                        if (!connections.TryDequeue(out connection))
                        {
                            break;
                        }
                    }

                    places.MoveNext();
                    open.Add(Send(connection, places.Current));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }

        var rate = booked / Stopwatch.GetElapsedTime(began).TotalSeconds;
        await Task.WhenAll(open);
        foreach (var connection in connections)
        {
            connection.Dispose();
        }

        return rate;

        async Task Send(Connection connection, Instant start)
        {
            var status = await connection.Ask(Connection.Request(
                "POST", "/api/bookings.json", $"{schedule.Account}:{schedule.ApiKey}", HttpLoad.Body(schedule, schedule.Resources[0], start, 30)));
            if (status == 201)
            {
                Interlocked.Increment(ref booked);
            }

            lock (connections)
            {
                connections.Enqueue(connection);
            }
        }
    }

    /// <summary>Every place of <see cref="Chair"/> from Monday 6 January 2031 on.</summary>
    internal static IEnumerable<Instant> Places()
    {
        for (var day = new LocalDate(2031, 1, 6); ; day = day.PlusDays(1))
        {
            for (var half = 18; day.DayOfWeek != IsoDayOfWeek.Sunday && half < 36; half++)
            {
                yield return day.AtMidnight().InUtc().ToInstant() + Duration.FromMinutes(30 * half);
            }
        }
    }

    private static async Task<int> Size(Uri address, string path, string credentials)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(credentials)));
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadAsByteArrayAsync()).Length;
    }
}
