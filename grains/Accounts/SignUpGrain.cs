using Microsoft.Extensions.Options;
using NodaTime;
using Orleans.Concurrency;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.Team;

namespace Slotwright.Accounts;

/// <summary>Opens accounts one after another's judging, each in one transaction.</summary>
[StatelessWorker, GrainType("sign-up")]
public sealed class SignUpGrain(
    IAccountStore accounts,
    IPersonStore persons,
    IIds ids,
    ISecrets secrets,
    Passwords passwords,
    LetterDesk letters,
    IOptions<PlansOptions> plans,
    IOptions<PlatformOptions> platform,
    IClock clock) : Grain, ISignUpGrain
{
    private static readonly Duration JustNow = Duration.FromSeconds(30);

    public async Task<Outcome<OpenedAccount, SignUpRefusal>> OpenAccount(OpenAccount command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var name = AccountNames.Tidy(command.Name);
        if (await Judge(command, name) is { } refusal)
        {
            return refusal;
        }

        if (command.OpeningKey.Length > 0 && await Repeated(command.OpeningKey) is { } first)
        {
            return first;
        }

        var accountId = await ids.Next(IdKind.Account);
        var now = clock.GetCurrentInstant();
        var token = command.OwnerPassword is null ? OneTimeToken.New() : null;
        var apiKey = command.ApiKey ?? ApiKeys.New();

        // Documents first, the row that makes them reachable last: a document without a row is nobody's.
        await GrainFactory.AccountSetup(accountId).Create(command.Brand);
        if (command.AsReseller is { } support)
        {
            await GrainFactory.Reseller(accountId).ChangeSettings(new ResellerSettings { Support = support });
        }

        var ownerId = await ids.Next(IdKind.Person);
        var opened = await accounts.Open(new NewAccount
        {
            Id = accountId,
            Name = name,
            FoldedName = Names.Fold(name),
            ResellerId = command.ResellerId,
            IsReseller = command.AsReseller is not null,
            PlanCode = command.PlanCode.ToLowerInvariant(),
            Allowed = plans.Value.Find(command.PlanCode)!.Allowed,
            ApiKeyHash = OneTimeToken.Hash(apiKey),
            ApiKeySealed = secrets.Seal(ApiKeys.Purpose, apiKey),
            Owner = new NewPerson
            {
                Id = ownerId,
                Email = command.OwnerEmail.Trim(),
                NormalisedEmail = Names.FoldEmail(command.OwnerEmail),
                PasswordHash = command.OwnerPassword is { } password ? await passwords.Hash(password) ?? throw new TimeoutException("Too many passwords are being hashed.") : null,
                TokenHash = token is null ? null : OneTimeToken.Hash(token),
                TokenExpiresAt = token is null ? null : now + PersonGrain.TokenLifetime,
            },
            Invitation = command.InvitesOwner && command.OwnerPassword is null ? await Invite(command, ownerId, accountId, now) : null,
            Notice = command is { InvitesOwner: true, OwnerPassword: null } ? await Notice(command, name, ownerId, accountId) : null,
            OpeningKey = command.OpeningKey.Length > 0 ? command.OpeningKey : null,
            Now = now,
        });
        if (!opened)
        {
            return (command.OpeningKey.Length > 0 ? await Repeated(command.OpeningKey) : null) is { } earlier ? earlier
                : await IsNoReseller(command.ResellerId) ? SignUpRefusal.UnknownReseller
                : SignUpRefusal.NameTaken;
        }

        await GrainFactory.AccountSetup(accountId).Reload();
        var row = (await accounts.Load(accountId))!;
        var owner = (await persons.Load(row.OwnerPersonId))!;
        return new OpenedAccount
        {
            AccountId = accountId,
            OwnerPersonId = owner.Id,

            // A person who was known before keeps what they have: the token of this command is not theirs.
            ActivationToken = token is not null && owner.TokenHash == OneTimeToken.Hash(token) ? token : null,
        };
    }

    public async Task<string?> InviteOperator(string email)
    {
        if (!EmailAddresses.IsValid(email) || await persons.HasOperator())
        {
            return null;
        }

        var token = OneTimeToken.New();
        var id = await persons.MakeOperator(new NewPerson
        {
            Id = await ids.Next(IdKind.Person),
            Email = email.Trim(),
            NormalisedEmail = Names.FoldEmail(email),
        });
        var now = clock.GetCurrentInstant();
        if (await persons.Load(id) is { TokenExpiresAt: { } expires } && expires - PersonGrain.TokenLifetime > now - JustNow)
        {
            // Nodes that start together: the link that one of them has just printed stays good.
            return null;
        }

        await persons.SetToken(id, OneTimeToken.Hash(token), now + PersonGrain.TokenLifetime);
        return Links.SetPassword(id, token);
    }

    private async Task<Invitation> Invite(OpenAccount command, int ownerId, int accountId, Instant now)
    {
        var link = PersonLink.New(ownerId, PersonLinkKind.Invitation, now);
        var manner = new LetterManner(command.Brand.Language, accountId);
        return new Invitation(link, await letters.Write(LetterKind.AccountActivation, ownerId, command.OwnerEmail.Trim(), manner, link.Id));
    }

    private async Task<PersonLetter> Notice(OpenAccount command, string name, int ownerId, int accountId)
    {
        var (kind, detail) = command.ResellerId is { } reseller
            ? (LetterKind.ClientOpened, new ClientNews { AccountName = name, DisplayName = command.Brand.DisplayName, ResellerId = reseller }.Write())
            : (LetterKind.AccountOpened, name);
        return await letters.Write(kind, ownerId, command.OwnerEmail.Trim(), new LetterManner(command.Brand.Language, accountId), detail: detail);
    }

    private async Task<OpenedAccount?> Repeated(string openingKey) =>
        await accounts.FindByOpeningKey(openingKey) is { } first && await accounts.Load(first.AccountId) is { } row
            ? new OpenedAccount { AccountId = row.Id, OwnerPersonId = row.OwnerPersonId, ActivationToken = null }
            : null;

    private async Task<bool> IsNoReseller(int? resellerId) => resellerId is { } id && await accounts.Load(id) is not { IsReseller: true };

    private async Task<SignUpRefusal?> Judge(OpenAccount command, string name)
    {
        if (AccountNames.Judge(name, platform.Value.Name) is { } refusal)
        {
            return refusal;
        }

        if (!EmailAddresses.IsValid(command.OwnerEmail))
        {
            return SignUpRefusal.EmailInvalid;
        }

        if (!BrandRules.IsValid(command.Brand))
        {
            return SignUpRefusal.BrandInvalid;
        }

        if (plans.Value.Find(command.PlanCode) is null)
        {
            return SignUpRefusal.UnknownPlan;
        }

        if (command.OwnerPassword is { } password && !Passwords.IsStrong(password, command.OwnerEmail))
        {
            return SignUpRefusal.PasswordWeak;
        }

        return await IsNoReseller(command.ResellerId) ? SignUpRefusal.UnknownReseller : null;
    }
}
