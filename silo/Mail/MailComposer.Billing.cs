using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Slotwright.Accounts;
using Slotwright.Billing;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.Team;

namespace Slotwright.Mail;

/// <summary>Letters about trials and subscriptions.</summary>
internal sealed partial class MailComposer
{
    private PersonMail BillingMail(PersonNews news, AccountFace? account, string links) => news.Kind switch
    {
        LetterKind.TrialStarted => AboutTrial(news, account, links, new TrialStartedMail()),
        LetterKind.TrialEnding => AboutTrial(news, account, links, new TrialEndingMail()),
        LetterKind.TrialEnded => AboutTrial(news, account, links, new TrialEndedMail()),
        >= LetterKind.SubscriptionTaken and <= LetterKind.SubscriptionCancelled => AboutSubscription(news, account),
        _ => throw new InvalidOperationException($"There is no letter about {news.Kind}"),
    };

    private static PersonMail AboutTrial(PersonNews news, AccountFace? account, string links, TrialMail mail)
    {
        var trial = TrialNews.Read(news.Detail);
        return mail with
        {
            AccountTitle = CleanText.Line(account?.Brand.DisplayName, 80),
            EndsAt = LocalWords.Moment(trial.EndsAt, account?.Brand.TimeZone ?? "Etc/UTC", LocalWords.Language(news.Language)),
            HelpName = CleanText.Line(account?.Support?.Name, 80),
            BackOfficeUrl = links + Links.Usage(account?.Name ?? ""),
            CopyOf = trial.IsCopy ? CleanText.Line(account?.OwnerEmail, 254) : "",
        };
    }

    private PersonMail AboutSubscription(PersonNews news, AccountFace? payer)
    {
        var (said, language) = (SubscriptionNews.Read(news.Detail), LocalWords.Language(news.Language));
        var end = Day(said.PeriodTo, said.Zone, language);
        var name = payer?.Name ?? "";
        SubscriptionMail mail = news.Kind switch
        {
            LetterKind.SubscriptionTaken => Charged(new SubscriptionTakenMail(), said, end, language),
            LetterKind.SubscriptionRenewed => Charged(new SubscriptionRenewedMail(), said, end, language),
            LetterKind.PaymentFailed => new PaymentFailedMail { LapsesAt = said.LapsesAt is { } lapses ? Day(lapses, said.Zone, language) : "" },
            LetterKind.SubscriptionLapsed => new SubscriptionLapsedMail(),
            LetterKind.SubscriptionCancelled => new SubscriptionCancelledMail { PeriodEnd = end, IsOver = said.Event == SubscriptionEvent.Ended },
            _ => Charged(
                new SubscriptionChangedMail { IsLater = said.Event == SubscriptionEvent.WillChange, HasCharge = said.Price is not null, NextPlan = CleanText.Line(said.NextPlan, 40) },
                said, end, language),
        };
        return mail with
        {
            AccountName = CleanText.Line(said.Account, 60),
            PlanName = CleanText.Line(said.Plan, 40),

            // A payer's pages are the platform's own: a reseller has its dashboard nowhere else.
            StatusUrl = platform.Value.BaseUrl.TrimEnd('/') + (said.IsOwn ? Links.Subscription(name) : Links.Statements(name)),
        };
    }

    private static ClientDetachedMail Detached(ClientNews said, string language) => said.Plan is not { } plan ? new ClientDetachedMail() : new ClientDetachedMail
    {
        PlanName = CleanText.Line(plan.Name, 40),
        PeriodEnd = Day(plan.Until, plan.TimeZone, language),
        Total = plan.Monthly?.Total.In(CultureInfo.GetCultureInfo(language)) ?? "",
        Vat = plan.Monthly is { Vat.Amount: > 0 } taxed ? taxed.Vat.In(CultureInfo.GetCultureInfo(language)) : "",
    };

    private static ChargeMail Charged(ChargeMail mail, SubscriptionNews said, string end, string language)
    {
        var culture = CultureInfo.GetCultureInfo(language);
        return said.Price is not { } price ? mail with { PeriodEnd = end } : mail with
        {
            PeriodEnd = end,
            List = price.List.In(culture),
            Discount = price.Discount.In(culture),
            Vat = price.Vat.In(culture),
            Total = price.Total.In(culture),
            IsReduced = price.Discount.Amount > 0,
            HasVat = price.Vat.Amount > 0,
        };
    }

    private static string Day(Instant at, string zone, string language)
    {
        var date = at.InZone(DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) ?? DateTimeZone.Utc).Date;
        var text = LocalDatePattern.Create("d MMMM uuuu", CultureInfo.GetCultureInfo(language)).Format(date);

        // French counts the first of a month as an ordinal.
        return language == "fr" && date.Day == 1 ? "1er" + text[1..] : text;
    }
}
