using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Composition;
using Slotwright.Platform;
using Slotwright.Schedules;
using Slotwright.Storage;
using Slotwright.Tenancy;

namespace Slotwright.Load;

/// <summary>The silo inside this process, on a database of its own, with accounts whose plan no load fills.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly IHost host;

    private World(IHost host) => this.host = host;

    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    public IAgendaStore Store => host.Services.GetRequiredService<IAgendaStore>();

    public IIds Ids => host.Services.GetRequiredService<IIds>();

    public IDatabase Database => host.Services.GetRequiredService<IDatabase>();

    /// <summary>Starts it; calls that follow on this flow are the platform's own.</summary>
    public static async Task<World> Open(Target target, bool sending = false)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true, EnvironmentName = "Development" });
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        builder.Configuration.AddInMemoryCollection(target.Settings(sending).Select(setting =>
            KeyValuePair.Create(setting.Key.Replace("__", ":", StringComparison.Ordinal), (string?)setting.Value)));
        builder.AddSlotwrightSilo();
        var host = builder.Build();
        await host.StartAsync();
        Caller.FromSystem();
        return new World(host);
    }

    /// <summary>Makes accounts with schedules that are open day and night, bookable every five minutes.</summary>
    public Task<IReadOnlyList<LoadSchedule>> Make(string prefix, int accounts, int schedulesEach, int resources, int? resellerId = null) =>
        Make(prefix, accounts, schedulesEach, DayAndNight(resources), resellerId);

    public async Task<IReadOnlyList<LoadSchedule>> Make(string prefix, int accounts, int schedulesEach, ScheduleDefinition shape, int? resellerId = null)
    {
        Caller.FromSystem();
        var made = new LoadSchedule[accounts * schedulesEach];
        await Parallel.ForAsync(0, accounts, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
        {
            Caller.FromSystem();
            var name = string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number}");
            var opened = await Grains.SignUp().OpenAccount(new OpenAccount
            {
                Name = name,
                Brand = new AccountBrand { DisplayName = name, Language = "en", TimeZone = "Etc/UTC" },
                OwnerEmail = $"owner@{name}.example",
                ApiKey = LoadSchedule.KeyOf(name),
                PlanCode = "load",
                ResellerId = resellerId,
            });
            var account = opened.Value?.AccountId ?? throw new InvalidOperationException($"Account {name}: {opened.Refusal}");
            for (var each = 0; each < schedulesEach; each++)
            {
                var listing = await Grains.Account(account).AddSchedule(shape with { Name = string.Create(CultureInfo.InvariantCulture, $"S{each}") });
                var schedule = listing.Value?.Id ?? throw new InvalidOperationException($"Schedule of {name}: {listing.Refusal}");
                var definition = await Grains.Schedule(account, schedule).Definition();
                made[(each * accounts) + number] = new LoadSchedule(account, name, schedule, $"S{each}", [.. definition!.Resources.Select(resource => resource.Id)]);
            }
        });
        return made;
    }

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private static ScheduleDefinition DayAndNight(int resources) => new()
    {
        Name = "",
        TimeZone = "Etc/UTC",
        Resources = [.. Enumerable.Range(1, resources).Select(number => new Resource { Id = 0, Name = string.Create(CultureInfo.InvariantCulture, $"R{number}") })],
        OpeningHours = WeeklyHours.On(Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None), new OpeningSpan(LocalTime.Midnight, LocalTime.Midnight)),
        Length = AppointmentLength.Fixed(5),
        StepMinutes = 5,
        HorizonDays = 3650,
    };
}

/// <summary>A schedule under load; hands out each of its places once.</summary>
internal sealed record LoadSchedule(int AccountId, string Account, int ScheduleId, string Name, IReadOnlyList<int> Resources)
{
    private int taken = -1;

    public string ApiKey => KeyOf(Account);

    public static string KeyOf(string account) => $"load-{account}-key-0123456789";

    /// <summary>The first start handed out: Monday 6 January 2031.</summary>
    public static Instant First { get; } = Instant.FromUtc(2031, 1, 6, 0, 0);

    /// <summary>One place of every resource at a start before the next start, every five minutes.</summary>
    public (int ResourceId, Instant Start) Next()
    {
        var number = Interlocked.Increment(ref taken);
        return (Resources[number % Resources.Count], First + Duration.FromMinutes(5L * (number / Resources.Count)));
    }

    /// <summary>Where the next run of another program may begin; so many places are left to it.</summary>
    public int Skip(int places) => Interlocked.Add(ref taken, places) - places + 1;
}
