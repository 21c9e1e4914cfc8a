using Slotwright.Accounts;
using Slotwright.Billing;

namespace Slotwright.Resellers;

public sealed partial class ResellerGrain
{
    public async Task<IReadOnlyList<ClientSubscription>> Subscriptions()
    {
        var rules = new SubscriptionRules(plans.Value, billing.Value);
        var now = clock.GetCurrentInstant();
        return [.. (await subscriptions.OfClients(Id)).Select(stored => Of(stored, SubscriptionRules.StateOf(stored, now)))];

        ClientSubscription Of(StoredSubscription stored, SubscriptionState state)
        {
            var row = stored.Row is { Runs: true } running ? running : null;
            return new ClientSubscription
            {
                AccountId = stored.Account.Id,
                PlanCode = stored.Account.PlanCode,
                PlanName = rules.NameOf(stored.Account.PlanCode),
                State = state,
                Monthly = rules.PriceOf(row is null ? PlansOptions.Free : row.PlanCode, stored.Account),
                PeriodTo = row?.PeriodTo,
                NextPlanCode = row?.NextPlan,
                IsCancelled = row is { IsCancelled: true },
                TrialEndsAt = stored.Account.TrialEndsAt,
            };
        }
    }
}
