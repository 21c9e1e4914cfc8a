using System.Globalization;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Tenancy;
using Slotwright.Time;

namespace Slotwright.Load;

/// <summary>
/// Durable bookings through the grain (rules, fence, key, account's counter, change row) beside the same rows put straight into the
/// writer that the grains share. 256 callers in this process.
/// </summary>
internal static class GrainFigures
{
    private const int CallerCount = 256;

    public static async IAsyncEnumerable<Figure> Run(Pace pace)
    {
        foreach (var (accounts, schedulesEach) in ((int, int)[])[(1, 1), (200, 5)])
        {
            foreach (var open in pace.Targets)
            {
                await foreach (var figure in Measure(pace, open, accounts, schedulesEach))
                {
                    yield return figure;
                }
            }
        }
    }

    private static async IAsyncEnumerable<Figure> Measure(Pace pace, Func<Task<Target>> open, int accounts, int schedulesEach)
    {
        await using var target = await open();
        await using var world = await World.Open(target);
        var schedules = accounts * schedulesEach;
        List<Rate> raw = [], grain = [];
        var wal = 0L;
        for (var repeat = 0; repeat < pace.Repeats; repeat++)
        {
            // A fresh set each time, so that no repeat meets a fuller agenda than the one before. Both sets are equally large.
            var straight = await Taken(world, await world.Make($"raw-{repeat}", accounts, schedulesEach, resources: Resources(schedules)));
            var through = await world.Make($"grain-{repeat}", accounts, schedulesEach, resources: Resources(schedules));
            using var watch = new WalWatch(target);
            raw.Add(await Raw(world, straight, pace));
            grain.Add(await Through(world, through, pace));
            wal = Math.Max(wal, watch.Largest);
        }

        var ratios = raw.Zip(grain, (limit, reached) => reached.PerSecond / limit.PerSecond).Order().ToList();
        var ratio = Rate.Median(ratios);
        var what = schedules == 1 ? "one schedule" : $"{schedules:#,0} schedules of {accounts} accounts";
        yield return new Figure(
            $"bookings through the grain, {what}, {target.Name}",
            Figure.Of(Rate.Median(grain)),
            $"raw group commit {Figure.Of(Rate.Median(raw))}; ratio {ratios[0]:0.00} / **{ratio:0.00}** / {ratios[^1]:0.00}",
            "≥ 0.75 (aim 0.85)",
            ratio >= 0.75 && Rate.Median(grain).Errors == 0);
        var limit = target.WalBytes is null ? 60 : 100;
        yield return new Figure(
            $"p99 of those, {what}, {target.Name}",
            $"{Rate.Median(grain).P99:0} ms",
            $"raw {Rate.Median(raw).P99:0} ms",
            $"≤ {limit} ms",
            Rate.Median(grain).P99 <= limit);
        if (target.WalBytes is not null)
        {
            yield return new Figure(
                $"largest write-ahead log meanwhile, {what}", $"{wal / 1048576.0:0.0} MB", "", "≤ 64 MB", wal <= 64 * 1024 * 1024);
        }
    }

    /// <summary>Bookings while mails are made and written to files, on SQLite and PostgreSQL alike.</summary>
    public static async IAsyncEnumerable<Figure> WhileSending(Pace pace)
    {
        foreach (var open in pace.Targets)
        {
            await using var target = await open();
            await using var world = await World.Open(target, sending: true);
            var rate = await Through(world, await world.Make("sending", 200, 5, resources: 20), pace);
            yield return new Figure($"bookings through the grain with sending on, 1,000 schedules, {target.Name}", Figure.Of(rate), "", "shown", null);

            var before = await Sent(world);
            var began = System.Diagnostics.Stopwatch.GetTimestamp();
            await Task.Delay(pace.Measured * 2);
            var took = System.Diagnostics.Stopwatch.GetElapsedTime(began);
            yield return new Figure(
                $"deliveries written as files after that, {target.Name}",
                $"{(await Sent(world) - before) / took.TotalSeconds:#,0}/s",
                "no bookings meanwhile",
                "shown",
                null);
        }
    }

    /// <summary>Calls of the grain from outside: what an API request causes, without HTTP.</summary>
    public static async Task<Rate> Through(World world, IReadOnlyList<LoadSchedule> schedules, Pace pace)
    {
        Caller.FromSystem();
        var turn = -1;

        // Once each, untimed: an activation loads its agenda and takes its epoch with its first booking.
        await Parallel.ForAsync(0, schedules.Count, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (_, _) => await Book());
        return await Callers.Run(CallerCount, pace.WarmUp, pace.Measured, _ => Book());

        async Task<bool> Book()
        {
            var number = Interlocked.Increment(ref turn);
            var schedule = schedules[number % schedules.Count];
            var (resource, start) = schedule.Next();
            var outcome = await world.Grains.Schedule(schedule.AccountId, schedule.ScheduleId).Book(new BookAppointment
            {
                Start = Moment.At(start),
                ResourceId = resource,
                Customer = Customer,
                Language = "en",
                Actor = Actor.ApiKey(),
                Key = KeyOf(number),
            });
            return outcome.Accepted;
        }
    }

    /// <summary>Enough places for the whole measurement; 200 is the most that a schedule may have.</summary>
    private static int Resources(int schedules) => schedules == 1 ? 200 : 20;

    private static CustomerDetails Customer { get; } = new() { Name = "Ida Quill", Email = "ida@quill.example", Mobile = "+31600000000" };

    private static RepeatKey KeyOf(int number) => new()
    {
        Credential = "api",
        Key = string.Create(CultureInfo.InvariantCulture, $"load-{number:00000000}"),
        Fingerprint = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
    };

    private static async Task<IReadOnlyList<(LoadSchedule Schedule, long Epoch)>> Taken(World world, IReadOnlyList<LoadSchedule> schedules)
    {
        var taken = new List<(LoadSchedule, long)>(schedules.Count);
        foreach (var schedule in schedules)
        {
            var loaded = await world.Store.Load(schedule.AccountId, schedule.ScheduleId, Made);
            taken.Add((schedule, await world.Store.TakeEpoch(schedule.ScheduleId, loaded!.Version) ?? throw new InvalidOperationException("The epoch was not to be had.")));
        }

        return taken;
    }

    private static Task<Rate> Raw(World world, IReadOnlyList<(LoadSchedule Schedule, long Epoch)> schedules, Pace pace)
    {
        var turn = -1;
        return Callers.Run(CallerCount, pace.WarmUp, pace.Measured, async _ =>
        {
            var number = Interlocked.Increment(ref turn);
            var (schedule, epoch) = schedules[number % schedules.Count];
            var (resource, start) = schedule.Next();
            var id = await world.Ids.Next(Platform.IdKind.Change);
            var commit = await world.Store.Append(Row(schedule, epoch, id, resource, start, KeyOf(number)));
            return commit.Result == AgendaCommitResult.Stored;
        });
    }

    /// <summary>A row as the grain would write it.</summary>
    public static AgendaWrite Row(LoadSchedule schedule, long epoch, int id, int resource, Instant start, RepeatKey? key) => new()
    {
        AgendaId = schedule.ScheduleId,
        Epoch = epoch,
        ChangeId = id,
        Kind = ChangeKind.Booked,
        Actor = Actor.ApiKey(),
        Key = key,
        CountDelta = 1,
        Appointment = new Appointment
        {
            Id = id,
            AccountId = schedule.AccountId,
            ScheduleId = schedule.ScheduleId,
            ResourceId = resource,
            Kind = AppointmentKind.Appointment,
            Status = AppointmentStatus.Live,
            Start = start,
            End = start + Duration.FromMinutes(5),
            Zone = "Etc/UTC",
            Customer = Customer,
            Language = "en",
            Revision = 1,
            CreatedAt = Made,
            CreatedBy = "api",
            UpdatedAt = Made,
            UpdatedBy = "api",
            ManageSalt = "0123456789abcdef0123456789abcdef",
        },
    };

    private static Instant Made { get; } = Instant.FromUtc(2030, 1, 1, 0, 0);

    private static Task<long> Sent(World world) => world.Database.Read(async connection =>
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select count(*) from deliveries where state = 2";
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    });
}
