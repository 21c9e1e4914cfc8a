using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Schedules;

namespace Slotwright.Api;

/// <summary>A small world behind the API: two accounts that hold one schedule each, on a clock that stands still. Hand-written, so that a test can make any grain refuse or fail.</summary>
internal sealed class ApiWorld : IGrainFactory
{
    public const int Harbour = 7;
    public const int Courts = 8101;
    public const int CourtOne = 31;
    public const int CourtTwo = 32;
    public const string HarbourKey = "k3yk3yk3yk3yk3yk3yk3yA";

    public const int Barber = 9;
    public const int Chairs = 8202;
    public const int Chair = 41;
    public const string BarberKey = "other-key-of-the-barber";

    /// <summary>A Monday, 09:00 in Amsterdam.</summary>
    public static readonly Instant Now = Instant.FromUtc(2026, 3, 9, 8, 0);

    private readonly ConcurrentDictionary<string, ScheduleTwin> schedules = new();

    public ApiWorld()
    {
        Accounts[Harbour] = new AccountTwin(this, Harbour, "Harbour_Yoga", HarbourKey);
        Accounts[Barber] = new AccountTwin(this, Barber, "corner-barber", BarberKey);
        Add(new ScheduleTwin(this, Harbour, Courts, "Courts", "Europe/Amsterdam", new ResourceFace(CourtOne, "Court 1"), new ResourceFace(CourtTwo, "Court 2")));
        Add(new ScheduleTwin(this, Barber, Chairs, "Chairs", "Europe/Paris", new ResourceFace(Chair, "Chair 1")));
    }

    public FakeClock Clock { get; } = new(Now);

    public Dictionary<int, AccountTwin> Accounts { get; } = [];

    public ScheduleTwin CourtSchedule => schedules[$"{Harbour}/{Courts}"];

    public ScheduleTwin ChairSchedule => schedules[$"{Barber}/{Chairs}"];

    public IEnumerable<ScheduleTwin> All => schedules.Values;

    /// <summary>Thrown by every grain from now on.</summary>
    public Exception? Fault { get; set; }

    public int NextId { get; set; } = 550_000;

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey => (TGrainInterface)Find(typeof(TGrainInterface), primaryKey);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => (TGrainObserverInterface)obj;

    public void Answer()
    {
        if (Fault is not null)
        {
            throw Fault;
        }
    }

    private void Add(ScheduleTwin schedule) => schedules[$"{schedule.AccountId}/{schedule.Id}"] = schedule;

    private object Find(Type type, string key)
    {
        if (type == typeof(IDirectoryGrain))
        {
            return new DirectoryTwin(this);
        }

        if (type == typeof(IAccountGrain))
        {
            return Accounts[int.Parse(key, System.Globalization.CultureInfo.InvariantCulture)];
        }

        return type == typeof(IScheduleGrain)
            ? schedules.GetValueOrDefault(key) ?? new ScheduleTwin(this, 0, 0, "", "UTC") { IsUnknown = true }
            : throw new NotSupportedException(type.Name);
    }

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidKey => throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey => throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithGuidCompoundKey => throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string keyExtension, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerCompoundKey => throw new NotSupportedException();

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
    }

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) => throw new NotSupportedException();

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey) => throw new NotSupportedException();

    public IGrain GetGrain(Type grainInterfaceType, string grainPrimaryKey) => throw new NotSupportedException();

    public IGrain GetGrain(Type grainInterfaceType, Guid grainPrimaryKey, string keyExtension) => throw new NotSupportedException();

    public IGrain GetGrain(Type grainInterfaceType, long grainPrimaryKey, string keyExtension) => throw new NotSupportedException();

    public TGrainInterface GetGrain<TGrainInterface>(GrainId grainId)
        where TGrainInterface : IAddressable => throw new NotSupportedException();

    public IAddressable GetGrain(GrainId grainId) => throw new NotSupportedException();

    public IAddressable GetGrain(GrainId grainId, GrainInterfaceType interfaceType) => throw new NotSupportedException();

    public IAddressable GetGrain(Type interfaceType, IdSpan grainKey, string grainClassNamePrefix) => throw new NotSupportedException();

    public IAddressable GetGrain(Type interfaceType, IdSpan grainKey) => throw new NotSupportedException();
}

internal sealed class FakeClock(Instant now) : IClock
{
    public Instant Now { get; set; } = now;

    public Instant GetCurrentInstant() => Now;
}

internal sealed partial class DirectoryTwin(ApiWorld world) : IDirectoryGrain
{
    public Task<AccountReference?> AccountByName(string name)
    {
        world.Answer();
        return Task.FromResult(Reference(world.Accounts.Values.FirstOrDefault(account =>
            Names.Fold(account.Name) == Names.Fold(name) || (account.FormerName is { } former && Names.Fold(former) == Names.Fold(name)))));
    }

    public Task<AccountReference?> AccountByKeyHash(string sha256)
    {
        world.Answer();
        return Task.FromResult(Reference(world.Accounts.Values.FirstOrDefault(account => account.KeyHash == sha256)));
    }

    public Task<AccountReference?> AccountOfSchedule(int scheduleId) =>
        Task.FromResult(Reference(world.All.Where(schedule => schedule.Id == scheduleId).Select(schedule => world.Accounts[schedule.AccountId]).FirstOrDefault()));

    public Task<AccountReference?> AccountByHost(string host) => throw new NotSupportedException();

    public Task<int?> PersonByLogin(string login) => throw new NotSupportedException();

    private static AccountReference? Reference(AccountTwin? account) => account is null ? null : new AccountReference(account.Id, account.Name);
}

internal sealed partial class AccountTwin(ApiWorld world, int id, string name, string key) : IAccountGrain
{
    public int Id => id;

    public string Name { get; set; } = name;

    public string? FormerName { get; set; }

    public bool TakesBookings { get; set; } = true;

    public string KeyHash { get; set; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    public Task<AccountFace?> Face()
    {
        world.Answer();
        return Task.FromResult<AccountFace?>(new AccountFace
        {
            Id = id,
            Name = Name,
            Brand = new AccountBrand { DisplayName = Name, Language = "nl", TimeZone = "Europe/Amsterdam" },
            ResellerId = null,
            Support = null,
            AdvertLine = null,
            TakesBookings = TakesBookings,
            HasFeeds = true,
            OwnerEmail = "owner@example.com",
        });
    }

    public Task<IReadOnlyList<ScheduleListing>> Schedules()
    {
        world.Answer();
        return Task.FromResult<IReadOnlyList<ScheduleListing>>(
            [.. world.All.Where(schedule => schedule.AccountId == id).Select(schedule => new ScheduleListing(schedule.Id, schedule.Name))]);
    }

    public Task<int?> ScheduleOf(int appointmentId)
    {
        world.Answer();
        return Task.FromResult(world.All.FirstOrDefault(schedule => schedule.AccountId == id && schedule.Rows.Any(row => row.Id == appointmentId))?.Id);
    }

    public Task<Outcome<ScheduleListing, ScheduleRefusal>> AddSchedule(ScheduleDefinition definition) => throw new NotSupportedException();

    public Task<Outcome<ScheduleListing, ScheduleRefusal>> RenameSchedule(int scheduleId, string name) => throw new NotSupportedException();

    public Task<AccountUsage?> Usage() => throw new NotSupportedException();

    public Task<Outcome<AccountUsage, TrialRefusal>> StartTrial() => throw new NotSupportedException();

    public Task<Outcome<AccountUsage, PlanRefusal>> ChangePlan(string planCode) => throw new NotSupportedException();

    public Task<AccountFace> Brand(AccountBrand brand) => throw new NotSupportedException();

    public Task<IReadOnlyList<Appointment>> Day(Instant from, Instant to) => throw new NotSupportedException();

    public Task<string?> ApiKey() => throw new NotSupportedException();

    public Task<FoundAppointments> FindAppointments(FindQuery query) => throw new NotSupportedException();
}
