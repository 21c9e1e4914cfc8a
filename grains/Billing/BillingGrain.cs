using System.Globalization;
using Microsoft.Extensions.Options;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Team;

namespace Slotwright.Billing;

/// <summary>
/// Serialises what happens to one account's subscription. It keeps nothing in memory: the rows are read for each act and stored only over what was
/// read, so that a command at another place is never overwritten.
/// </summary>
[GrainType("billing")]
public sealed partial class BillingGrain(
    ISubscriptionStore store,
    ILedgerStore ledger,
    IPaymentProvider provider,
    LetterDesk letters,
    IOptions<PlansOptions> plans,
    IOptions<BillingOptions> options,
    IClock clock) : Grain, IBillingGrain, ISettlement
{
    private const int Tries = 4;

    private readonly SubscriptionRules rules = new(plans.Value, options.Value);

    private int Id => GrainKeys.AccountOf(this.GetPrimaryKeyString())!.Value;

    // As rows keep it, so that what is judged now is the same when it is read again.
    private Instant Now => Instant.FromUnixTimeMilliseconds(clock.GetCurrentInstant().ToUnixTimeMilliseconds());

    public async Task<SubscriptionFace?> Subscription(PayerActor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return await store.Load(Id) is { } stored && SubscriptionRules.IsTheirs(stored.Account, actor) ? FaceOf(stored) : null;
    }

    public async Task<Outcome<PlanPreview, SubscriptionRefusal>> Preview(ChoosePlan command)
    {
        ArgumentNullException.ThrowIfNull(command);
        if (await store.Load(Id) is not { } stored)
        {
            return SubscriptionRefusal.NotYours;
        }

        var judged = rules.Choose(stored.Account, stored.Row, command.PlanCode, command.Actor, Now);
        return judged.Accepted
            ? new PlanPreview
            {
                Plan = rules.Offers(stored.Account).Single(offer => offer.Code == judged.Value.PlanCode),
                Effect = judged.Value.Effect,
                Now = judged.Value.Now,
                Days = judged.Value.Days,
                From = judged.Value.From,
                NextCharge = judged.Value.NextCharge,
                Seen = Seen(judged.Value, stored.Row),
            }
            : judged.Refusal.Value;
    }

    public Task<Outcome<SubscriptionFace, SubscriptionRefusal>> Choose(ChoosePlan command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return Act(stored =>
        {
            var judged = rules.Choose(stored.Account, stored.Row, command.PlanCode, command.Actor, Now);
            return judged.Accepted && judged.Value.Step is not null && command.Seen is { } seen && seen != Seen(judged.Value, stored.Row)
                ? SubscriptionRefusal.Changed
                : judged;
        });
    }

    public Task<Outcome<SubscriptionFace, SubscriptionRefusal>> Cancel(PayerActor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return Act(stored => rules.Cancel(stored.Account, stored.Row, actor));
    }

    private async Task<Outcome<SubscriptionFace, SubscriptionRefusal>> Act(Func<StoredSubscription, Outcome<PlanChoice, SubscriptionRefusal>> judge)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            // What is due by time comes first: nobody upgrades from a period that is over.
            await DoWhatIsDue();
            if (await store.Load(Id) is not { } stored)
            {
                return SubscriptionRefusal.NotYours;
            }

            var judged = judge(stored);
            if (!judged.Accepted)
            {
                return judged.Refusal.Value;
            }

            if (judged.Value.Step is not { } step)
            {
                return FaceOf(stored);
            }

            if (await Apply(stored, step))
            {
                return FaceOf((await store.Load(Id))!);
            }
        }

        return SubscriptionRefusal.Changed;
    }

    private async Task<bool> Apply(StoredSubscription stored, BillingStep step)
    {
        var allowed = plans.Value.Find(step.PlanCode)?.Allowed ?? plans.Value.Find(PlansOptions.Free)!.Allowed;
        if (!await store.Apply(stored.Account, step, allowed, await LetterOf(stored, step), Now))
        {
            return false;
        }

        await GrainFactory.AccountSetup(Id).Reload();
        if (stored.Account.ResellerId is { } reseller)
        {
            await GrainFactory.DashboardNews(reseller).Happened([], [Id]);
        }

        return true;
    }

    private SubscriptionFace FaceOf(StoredSubscription stored)
    {
        var (account, row) = stored;
        var now = Now;
        var planCode = row is { Runs: true } ? row.PlanCode : account.PlanCode;
        return new SubscriptionFace
        {
            PlanCode = planCode,
            PlanName = rules.NameOf(planCode),
            State = SubscriptionRules.StateOf(stored, now),
            PeriodFrom = row is { Runs: true } ? row.PeriodFrom : null,
            PeriodTo = row is { Runs: true } ? row.PeriodTo : null,
            NextPlanCode = row?.NextPlan,
            IsCancelled = row is { Runs: true, IsCancelled: true },
            LapsesAt = row is null ? null : rules.LapsesAt(row),
            Next = row is { Runs: true, IsCancelled: false } ? rules.PriceOf(row.NextPlan ?? row.PlanCode, account) : null,
            TrialEndsAt = account.TrialEndsAt,
            MayStartTrial = account.TrialStartedAt is null && planCode == PlansOptions.Free,
            Offers = rules.Offers(account),
            ResellerId = account.ResellerId,
            TimeZone = options.Value.TimeZone,
            TakesCards = provider.TakesCards,
            HasCard = account.HasCard,
            Leaving = account.ResellerId is null ? null : rules.Leaving(row, now),
        };
    }

    /// <summary>What of a preview a payer agrees to: effect, price and days; not the second in which it is pressed.</summary>
    private static string Seen(PlanChoice choice, SubscriptionRow? row) => string.Create(
        CultureInfo.InvariantCulture, $"{(int)choice.Effect}-{choice.Now?.Total.Minor() ?? 0}-{choice.Days}-{row?.Version ?? 0}");
}
