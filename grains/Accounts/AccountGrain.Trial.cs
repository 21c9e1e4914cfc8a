using NodaTime;
using Slotwright.Team;

namespace Slotwright.Accounts;

public sealed partial class AccountGrain
{
    /// <summary>How long before its end a trial is spoken of once more.</summary>
    private static readonly Duration TrialReminder = Duration.FromDays(2);

    public async Task<Outcome<AccountUsage, TrialRefusal>> StartTrial()
    {
        if (row is null)
        {
            return TrialRefusal.UnknownAccount;
        }

        var now = clock.GetCurrentInstant();
        if (Trial.Judge(row, now) is { } refusal)
        {
            return refusal;
        }

        var endsAt = now + Trial.Length;
        if (!await store.StartTrial(Id, now, endsAt, await TrialLetters(row, endsAt)))
        {
            await Reload();
            return TrialRefusal.AlreadyUsed;
        }

        await Reload();
        return (await Usage())!;
    }

    /// <summary>All that the trial's administrator and reseller will be told, due in their time; whether it is still true is judged then.</summary>
    private async Task<IReadOnlyList<PersonLetter>> TrialLetters(AccountRow account, Instant endsAt)
    {
        var written = new List<PersonLetter>();
        var language = document.State.Brand?.Language ?? "en";
        var resellersLanguage = language;
        AccountRow? reseller = null;
        if (account.ResellerId is { } resellerId)
        {
            reseller = await store.Load(resellerId);
            resellersLanguage = (await GrainFactory.Account(resellerId).Face())?.Brand.Language ?? language;
        }

        foreach (var (kind, dueAt) in ((LetterKind, Instant?)[])
            [(LetterKind.TrialStarted, null), (LetterKind.TrialEnding, endsAt - TrialReminder), (LetterKind.TrialEnded, endsAt)])
        {
            await Write(kind, dueAt, account, null, language);
            if (reseller is not null)
            {
                await Write(kind, dueAt, reseller, reseller.Id, resellersLanguage);
            }
        }

        return written;

        async Task Write(LetterKind kind, Instant? dueAt, AccountRow reader, int? copyTo, string words)
        {
            var news = new TrialNews(endsAt.ToUnixTimeMilliseconds(), copyTo);
            var letter = await letters.Write(kind, reader.OwnerPersonId, reader.OwnerEmail, new LetterManner(words, account.Id), detail: news.Write());
            written.Add(letter with { IsCopy = copyTo is not null, DueAt = dueAt });
        }
    }
}
