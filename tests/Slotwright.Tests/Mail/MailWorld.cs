using System.Threading.Channels;
using Dapper;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using MimeKit;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Platform;
using Slotwright.Schedules;
using Slotwright.Storage;
using Slotwright.Storage.Appointments;
using Slotwright.WhiteLabel;

namespace Slotwright.Mail;

/// <summary>Rows, a clock and dispatchers that share them; each dispatcher stands for a process.</summary>
internal sealed class MailWorld : IAsyncDisposable
{
    public static readonly Instant Start = Instant.FromUtc(2026, 12, 7, 9, 0);

    private readonly TemporaryFolder folder = new();
    private readonly List<ServiceProvider> processes = [];
    private readonly ServiceProvider storage;
    private int lastChange = 1000;
    private long lastVersion;

    private MailWorld(Dictionary<string, string?>? settings)
    {
        Clock = new TimeProviderClock(Time);
        storage = new ServiceCollection()
            .AddLogging()
            .AddSingleton(Clock)
            .AddStorage(new ConfigurationBuilder().AddInMemoryCollection(settings ?? folder.Settings).Build())
            .BuildServiceProvider();
        Database = new FaultyDatabase(storage.GetRequiredService<IDatabase>());
        Numbers = new FaultyIds(storage.GetRequiredService<IIds>());
    }

    public FaultyDatabase Database { get; }

    public FaultyIds Numbers { get; }

    public WatchedTime Time { get; } = new(Start);

    public IClock Clock { get; }

    public FakeBrand Brand { get; } = new();

    /// <summary>On an empty database; null: SQLite.</summary>
    public static async Task<MailWorld> Open(Dictionary<string, string?>? settings = null)
    {
        var world = new MailWorld(settings);
        await world.storage.GetRequiredService<IStorageStart>().Start();
        return world;
    }

    public string Folder => Path.Combine(folder.Path, "outbox-mail");

    public Instant Now => Clock.GetCurrentInstant();

    /// <summary>A process with its own dispatcher; not running by itself.</summary>
    public MailProcess Process(IReadOnlyDictionary<string, string?>? settings = null, IMailTransport? transport = null)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings ?? new Dictionary<string, string?>()).Build();
        var services = new ServiceCollection()
            .AddLogging()
            .AddMetrics()
            .AddSingleton<IDatabase>(Database)
            .AddSingleton<IIds>(Numbers)
            .AddSingleton<ISecrets, FakeSecrets>()
            .AddSingleton(Clock)
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<IMailBrand>(Brand)
            .AddOptions()
            .Configure<StorageOptions>(storage => storage.Directory = folder.Path)
            .Configure<PlatformOptions>(platform =>
            {
                platform.Name = "Slotwright";
                platform.BaseUrl = "https://book.example";
                platform.NoReplyAddress = "no-reply@post.example";
            })
            .AddMail(configuration);
        if (transport is not null)
        {
            services.AddSingleton(transport);
        }

        var provider = services.BuildServiceProvider();
        processes.Add(provider);
        return new MailProcess(provider);
    }

    /// <summary>A process that ends, whatever it had in hand.</summary>
    public async Task Stop(MailProcess process)
    {
        var provider = (ServiceProvider)process.Services;
        processes.Remove(provider);
        await provider.DisposeAsync();
    }

    /// <summary>The real store, which wakes the process's dispatcher.</summary>
    public IAgendaStore Agendas(MailProcess process) => new AgendaStore(
        Database, storage.GetRequiredService<IAgendaWriter>(), Clock, process.Services.GetRequiredService<IDispatcherSignal>());

    /// <summary>An account with its owner, and a face to it.</summary>
    public Task Account(AccountFace face, int allowed = 50) => Database.Write(async connection =>
    {
        const string Insert =
            """
            insert into persons (id, email, created_at) values (@id, @email, 0) on conflict do nothing;
            insert into accounts (id, name, reseller_id, owner_person_id, api_key_hash, api_key_sealed, plan, allowed, created_at)
            values (@id, @name, @reseller, @id, @name, '', 'free', @allowed, 0) on conflict do nothing;
            """;
        if (face.ResellerId is { } id)
        {
            await connection.ExecuteAsync(Insert, new { id, email = "reseller@atelier.example", name = "atelier-web", reseller = (int?)null, allowed = 50 });
        }

        await connection.ExecuteAsync(Insert, new { id = face.Id, email = face.OwnerEmail, name = face.Name, reseller = face.ResellerId, allowed });
        Brand.Accounts[face.Id] = face;
        return 0;
    });

    /// <summary>A mail server of the account's own on loopback, or of a reseller for its clients; the name of its lane.</summary>
    public async Task<string> OwnServer(int accountId, int port, WhiteLabelScope scope = WhiteLabelScope.Own)
    {
        var server = new MailServerRow
        {
            AccountId = accountId,
            Scope = scope,
            Host = "127.0.0.1",
            Port = port,
            Security = MailServerSecurity.None,
            User = "",
            PasswordSealed = "",
            ChangedAt = Now,
        };
        await Run(
            """
            insert into mail_servers (account_id, scope, host, port, security, user_name, password_sealed, changed_at)
            values (@AccountId, @scope, @Host, @Port, @security, @User, @PasswordSealed, @changed)
            """,
            new { server.AccountId, scope = (int)scope, server.Host, server.Port, security = (int)server.Security, server.User, server.PasswordSealed, changed = Now.ToUnixTimeMilliseconds() });
        return OwnLane.Of(server);
    }

    /// <summary>A sender, and whether its domain shows the key; the public half of the key.</summary>
    public async Task<string> Sender(int accountId, string address, RecordState dkim, WhiteLabelScope scope = WhiteLabelScope.Own)
    {
        var (pem, shown) = SenderRules.NewKey();
        await Run(
            """
            insert into senders (account_id, scope, address, domain, selector, key_sealed, key_public, spf, dkim, dmarc, changed_at)
            values (@accountId, @scope, @address, @domain, 'm1', @pem, @shown, 1, @dkim, 1, 0)
            """,
            new { accountId, scope = (int)scope, address, domain = address.Split('@')[1], pem, shown, dkim = (int)dkim });
        return shown;
    }

    /// <summary>Commits a fact about an appointment.</summary>
    public async Task<int> Fact(ChangeKind kind, Appointment appointment, Instant? movedFrom = null, ActorKind by = ActorKind.Customer)
    {
        var id = kind == ChangeKind.Booked ? appointment.Id : ++lastChange;
        await Insert(id, kind, appointment.AccountId, appointment.Id, AppointmentSnapshot.Write(appointment), movedFrom, by);
        return id;
    }

    /// <summary>Commits a fact about an account's limit.</summary>
    public async Task<int> Limit(ChangeKind kind, int accountId, LimitSnapshot limit)
    {
        await Insert(++lastChange, kind, accountId, 0, limit.Write(), null);
        await Run("update accounts set near_sent = 1, full_sent = 1, refused_sent = 1 where id = @accountId", new { accountId });
        return lastChange;
    }

    public Task<IReadOnlyList<Row>> Rows() => Database.Read<IReadOnlyList<Row>>(async connection => (await connection.QueryAsync<Row>(
        """
        select id as "Id", change_id as "ChangeId", role as "Role", state as "State", recipient as "Recipient", attempts as "Attempts",
               due_at as "DueAt", last_error as "LastError", message_id as "MessageId", lane as "Lane"
        from deliveries order by id
        """)).AsList());

    public Task<int> Run(string sql, object? parameters = null) => Database.Write(connection => connection.ExecuteAsync(sql, parameters));

    public Task<long> Pending() => Database.Read(async connection => await connection.ExecuteScalarAsync<long>("select count(*) from changes where pending = 1"));

    public Task<long> PendingOf(int factId) => Database.Read(async connection =>
        await connection.ExecuteScalarAsync<long>("select pending from changes where id = @factId", new { factId }));

    /// <summary>What the folder holds, oldest first.</summary>
    public IReadOnlyList<MimeMessage> Written() => !Directory.Exists(Folder)
        ? []
        : [.. Directory.GetFiles(Folder, "*.eml").Order(StringComparer.Ordinal).Select(file => MimeMessage.Load(file))];

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes)
        {
            await process.DisposeAsync();
        }

        await storage.GetRequiredService<IStorageStart>().Stop();
        await storage.DisposeAsync();
        folder.Dispose();
    }

    private Task<int> Insert(int id, ChangeKind kind, int accountId, int appointmentId, string snapshot, Instant? movedFrom, ActorKind by = ActorKind.Customer) => Database.Write(connection =>
        connection.ExecuteAsync(
            """
            insert into changes (id, account_id, agenda_id, schedule_id, appointment_id, version, kind, at, actor_kind, actor_name, moved_from_start, snapshot)
            values (@id, @accountId, 1, 1, @appointmentId, @version, @kind, @at, @by, '', @movedFrom, @snapshot)
            """,
            new
            {
                id,
                accountId,
                appointmentId,
                version = ++lastVersion,
                kind = (int)kind,
                at = Now.ToUnixTimeMilliseconds(),
                by = (int)by,
                movedFrom = movedFrom?.ToUnixTimeMilliseconds(),
                snapshot,
            }));

    internal sealed class Row
    {
        public long Id { get; set; }

        public long ChangeId { get; set; }

        public long Role { get; set; }

        public long State { get; set; }

        public string Recipient { get; set; } = "";

        public long Attempts { get; set; }

        public long DueAt { get; set; }

        public string? LastError { get; set; }

        public string MessageId { get; set; } = "";

        public string Lane { get; set; } = "";

        public DeliveryState InState => (DeliveryState)State;
    }

    /// <summary>A clock that tells when someone begins to wait for a second, so that a test moves it only then.</summary>
    internal sealed class WatchedTime(Instant start) : FakeTimeProvider(start.ToDateTimeOffset())
    {
        private readonly Channel<bool> polls = Channel.CreateUnbounded<bool>();

        public Task Polling() => polls.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (dueTime == TimeSpan.FromSeconds(1))
            {
                polls.Writer.TryWrite(true);
            }

            return timer;
        }
    }

    internal sealed class FakeBrand : IMailBrand
    {
        public Dictionary<int, AccountFace> Accounts { get; } = [];

        public ScheduleFace Face { get; set; } = Samples.Chairs;

        public bool Away { get; set; }

        /// <summary>Questions about accounts so far.</summary>
        public int Asked { get; private set; }

        public Task<AccountFace?> Account(int accountId)
        {
            Asked++;
            return Away ? throw new TimeoutException("No silo") : Task.FromResult(Accounts.GetValueOrDefault(accountId));
        }

        public Task<ScheduleFace?> Schedule(int accountId, int scheduleId) => Task.FromResult<ScheduleFace?>(Face);
    }

    internal sealed class FaultyIds(IIds ids) : IIds
    {
        public bool Away { get; set; }

        public ValueTask<int> Next(IdKind kind) => Away ? throw new TimeoutException("No database") : ids.Next(kind);
    }

    private sealed class TimeProviderClock(TimeProvider time) : IClock
    {
        public Instant GetCurrentInstant() => Instant.FromDateTimeOffset(time.GetUtcNow());
    }

    private sealed class FakeSecrets : ISecrets
    {
        public string Seal(string purpose, string plain) => plain;

        public string Unseal(string purpose, string sealedText) => sealedText;

        public string Prove(string purpose, string text) =>
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(purpose + text)))[..32];
    }
}
