using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Schedules;
using Slotwright.Tenancy;
using Slotwright.Time;

namespace Slotwright.Demo;

/// <summary>
/// Lets the clients of the demo reseller live: a few more of them, two weeks behind them, and people who book, move and cancel at the pace of
/// people. Only where <c>Demo:Traffic</c> asks for it.
/// </summary>
internal sealed partial class DemoTraffic(
    IGrainFactory grains, IOptions<DemoOptions> options, IHostEnvironment environment, DemoSeeded seeded, IClock clock, TimeProvider time, ILogger<DemoTraffic> log)
    : BackgroundService
{
    /// <summary>A schedule that has so many coming has them cancelled rather than made.</summary>
    private const int MostComing = 46;
    private const int DaysAhead = 14;
    private const int DaysBehind = 14;

    private static readonly Duration Shortest = Duration.FromMilliseconds(700);
    private static readonly Duration Longest = Duration.FromSeconds(5);

    private static readonly string[] Guests = ["Noor Visser", "Luc Marchand", "Ada Quill", "Sanne de Wit", "Hugo Petit", "Mira Stone", "Jonas Bakker", "Élise Roux"];

    // The same people do the same things in the same order each time: a demo can be told beforehand.
#pragma warning disable CA5394 // Nothing here is secret.
    private readonly Random chance = new(20_261_124);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Traffic || !options.Value.IsOn(environment))
        {
            return;
        }

        Caller.FromSystem();
        try
        {
            await seeded.Completion.WaitAsync(stoppingToken);
            var places = await Places();
            foreach (var place in places)
            {
                await Remember(place);
            }

            LogLiving(log, places.Count);
            while (true)
            {
                var pause = Shortest + ((Longest - Shortest) * chance.NextDouble());
                await Task.Delay(pause.ToTimeSpan(), time, stoppingToken);
                await Happen(places[chance.Next(places.Count)]);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
#pragma warning disable CA1031 // A demo that stands still is no reason to stop what it shows.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogStill(log, fault);
        }
    }

    /// <summary>The schedules of the demo reseller's clients, with those clients that only this makes.</summary>
    private async Task<List<Place>> Places()
    {
        var reseller = (await grains.Directory().AccountByName(DemoAccounts.All.Single(account => account.IsReseller).Name))!.AccountId;
        var places = new List<Place>();
        foreach (var account in DemoAccounts.All.Where(account => account.HasReseller).Concat(DemoAccounts.Living))
        {
            var opened = await grains.SignUp().OpenAccount(account.ToCommand(reseller));
            var id = opened.Value?.AccountId ?? (await grains.Directory().AccountByName(account.Name))!.AccountId;
            var there = await grains.Account(id).Schedules();
            foreach (var schedule in account.Schedules)
            {
                var listing = there.FirstOrDefault(other => other.Name == schedule.Name) ?? (await grains.Account(id).AddSchedule(schedule)).Value;
                if (listing is not null)
                {
                    places.Add(new Place(grains.Schedule(id, listing.Id), schedule));
                }
            }

            if (account.OnTrial)
            {
                await grains.Account(id).StartTrial();
            }
        }

        return places;
    }

    /// <summary>What was there before anybody looked, unless there is something already.</summary>
    private async Task Remember(Place place)
    {
        var zone = DateTimeZoneProviders.Tzdb[place.Definition.TimeZone];
        var today = clock.GetCurrentInstant().InZone(zone).Date;
        var from = today.PlusDays(-DaysBehind).AtStartOfDayInZone(zone).ToInstant();
        if ((await place.Grain.List(new AppointmentsQuery { From = from, Limit = 1 })).Count > 0)
        {
            return;
        }

        var length = place.Definition.Length.DefaultMinutes;
        for (var day = -DaysBehind; day <= 0; day++)
        {
            // More as time goes on, fewer at weekends.
            var date = today.PlusDays(day);
            var many = chance.Next(2, 5 + ((day + DaysBehind) / 3)) - (date.DayOfWeek >= IsoDayOfWeek.Saturday ? 2 : 0);
            for (var number = 0; number < many; number++)
            {
                await place.Grain.Book(new BookAppointment
                {
                    Start = Moment.OnTheClock(date + new LocalTime(9 + (number * length / 60 % 9), number * length % 60)),
                    Customer = new CustomerDetails { Name = Guests[chance.Next(Guests.Length)] },
                    Language = "en",
                    Actor = Actor.Staff(1, "demo@example.org"),
                });
            }
        }
    }

    private async Task Happen(Place place)
    {
        var luck = chance.Next(100);
        if (place.Coming.Count > 0 && (luck < 12 || place.Coming.Count >= MostComing))
        {
            var at = chance.Next(place.Coming.Count);
            var (id, email) = place.Coming[at];
            place.Coming.RemoveAt(at);
            await place.Grain.Cancel(new CancelAppointment { AppointmentId = id, Actor = Actor.Staff(1, email) });
            return;
        }

        if (await FreeTime(place) is not { } start)
        {
            return;
        }

        if (place.Coming.Count > 0 && luck < 25)
        {
            var (id, email) = place.Coming[chance.Next(place.Coming.Count)];
            await place.Grain.Reschedule(new RescheduleAppointment { AppointmentId = id, Start = Moment.At(start), Actor = Actor.Staff(1, email) });
            return;
        }

        var name = Guests[chance.Next(Guests.Length)];
        var guest = $"guest{chance.Next(1_000)}@example.org";
        var booked = await place.Grain.Book(new BookAppointment
        {
            Start = Moment.At(start),
            Customer = new CustomerDetails { Name = name, Email = guest },
            Language = "en",
            Actor = Actor.Customer(guest),
        });
        if (booked.Accepted)
        {
            place.Coming.Add((booked.Value.Appointment.Id, guest));
        }
    }

    private async Task<Instant?> FreeTime(Place place)
    {
        // People book near days more than far ones.
        var today = clock.GetCurrentInstant().InZone(DateTimeZoneProviders.Tzdb[place.Definition.TimeZone]).Date;
        var day = today.PlusDays((int)(DaysAhead * chance.NextDouble() * chance.NextDouble()));
        var free = await place.Grain.FreeTimes(new FreeTimesQuery { From = day, To = day });
        return free.Value is { Times.Count: > 0 } times ? times.Times[chance.Next(times.Times.Count)].Start : null;
    }
#pragma warning restore CA5394

    [LoggerMessage(Level = LogLevel.Information, Message = "The demo world lives: {Schedules} schedules are booked, moved and cancelled at now and then.")]
    private static partial void LogLiving(ILogger logger, int schedules);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The demo world stands still.")]
    private static partial void LogStill(ILogger logger, Exception fault);

    private sealed record Place(IScheduleGrain Grain, ScheduleDefinition Definition)
    {
        public List<(int Id, string Email)> Coming { get; } = [];
    }
}
