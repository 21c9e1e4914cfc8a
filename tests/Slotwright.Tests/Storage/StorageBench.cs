using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using NodaTime.Testing;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Platform;
using Slotwright.Team;

namespace Slotwright.Storage;

/// <summary>The storage of one process, opened on a database of its own, with a clock in the test's hand.</summary>
public sealed class StorageBench : IAsyncDisposable
{
    public static readonly Instant Noon = Instant.FromUtc(2026, 11, 24, 12, 0);

    private readonly ServiceProvider services;

    private StorageBench(ServiceProvider services, FakeClock clock) => (this.services, Clock) = (services, clock);

    public FakeClock Clock { get; }

    public IServiceProvider Services => services;

    public IDatabase Database => services.GetRequiredService<IDatabase>();

    public IAgendaStore Agendas => services.GetRequiredService<IAgendaStore>();

    public IAccountStore Accounts => services.GetRequiredService<IAccountStore>();

    public IPersonStore Persons => services.GetRequiredService<IPersonStore>();

    public ILoginStore Logins => services.GetRequiredService<ILoginStore>();

    public IIds Ids => services.GetRequiredService<IIds>();

    public static async Task<StorageBench> Open(Dictionary<string, string?> settings, FakeClock? clock = null)
    {
        clock ??= new FakeClock(Noon);
        var services = Prepare(settings, clock);
        try
        {
            await services.GetRequiredService<IStorageStart>().Start();
            return new StorageBench(services, clock);
        }
        catch
        {
            await services.DisposeAsync();
            throw;
        }
    }

    /// <summary>The services of a storage that is not started.</summary>
    public static ServiceProvider Prepare(Dictionary<string, string?> settings, FakeClock clock, Action<IServiceCollection>? more = null)
    {
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<IClock>(clock)
            .AddStorage(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        more?.Invoke(services);
        return services.BuildServiceProvider();
    }

    /// <summary>An account with a plan of so many appointments; int.MaxValue: no limit.</summary>
    public async Task<int> Account(int allowed = int.MaxValue)
    {
        var id = await Ids.Next(IdKind.Account);
        var opened = await Accounts.Open(NewAccount(id, $"account-{id}", $"owner-{id}@example.test", await Ids.Next(IdKind.Person)) with { Allowed = allowed });
        Assert.True(opened);
        return id;
    }

    public static NewAccount NewAccount(int id, string name, string email, int personId) => new()
    {
        Id = id,
        Name = name,
        FoldedName = name.Replace('_', '-').ToUpperInvariant(),
        PlanCode = "free",
        Allowed = int.MaxValue,
        ApiKeyHash = $"hash-{id}",
        ApiKeySealed = "sealed",
        Owner = new NewPerson { Id = personId, Email = email, NormalisedEmail = email },
        Now = Noon,
    };

    /// <summary>A schedule whose agenda is taken.</summary>
    public async Task<Taken> Schedule(int accountId)
    {
        var id = await Ids.Next(IdKind.Schedule);
        Assert.True(await Accounts.AddSchedule(accountId, id, $"Schedule {id}", $"schedule-{id}", Clock.GetCurrentInstant()));
        var epoch = await Agendas.TakeEpoch(id, 0);
        return new Taken(accountId, id, epoch!.Value);
    }

    public async Task<AgendaWrite> Booking(Taken agenda, int hour, int resourceId = 1, RepeatKey? key = null)
    {
        var id = await Ids.Next(IdKind.Change);
        var now = Clock.GetCurrentInstant();
        var start = Noon + Duration.FromHours(hour);
        return new AgendaWrite
        {
            AgendaId = agenda.AgendaId,
            Epoch = agenda.Epoch,
            ChangeId = id,
            Kind = ChangeKind.Booked,
            Actor = Actor.Customer("ada@example.test"),
            Key = key,
            CountDelta = 1,
            Appointment = new Appointment
            {
                Id = id,
                AccountId = agenda.AccountId,
                ScheduleId = agenda.AgendaId,
                ResourceId = (agenda.AgendaId * 100) + resourceId,
                Kind = AppointmentKind.Appointment,
                Status = AppointmentStatus.Live,
                Start = start,
                End = start + Duration.FromMinutes(30),
                Zone = "Europe/Paris",
                Customer = new CustomerDetails
                {
                    Name = "Ada",
                    Email = "Ada@Example.test",
                    Fields = new Dictionary<string, string> { ["field_1"] = "42" },
                },
                Note = "first visit",
                Language = "fr",
                Revision = 1,
                CreatedAt = now,
                CreatedBy = "ada@example.test",
                UpdatedAt = now,
                UpdatedBy = "ada@example.test",
                ManageSalt = "00112233445566778899aabbccddeeff",
            },
        };
    }

    public async Task<AgendaWrite> Cancellation(AgendaWrite of) => of with
    {
        ChangeId = await Ids.Next(IdKind.Change),
        Kind = ChangeKind.Cancelled,
        Key = null,
        CountDelta = -1,
        Appointment = of.Appointment with { Revision = of.Appointment.Revision + 1, Status = AppointmentStatus.Cancelled },
    };

    public async Task<AgendaWrite> Move(AgendaWrite of, int hour)
    {
        var start = Noon + Duration.FromHours(hour);
        return of with
        {
            ChangeId = await Ids.Next(IdKind.Change),
            Kind = ChangeKind.Moved,
            Key = null,
            CountDelta = 0,
            MovedFromStart = of.Appointment.Start,
            MovedFromEnd = of.Appointment.End,
            Appointment = of.Appointment with { Revision = of.Appointment.Revision + 1, Start = start, End = start + Duration.FromMinutes(30) },
        };
    }

    public Task<long> Number(string sql, params (string Name, object? Value)[] parameters) => Database.Read(async connection =>
        Convert.ToInt64(await connection.Scalar(sql, parameters), CultureInfo.InvariantCulture));

    public async ValueTask DisposeAsync()
    {
        await services.GetRequiredService<IStorageStart>().Stop();
        await services.DisposeAsync();
    }
}

/// <summary>An agenda and the epoch that a test took it with.</summary>
public sealed record Taken(int AccountId, int AgendaId, long Epoch);
