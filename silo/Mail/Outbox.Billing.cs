using Dapper;
using Slotwright.Accounts;
using Slotwright.Team;

namespace Slotwright.Mail;

/// <summary>Whether a letter about a trial or a subscription is still true, and still its reader's.</summary>
internal sealed partial class Outbox
{
    /// <summary>
    /// Letters about a trial wait for up to a week, in which the account may be handed over and its reseller merged into another: they go to who
    /// administers it, and looks after it, when they leave. Null: nobody does, or it is about something else.
    /// </summary>
    private async Task<int?> TrialReader(Delivery delivery)
    {
        if ((LetterKind)delivery.Kind is < LetterKind.TrialStarted or > LetterKind.TrialEnded)
        {
            return null;
        }

        var row = await database.Read(async connection => await connection.QueryFirstOrDefaultAsync<TrialReaderRow>(
            """
            select l.detail as "Detail", a.owner_person_id as "Owner", r.owner_person_id as "ResellerOwner"
            from person_letters l join accounts a on a.id = l.account_id left join accounts r on r.id = a.reseller_id where l.id = @ChangeId
            """,
            new { delivery.ChangeId }));
        return row is null ? null : TrialNews.Read(row.Detail).IsCopy ? row.ResellerOwner : row.Owner;
    }

    /// <summary>Null: send it, or it is about something else.</summary>
    private async Task<string?> BillingOvertaken(Delivery delivery, LetterKind kind, int personId, string detail)
    {
        if (kind is < LetterKind.TrialStarted or > LetterKind.SubscriptionCancelled)
        {
            return null;
        }

        var account = await database.Read(async connection => await connection.QueryFirstOrDefaultAsync<BilledRow>(
            """
            select a.owner_person_id as "Owner", a.reseller_id as "ResellerId", a.plan as "Plan", a.trial_ends_at as "TrialEndsAt", r.owner_person_id as "ResellerOwner"
            from accounts a left join accounts r on r.id = a.reseller_id where a.id = @AccountId
            """,
            new { delivery.AccountId }));
        return account is null ? "The account is gone"
            : kind <= LetterKind.TrialEnded ? TrialOvertaken(kind, personId, TrialNews.Read(detail), account)

            // In another's name by now, and not to be read by a reseller's client.
            : account.ResellerId is not null ? "The payer has a reseller now"
            : account.Owner != personId ? "The payer has another owner now"
            : null;
    }

    private string? TrialOvertaken(LetterKind kind, int personId, TrialNews trial, BilledRow account) =>
        trial.IsCopy && account.ResellerId is null ? "The account has left its reseller"
        : personId != (trial.IsCopy ? account.ResellerOwner : account.Owner) ? "The account has another owner now"
        : account.TrialEndsAt != trial.EndsAtMilliseconds ? "The trial is another"
        : account.Plan != PlansOptions.Free ? "A plan was taken"
        : kind != LetterKind.TrialEnded && account.TrialEndsAt <= Now ? "The trial is over"
        : null;

    private sealed class TrialReaderRow
    {
        public string Detail { get; set; } = "";

        public int Owner { get; set; }

        public int? ResellerOwner { get; set; }
    }

    private sealed class BilledRow
    {
        public int Owner { get; set; }

        public int? ResellerId { get; set; }

        public string Plan { get; set; } = "";

        public long? TrialEndsAt { get; set; }

        public int? ResellerOwner { get; set; }
    }
}
