using System.Security.Cryptography;
using System.Text;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Team;

namespace Slotwright.Resellers;

/// <summary>What a reseller does with its client accounts: asks the grains, writes the letters, and leaves the deciding to the store's transaction.</summary>
public sealed partial class ClientDesk(IGrainFactory grains, IClientStore store, IAccountStore accounts, LetterDesk letters, IClock clock)
{
    /// <summary>How many rows of an export travel at once.</summary>
    public const int RowsAtOnce = 1_000;

    /// <summary>How many accounts are asked or told at once.</summary>
    private const int AtOnce = 64;

    private const int InvitationsPerWindow = 3;
    private const int LongestNote = 500;
    private const decimal HighestPrice = 1_000_000;

    /// <summary>Never given to a person: its grain does the same work and proves nothing.</summary>
    private const int NobodysId = int.MaxValue;

    private static readonly Duration InvitationWindow = Duration.FromHours(1);

    private Instant Now => clock.GetCurrentInstant();

    public async Task<Outcome<AccountReference, SignUpRefusal>> Open(int resellerId, OpenClient command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var opened = await grains.SignUp().OpenAccount(new OpenAccount
        {
            Name = command.Name,
            Brand = new AccountBrand { DisplayName = command.DisplayName.Trim(), Language = command.Language, TimeZone = command.TimeZone },
            OwnerEmail = command.OwnerEmail,
            ResellerId = resellerId,
            InvitesOwner = true,
            OpeningKey = command.FormKey.Length is 0 or > 64 ? "" : KeyOf(resellerId, command),
        });
        if (!opened.Accepted)
        {
            return opened.Refusal.Value;
        }

        await grains.DashboardNews(resellerId).Happened([], [opened.Value.AccountId]);
        return new AccountReference(opened.Value.AccountId, AccountNames.Tidy(command.Name));
    }

    public async Task<Outcome<AccountReference, ConnectRefusal>> Connect(int resellerId, ConnectClient command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var reference = command.Name.Length > 60 ? null : await accounts.FindByName(Names.Fold(command.Name));
        var row = reference is null ? null : await accounts.Load(reference.AccountId);
        switch (await grains.Person(row?.OwnerPersonId ?? NobodysId).Prove(command.Password, command.Code))
        {
            case ProofAnswer.TooBusy:
                return ConnectRefusal.TooBusy;
            case ProofAnswer.Proven when row is { PausedAt: null, SuspendedAt: null }:
                break;
            default:
                return ConnectRefusal.NotRecognised;
        }

        if (row.Id == resellerId)
        {
            return ConnectRefusal.Itself;
        }

        var face = await grains.Account(row.Id).Face();
        var letter = await letters.Write(
            LetterKind.ClientAttached, row.OwnerPersonId, row.OwnerEmail, new LetterManner(face?.Brand.Language ?? "en", row.Id), detail: NewsOf(row, face, resellerId).Write());
        var answer = await store.Attach(resellerId, row.Id, command.PersonId, Now, letter);
        await grains.AccountSetup(row.Id).Reload();
        await grains.DashboardNews(resellerId).Happened([], [row.Id]);
        return answer switch
        {
            AttachAnswer.Attached => new AccountReference(row.Id, row.Name),
            AttachAnswer.AlreadyYours => ConnectRefusal.AlreadyYours,
            AttachAnswer.AttachedElsewhere => ConnectRefusal.AttachedElsewhere,
            AttachAnswer.IsReseller => ConnectRefusal.IsReseller,
            AttachAnswer.UnknownReseller => ConnectRefusal.UnknownReseller,
            _ => ConnectRefusal.NotRecognised,
        };
    }

    public async Task<ClientFacts?> Facts(int resellerId, int clientId)
    {
        if (await store.Find(resellerId, clientId) is not { } row)
        {
            return null;
        }

        var (face, usage) = (await grains.Account(clientId).Face(), await grains.Account(clientId).Usage());
        return face is null || usage is null ? null : new ClientFacts
        {
            Face = face,
            Usage = usage,
            CreatedAt = row.CreatedAt,
            AttachedAt = row.AttachedAt,
            InvitedAt = row.InvitedAt,
            Asked = row.Asked,
            PausedAt = row.PausedAt,
            Schedules = (await grains.Account(clientId).Schedules()).Count,
        };
    }

    public async Task<Outcome<AccountReference, ClientRefusal>> InviteAgain(int resellerId, int clientId)
    {
        if (await store.Find(resellerId, clientId) is not { } row)
        {
            return ClientRefusal.UnknownClient;
        }

        // Which of the two goes out is decided where it is known whether there is a login, and told to nobody.
        var face = await grains.Account(clientId).Face();
        var manner = new LetterManner(face?.Brand.Language ?? "en", clientId);
        var link = PersonLink.New(row.OwnerPersonId, PersonLinkKind.Invitation, Now);
        var invitation = await letters.Write(LetterKind.AccountActivation, row.OwnerPersonId, row.OwnerEmail, manner, link.Id);
        var notice = await letters.Write(
            LetterKind.ClientOpened, row.OwnerPersonId, row.OwnerEmail, manner, detail: NewsOf(row.Name, face, resellerId).Write());
        return await store.Invite(resellerId, clientId, new Invitation(link, invitation), notice, InvitationsPerWindow, Now - InvitationWindow, Now) switch
        {
            true => new AccountReference(clientId, row.Name),
            false => ClientRefusal.TooOften,
            null => ClientRefusal.UnknownClient,
        };
    }

    public async Task<Outcome<AccountReference, ClientRefusal>> RevokeInvitations(int resellerId, int clientId) =>
        await store.Find(resellerId, clientId) is { } row && await store.RevokeInvitations(resellerId, clientId, Now)
            ? new AccountReference(clientId, row.Name)
            : ClientRefusal.UnknownClient;

    public async Task<Outcome<AccountReference, ClientRefusal>> NotePrice(int resellerId, int clientId, AskedPrice? price)
    {
        if (price is not null && !IsValid(price))
        {
            return ClientRefusal.PriceInvalid;
        }

        return await store.Find(resellerId, clientId) is { } row && await store.NotePrice(resellerId, clientId, price)
            ? new AccountReference(clientId, row.Name)
            : ClientRefusal.UnknownClient;
    }

    public async Task<ClientSetUp?> SetUp(int resellerId, int clientId)
    {
        if (await Facts(resellerId, clientId) is not { } facts)
        {
            return null;
        }

        var schedules = new List<ExportedSchedule>();
        foreach (var listing in await grains.Account(clientId).Schedules())
        {
            if (await grains.Schedule(clientId, listing.Id).Definition() is { } definition)
            {
                schedules.Add(new ExportedSchedule(listing.Id, definition));
            }
        }

        return new ClientSetUp(facts.Face, facts.Usage, schedules);
    }

    public async Task<ExportedAppointments?> Appointments(int resellerId, int clientId, int after) =>
        await store.Appointments(resellerId, clientId, after, RowsAtOnce) is { } rows ? new ExportedAppointments(rows) : null;

    public async Task<ExportedChanges?> Changes(int resellerId, int clientId, int after) =>
        await store.Changes(resellerId, clientId, after, RowsAtOnce) is { } rows ? new ExportedChanges(rows) : null;

    private static ClientNews NewsOf(AccountRow row, AccountFace? face, int resellerId) => NewsOf(row.Name, face, resellerId);

    private static ClientNews NewsOf(string name, AccountFace? face, int resellerId) =>
        new() { AccountName = name, DisplayName = face?.Brand.DisplayName ?? name, ResellerId = resellerId };

    private static bool IsValid(AskedPrice price) =>
        price.Amount is >= 0 and <= HighestPrice && decimal.Round(price.Amount, 2) == price.Amount && Enum.IsDefined(price.Every) && price.Note.Length <= LongestNote;

    private static string KeyOf(int resellerId, OpenClient command) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', FormattableString.Invariant($"{resellerId}"), command.FormKey, Names.Fold(command.Name), Names.FoldEmail(command.OwnerEmail)))));
}
