using System.Globalization;
using NodaTime;
using NodaTime.Testing;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Schedules;
using Slotwright.Team;

namespace Slotwright.Pages;

/// <summary>
/// Accounts, schedules and persons in memory, behind the contracts of the grains: the pages are tested against what the contracts
/// promise. What the real grains do has tests of its own.
/// </summary>
public sealed class FakeWorld : IGrainFactory
{
    private readonly Dictionary<string, object> grains = [];
    private int lastId = 100;

    public FakeClock Clock { get; } = new(Instant.FromUtc(2026, 12, 8, 9, 10));

    /// <summary>Every grain call fails like this while it is set.</summary>
    public Exception? Fault { get; set; }

    public FakeDirectory Directory { get; } = new();

    public int NextId() => ++lastId;

    public FakeAccount Add(string name, AccountFace face)
    {
        var account = new FakeAccount(face);
        Directory.Accounts[Names.Fold(name)] = new AccountReference(face.Id, face.Name);
        grains[Key<IAccountGrain>(face.Id.ToString(CultureInfo.InvariantCulture))] = account;
        return account;
    }

    public PagesSchedule Add(FakeAccount account, ScheduleFace face)
    {
        var schedule = new PagesSchedule(this, face);
        account.All.Add(schedule);
        grains[Key<IScheduleGrain>($"{face.AccountId}/{face.Id}")] = schedule;
        return schedule;
    }

    public FakePerson Add(int id, string email, string password, bool isOperator, params AccountFace[] accounts)
    {
        var person = new FakePerson(this, id, email, password, isOperator, [.. accounts.Select(account => new Membership(account.Id, account.Name))]);
        grains[Key<IPersonGrain>(id.ToString(CultureInfo.InvariantCulture))] = person;
        Directory.Logins[email] = id;
        foreach (var account in accounts)
        {
            Directory.Logins.TryAdd(account.Name, id);
        }

        return person;
    }

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        Fault is { } fault ? throw fault : (TGrainInterface)Stand.For(typeof(TGrainInterface), Behind<TGrainInterface>(primaryKey));

    private object Behind<T>(string key) =>
        typeof(T) == typeof(IDirectoryGrain) ? Directory
        : typeof(T) == typeof(IFrontDoorGrain) ? new FakeFrontDoor()
        : grains.TryGetValue(Key<T>(key), out var grain) ? grain
        : typeof(T) == typeof(IPersonGrain) ? new FakePerson(this, 0, "", Guid.NewGuid().ToString(), false, [])
        : typeof(T) == typeof(IAccountGrain) ? new FakeAccount(null)
        : throw new KeyNotFoundException(key);

    private static string Key<T>(string key) => $"{typeof(T).Name} {key}";

    TGrainInterface IGrainFactory.GetGrain<TGrainInterface>(Guid primaryKey, string? grainClassNamePrefix) => throw new NotSupportedException();

    TGrainInterface IGrainFactory.GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix) => throw new NotSupportedException();

    TGrainInterface IGrainFactory.GetGrain<TGrainInterface>(Guid primaryKey, string keyExtension, string? grainClassNamePrefix) => throw new NotSupportedException();

    TGrainInterface IGrainFactory.GetGrain<TGrainInterface>(long primaryKey, string keyExtension, string? grainClassNamePrefix) => throw new NotSupportedException();

    TGrainObserverInterface IGrainFactory.CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj) => throw new NotSupportedException();

    void IGrainFactory.DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj) => throw new NotSupportedException();

    IGrain IGrainFactory.GetGrain(Type grainInterfaceType, Guid grainPrimaryKey) => throw new NotSupportedException();

    IGrain IGrainFactory.GetGrain(Type grainInterfaceType, long grainPrimaryKey) => throw new NotSupportedException();

    IGrain IGrainFactory.GetGrain(Type grainInterfaceType, string grainPrimaryKey) => throw new NotSupportedException();

    IGrain IGrainFactory.GetGrain(Type grainInterfaceType, Guid grainPrimaryKey, string keyExtension) => throw new NotSupportedException();

    IGrain IGrainFactory.GetGrain(Type grainInterfaceType, long grainPrimaryKey, string keyExtension) => throw new NotSupportedException();

    TGrainInterface IGrainFactory.GetGrain<TGrainInterface>(Orleans.Runtime.GrainId grainId) => throw new NotSupportedException();

    Orleans.Runtime.IAddressable IGrainFactory.GetGrain(Type interfaceType, Orleans.Runtime.IdSpan grainKey) => throw new NotSupportedException();

    Orleans.Runtime.IAddressable IGrainFactory.GetGrain(Type interfaceType, Orleans.Runtime.IdSpan grainKey, string grainClassNamePrefix) => throw new NotSupportedException();

    Orleans.Runtime.IAddressable IGrainFactory.GetGrain(Orleans.Runtime.GrainId grainId) => throw new NotSupportedException();

    Orleans.Runtime.IAddressable IGrainFactory.GetGrain(Orleans.Runtime.GrainId grainId, Orleans.Runtime.GrainInterfaceType interfaceType) => throw new NotSupportedException();
}

public sealed class FakeDirectory
{
    public Dictionary<string, AccountReference> Accounts { get; } = [];

    public Dictionary<string, int> Logins { get; } = [];

    public Task<AccountReference?> AccountByName(string name) => Task.FromResult(Accounts.GetValueOrDefault(Names.Fold(name)));

    public static Task<AccountReference?> AccountByHost(string host) => Task.FromResult<AccountReference?>(null);

    public Task<int?> PersonByLogin(string login) => Task.FromResult(Logins.TryGetValue(login, out var id) ? (int?)id : null);
}

public sealed class FakeFrontDoor
{
    public static Task<PlanCatalogue> Plans() => Task.FromResult(new PlanCatalogue
    {
        Plans = [new PlanListing { Code = "free", Name = "Free", Upcoming = 50, KeptPast = null, Customers = null, Webhooks = 0, Feeds = false, MonthlyPrice = 0 }],
        Currency = "EUR",
        ResellerDiscountPercent = 20,
    });
}

public sealed class FakeAccount(AccountFace? face)
{
    public AccountFace? Shown { get; set; } = face;

    public List<PagesSchedule> All { get; } = [];

    public int? Allowed { get; set; }

    public Task<AccountFace?> Face() => Task.FromResult(Shown);

    public Task<IReadOnlyList<ScheduleListing>> Schedules() =>
        Task.FromResult<IReadOnlyList<ScheduleListing>>([.. All.Select(schedule => new ScheduleListing(schedule.Shown.Id, schedule.Shown.Name))]);

    public Task<AccountUsage?> Usage() => Task.FromResult<AccountUsage?>(new AccountUsage
    {
        PlanCode = "l",
        PlanName = "L",
        Upcoming = All.Sum(schedule => schedule.Live.Count()),
        Allowed = Allowed,
        TrialEndsAt = null,
        MayStartTrial = false,
        Standing = AccountStanding.Active,
    });

    public Task<int?> ScheduleOf(int appointmentId) =>
        Task.FromResult(All.FirstOrDefault(schedule => schedule.Appointments.ContainsKey(appointmentId))?.Shown.Id);

    public Task<IReadOnlyList<Appointment>> Day(Instant from, Instant to) => Task.FromResult<IReadOnlyList<Appointment>>(
        [.. All.SelectMany(schedule => schedule.Live).Where(known => known.Start < to && known.End > from).OrderBy(known => known.Start)]);

}

public sealed class FakePerson(FakeWorld world, int id, string email, string password, bool isOperator, IReadOnlyList<Membership> memberships)
{
    private readonly Dictionary<string, SignInOrigin> open = [];

    public string Password { get; private set; } = password;

    public string? OneTimeToken { get; set; }

    /// <summary>How often a password was judged, wrong ones and strangers' included.</summary>
    public int Tries { get; private set; }

    public Task<Outcome<SignInStep, SignInRefusal>> SignIn(SignInAttempt attempt)
    {
        Tries++;
        return Task.FromResult<Outcome<SignInStep, SignInRefusal>>(
            attempt.Password == Password ? new SignInStep(Open(attempt.Origin), null) : SignInRefusal.NotRecognised);
    }

    public void EndAll() => open.Clear();

    public Task<Outcome<SignInStep, SignInRefusal>> SetPassword(PasswordByLink command)
    {
        if (command.Token != OneTimeToken)
        {
            return Task.FromResult<Outcome<SignInStep, SignInRefusal>>(SignInRefusal.TokenSpent);
        }

        (Password, OneTimeToken) = (command.Password, null);
        return Task.FromResult<Outcome<SignInStep, SignInRefusal>>(new SignInStep(Open(command.Origin), null));
    }

    public Task<bool> TokenIsGood(string token) => Task.FromResult(token == OneTimeToken);

    /// <summary>How often a session was asked for.</summary>
    public int Asked { get; private set; }

    /// <summary>What was read of a session is answered after this.</summary>
    public Task Reading { get; set; } = Task.CompletedTask;

    public async Task<Session?> Resume(string sessionToken)
    {
        Asked++;
        var session = open.ContainsKey(sessionToken) ? Of(sessionToken) : null;
        await Reading;
        return session;
    }

    public Task SignOut(string sessionToken)
    {
        open.Remove(sessionToken);
        return Task.CompletedTask;
    }

    private Session Open(SignInOrigin origin)
    {
        var token = $"session-{world.NextId()}";
        open.Add(token, origin);
        return Of(token);
    }

    private Session Of(string token) => new()
    {
        PersonId = id,
        Email = email,
        Token = token,
        StartedAt = world.Clock.GetCurrentInstant(),
        Memberships = memberships,
        IsOperator = isOperator,
        Host = open[token].Host,
        ConfirmedAt = world.Clock.GetCurrentInstant(),
    };
}
