using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Slotwright.Billing;
using Slotwright.Platform;
using Slotwright.Team;

namespace Slotwright.Accounts;

/// <summary>Answers strangers: the plans, and a first account.</summary>
[StatelessWorker, GrainType("front-door")]
public sealed class FrontDoorGrain(IAccountStore accounts, IPersonStore persons, IOptions<PlansOptions> plans, IOptions<BillingOptions> billing, IOptions<PlatformOptions> platform) : Grain, IFrontDoorGrain
{
    public Task<PlanCatalogue> Plans() => Task.FromResult(new PlanCatalogue
    {
        Plans =
        [
            .. plans.Value.ByCode.OrderBy(plan => plan.Value.MonthlyPrice).ThenBy(plan => plan.Value.Allowed).Select(plan => new PlanListing
            {
                Code = plan.Key,
                Name = plan.Value.Name,
                Upcoming = plan.Value.Upcoming,
                KeptPast = plan.Value.KeptPast,
                Customers = plan.Value.Customers,
                Webhooks = plan.Value.Webhooks,
                Feeds = plan.Value.Feeds,
                MonthlyPrice = plan.Value.MonthlyPrice,
            }),
        ],
        Currency = billing.Value.Currency,
    });

    public async Task<bool> IsFree(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var tidied = AccountNames.Tidy(name);
        return AccountNames.Judge(tidied, platform.Value.Name) is null && await accounts.FindByName(Names.Fold(tidied)) is null;
    }

    public async Task<Outcome<SignedUp, SignUpRefusal>> SignUp(SignUp command)
    {
        ArgumentNullException.ThrowIfNull(command);
        var opened = await GrainFactory.SignUp().OpenAccount(new OpenAccount
        {
            Name = command.Name,
            Brand = new AccountBrand { DisplayName = command.DisplayName, Language = command.Language, TimeZone = command.TimeZone },
            OwnerEmail = command.Email,
            InvitesOwner = true,
        });
        return opened.Accepted || (opened.Refusal == SignUpRefusal.NameTaken && await IsRepeat(command))
            ? new SignedUp(AccountNames.Tidy(command.Name))
            : opened.Refusal!.Value;
    }

    // A form sent twice must not read that its own name is taken. Of an account in use, whoever asks learns nothing.
    private async Task<bool> IsRepeat(SignUp command) =>
        await accounts.FindByName(Names.Fold(AccountNames.Tidy(command.Name))) is { } found
        && await accounts.Load(found.AccountId) is { } row
        && Names.FoldEmail(row.OwnerEmail) == Names.FoldEmail(command.Email)
        && await persons.Load(row.OwnerPersonId) is { PasswordHash: null };
}
