using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.Billing;

/// <summary>What the platform's own processes ask of an account's subscription. Key: as <see cref="IBillingGrain"/>.</summary>
[SystemGrain, Alias("slotwright.settlement")]
public interface ISettlement : IGrainWithStringKey
{
    /// <summary>Does all that is due by now, each missed period on its own; a repeat does nothing more.</summary>
    [Alias("settle")]
    Task Settle();

    /// <summary>
    /// A payment that this payer owes failed: past due, and free after the days of grace. Nothing when it is not active, or another pays for it by now.
    /// </summary>
    [Alias("fail")]
    Task Fail(int payerId);

    /// <summary>What was past due is paid.</summary>
    [Alias("pay")]
    Task Pay();
}

/// <summary>What an operator does with statements. Any key; whoever calls it has checked that they may.</summary>
[SystemGrain, Alias("slotwright.statement-desk")]
public interface IStatementDesk : IGrainWithStringKey
{
    /// <summary>Money for it came in, all that was open: books it and ends what was past due. Null: no such statement. A repeat changes nothing.</summary>
    [Alias("paid")]
    Task<StatementHeading?> Paid(string number);

    /// <summary>It was not paid in time: its accounts are past due, and free after the days of grace. Answers how many; null: no such statement, or it is paid.</summary>
    [Alias("overdue")]
    Task<OverdueAccounts?> Overdue(string number);
}

/// <param name="Accounts">Whose subscription is past due now.</param>
[GenerateSerializer, Immutable, Alias("slotwright.overdue-accounts")]
public sealed record OverdueAccounts([property: Id(0)] IReadOnlyList<int> Accounts);

public sealed partial class BillingGrain
{
    // Years of missed months; beyond it something is wrong with the clock.
    private const int MostSteps = 120;

    public async Task Settle()
    {
        await DoWhatIsDue();

        // Also when nothing was: whoever stored it may have died before the account was told.
        await GrainFactory.AccountSetup(Id).Reload();
    }

    private async Task DoWhatIsDue()
    {
        var done = 0;
        while (await store.Load(Id) is { Row: { } row } stored && rules.Settle(stored.Account, row, Now) is { } step)
        {
            if (++done > MostSteps)
            {
                throw new InvalidOperationException($"Account {Id} owes more than {MostSteps} periods.");
            }

            await Apply(stored, step);
        }
    }

    public Task Fail(int payerId) => Once(stored => stored.Row is { } row && stored.Account.PayerId == payerId ? rules.Failed(row, Now) : null);

    public Task Pay() => Once(stored => stored.Row is { } row ? rules.Paid(row) : null);

    private async Task Once(Func<StoredSubscription, BillingStep?> judge)
    {
        for (var tries = 0; tries < Tries; tries++)
        {
            if (await store.Load(Id) is not { } stored || judge(stored) is not { } step || await Apply(stored, step))
            {
                return;
            }
        }
    }

    private async Task<PersonLetter?> LetterOf(StoredSubscription stored, BillingStep step)
    {
        if (step.News is not { } news)
        {
            return null;
        }

        var account = stored.Account;
        var face = await GrainFactory.Account(account.PayerId).Face();
        var detail = new SubscriptionNews
        {
            Event = news,
            Account = account.Name,
            IsOwn = account.PayerId == account.Id,
            Plan = rules.NameOf(step.Row.PlanCode),
            NextPlan = step.Row.NextPlan is { } next ? rules.NameOf(next) : "",
            Price = step.Entries.FirstOrDefault(entry => entry.Kind == LedgerKind.Charge)?.Price,
            PeriodTo = step.Row.PeriodTo,
            LapsesAt = rules.LapsesAt(step.Row),
            Zone = options.Value.TimeZone,
        };
        return await letters.Write(
            KindOf(news), account.Payer.PersonId, account.Payer.Email, new LetterManner(face?.Brand.Language ?? "en", account.PayerId), detail: detail.Write());
    }

    private static LetterKind KindOf(SubscriptionEvent news) => news switch
    {
        SubscriptionEvent.Taken => LetterKind.SubscriptionTaken,
        SubscriptionEvent.Renewed => LetterKind.SubscriptionRenewed,
        SubscriptionEvent.PaymentFailed => LetterKind.PaymentFailed,
        SubscriptionEvent.Lapsed => LetterKind.SubscriptionLapsed,
        SubscriptionEvent.Cancelled or SubscriptionEvent.Ended => LetterKind.SubscriptionCancelled,
        _ => LetterKind.SubscriptionChanged,
    };
}
