using Microsoft.Extensions.Options;
using NodaTime;
using Orleans.Concurrency;
using Slotwright.Appointments;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.Schedules;
using Slotwright.Team;
using Slotwright.WhiteLabel;

namespace Slotwright.Accounts;

/// <summary>Serialises what happens to one account; its counter is written by the bookings' transactions, never here.</summary>
[Reentrant, GrainType("account")]
public sealed partial class AccountGrain(
    [PersistentState("brand")] IPersistentState<AccountState> document,
    IAccountStore store,
    IAgendaStore agendas,
    IPictureStore pictures,
    IIds ids,
    ISecrets secrets,
    LetterDesk letters,
    IOptions<PlansOptions> plans,
    IOptions<PlatformOptions> platform,
    IClock clock) : Grain, IAccountGrain, IAccountSetup
{
    /// <summary>How long "is there room?" is believed on pages; the booking's own transaction decides.</summary>
    private static readonly Duration RoomLifetime = Duration.FromSeconds(1);

    /// <summary>
    /// How old the row may be for the account's pages: what another grain stored about it (a relation, a pause) is seen within this time also
    /// where nobody was left to tell.
    /// </summary>
    private static readonly Duration RowLifetime = Duration.FromSeconds(2);

    private Task saving = Task.CompletedTask;
    private AccountRow? row;
    private Instant rowReadAt;
    private Task rowReading = Task.CompletedTask;
    private long readings;
    private long readingOfRow;
    private (Instant At, bool Room)? room;

    private int Id => GrainKeys.AccountOf(this.GetPrimaryKeyString())!.Value;

    public override Task OnActivateAsync(CancellationToken cancellationToken) => ReadRow();

    public async Task<AccountFace?> Face()
    {
        if (clock.GetCurrentInstant() is var now && (now - rowReadAt >= RowLifetime || now < rowReadAt))
        {
            // Many pages may ask at once: they wait for one reading.
            await (rowReading = rowReading.IsCompleted ? ReadRow() : rowReading);
        }

        if (row is null || document.State.Brand is not { } brand)
        {
            return null;
        }

        var standing = Trial.Standing(row, now);
        var reseller = row.ResellerId is { } resellerId ? await GrainFactory.Reseller(resellerId).Settings() : null;
        var (shown, inherited) = InheritedLooks.Inherit(row.LosesSender ? brand with { SenderEmail = "" } : brand, reseller);
        return new AccountFace
        {
            Id = row.Id,
            Name = row.Name,
            Brand = row.LosesSender ? shown with { SenderEmail = "" } : shown,
            ResellerId = row.ResellerId,
            Support = reseller?.Support,
            AdvertLine = standing == AccountStanding.Free ? Advert(reseller) : null,
            TakesBookings = await HasRoom(standing),
            HasFeeds = standing == AccountStanding.Trial || plans.Value.Find(row.PlanCode)?.Feeds == true,
            OwnerEmail = row.OwnerEmail,
            IsReseller = row.IsReseller,
            IsPaused = row.PausedAt is not null || row.SuspendedAt is not null,
            IsSuspended = row.SuspendedAt is not null,
            OwnerPersonId = row.OwnerPersonId,
            Inherited = inherited,
        };
    }

    public async Task<IReadOnlyList<ScheduleListing>> Schedules() => row is null ? [] : await store.Schedules(Id);

    public async Task<Outcome<ScheduleListing, ScheduleRefusal>> AddSchedule(ScheduleDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (row is null)
        {
            return ScheduleRefusal.UnknownSchedule;
        }

        if (!ScheduleNames.IsValid(definition.Name))
        {
            return ScheduleRefusal.NameInvalid;
        }

        var scheduleId = await ids.Next(IdKind.Schedule);
        var created = await GrainFactory.ScheduleSetup(Id, scheduleId).Create(definition);
        if (!created.Accepted)
        {
            return created.Refusal.Value;
        }

        // The document is there before the row that makes it reachable; a document without a row is nobody's.
        var name = definition.Name.Trim();
        if (!await store.AddSchedule(Id, scheduleId, name, Names.Fold(name), clock.GetCurrentInstant()))
        {
            return ScheduleRefusal.NameTaken;
        }

        await GrainFactory.ScheduleSetup(Id, scheduleId).Renamed(name);
        return new ScheduleListing(scheduleId, name);
    }

    public async Task<Outcome<ScheduleListing, ScheduleRefusal>> RenameSchedule(int scheduleId, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (await store.Schedule(Id, scheduleId) is null)
        {
            return ScheduleRefusal.UnknownSchedule;
        }

        if (!ScheduleNames.IsValid(name))
        {
            return ScheduleRefusal.NameInvalid;
        }

        if (!await store.RenameSchedule(Id, scheduleId, name.Trim(), Names.Fold(name), clock.GetCurrentInstant()))
        {
            return ScheduleRefusal.NameTaken;
        }

        await GrainFactory.ScheduleSetup(Id, scheduleId).Renamed(name.Trim());
        return new ScheduleListing(scheduleId, name.Trim());
    }

    public async Task<AccountUsage?> Usage()
    {
        if (row is null)
        {
            return null;
        }

        var now = clock.GetCurrentInstant();
        var standing = Trial.Standing(row, now);
        return new AccountUsage
        {
            PlanCode = row.PlanCode,
            PlanName = plans.Value.Find(row.PlanCode)?.Name ?? row.PlanCode,
            Upcoming = await agendas.CountUpcoming(Id, now),
            Allowed = Allowed(now),
            TrialEndsAt = row.TrialEndsAt,
            MayStartTrial = Trial.Judge(row, now) is null,
            Standing = standing,
        };
    }

    public async Task<Outcome<AccountUsage, PlanRefusal>> ChangePlan(string planCode)
    {
        ArgumentNullException.ThrowIfNull(planCode);
        if (row is null)
        {
            return PlanRefusal.UnknownAccount;
        }

        var code = planCode.ToLowerInvariant();
        if (plans.Value.Find(code) is not { } plan)
        {
            return PlanRefusal.UnknownPlan;
        }

        await store.ChangePlan(Id, code, plan.Allowed);
        await Reload();
        return (await Usage())!;
    }

    public async Task<AccountFace> Brand(AccountBrand brand)
    {
        ArgumentNullException.ThrowIfNull(brand);
        if (!BrandRules.IsValid(brand))
        {
            throw new ArgumentException("The brand has a missing, too long or malformed part.", nameof(brand));
        }

        await Save(_ => brand);
        return (await Face())!;
    }

    public async Task<int?> ScheduleOf(int appointmentId) => (await agendas.Find(Id, appointmentId))?.ScheduleId;

    public async Task<FoundAppointments> FindAppointments(FindQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Text.Length > 200 || query.Limit is < 1 or > 100 || query.Offset < 0 || !Enum.IsDefined(query.Among))
        {
            throw new ArgumentException("A text of at most 200 characters, 1 to 100 rows and an offset of 0 or more.");
        }

        return row is null || FindText.Words(query.Text).Count == 0 ? FoundAppointments.None : await agendas.Find(Id, query, clock.GetCurrentInstant());
    }

    public async Task<IReadOnlyList<Appointment>> Day(Instant from, Instant to) => row is null ? [] : await agendas.Day(Id, from, to, limit: 1000);

    public Task<string?> ApiKey() => Task.FromResult(row is null ? null : secrets.Unseal(ApiKeys.Purpose, row.ApiKeySealed));

    public Task Create(AccountBrand brand) => Save(_ => brand);

    public async Task Reload()
    {
        // What is being read may be older than what was just stored: this reading is a new one, and pages wait for it.
        await (rowReading = ReadRow());
        room = null;
        if (row is null)
        {
            DeactivateOnIdle();
        }
    }

    private async Task ReadRow()
    {
        var (reading, at, loaded) = (++readings, clock.GetCurrentInstant(), await store.Load(Id));
        if (reading < readingOfRow)
        {
            // One that began later has answered already.
            return;
        }

        (row, rowReadAt, readingOfRow) = (loaded, at, reading);
        if (loaded is { LosesSender: true })
        {
            // The row said so in the transaction that detached it; the document follows, whoever reads first.
            if (document.State.Brand is { SenderEmail.Length: > 0 })
            {
                await Save(present => present! with { SenderEmail = "" });
            }

            await store.SenderLost(Id);
            row = row is null ? null : row with { LosesSender = false };
        }
    }

    /// <summary>Null: no limit now.</summary>
    private int? Allowed(Instant now) => Trial.IsRunning(row!.TrialEndsAt, now) || row.Allowed == int.MaxValue ? null : row.Allowed;

    private async Task<bool> HasRoom(AccountStanding standing)
    {
        var now = clock.GetCurrentInstant();
        if (standing == AccountStanding.Trial || Allowed(now) is not { } allowed)
        {
            return true;
        }

        if (room is not { } known || now - known.At >= RoomLifetime || now < known.At)
        {
            room = known = (now, await agendas.CountUpcoming(Id, now) < allowed);
        }

        return known.Room;
    }

    private static string? Advert(ResellerSettings? reseller) =>
        reseller is null ? "" : string.IsNullOrWhiteSpace(reseller.AdvertLine) ? null : reseller.AdvertLine;

    /// <summary>Writes what the present brand becomes, present as it is when its turn has come.</summary>
    private Task Save(Func<AccountBrand?, AccountBrand> becomes)
    {
        // One write of a document at a time: two would carry the same version, and the second would be refused.
        return saving = After(saving);

        async Task After(Task earlier)
        {
            await earlier;
            await Write(becomes(document.State.Brand));
        }
    }

    private async Task Write(AccountBrand brand)
    {
        document.State = document.State with { Brand = brand };
        try
        {
            await document.WriteStateAsync();
        }
        catch
        {
            // Memory now differs from storage: drop this activation so that the next call reloads the truth.
            DeactivateOnIdle();
            throw;
        }
    }
}
