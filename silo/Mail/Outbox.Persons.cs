using System.Globalization;
using Dapper;
using Slotwright.Resellers;
using Slotwright.Team;

namespace Slotwright.Mail;

/// <summary>
/// What a letter to a person says, and whether its link still works. It leads to an account's own host only when that account is all that the login
/// opens: who signs in there otherwise would show a login for more to whoever is behind that host.
/// </summary>
internal sealed partial class Outbox
{
    private async Task<Letter> OpenPerson(Delivery delivery)
    {
        var reader = await TrialReader(delivery);
        var row = await database.Read(async connection => await connection.QueryFirstOrDefaultAsync<PersonLetterRow>(
            """
            select p.id as "PersonId", l.kind as "Kind", l.language as "Language", l.link_id as "LinkId", l.detail as "Detail",
                   p.email as "Email", a.reseller_id as "ResellerId", a.paused_at as "PausedAt", k.spent_at as "SpentAt", k.expires_at as "ExpiresAt",
                   (select min(n.normalised) from names n
                    where n.kind = 'host' and n.owner = l.account_id and n.current = 1 and n.released_at is null
                      and p.is_operator = 0 and (select count(*) from memberships m where m.person_id = p.id) = 1) as "Host",
                   case when l.kind = 125 and not exists (select 1 from hosts h where h.state = 3 and l.detail like h.host || ' %') then 1 else 0 end as "IsMended"
            from person_letters l
            join persons p on p.id = coalesce(@reader, l.person_id)
            left join person_links k on k.id = l.link_id
            left join accounts a on a.id = l.account_id
            where l.id = @ChangeId
            """,
            new { delivery.ChangeId, reader }));
        if (row is null)
        {
            return new Letter { Delivery = delivery, Unwanted = "The letter was erased" };
        }

        return new Letter
        {
            Delivery = reader is null ? delivery : delivery with { Recipient = row.Email },
            OwnHost = row.Host,
            Person = new PersonNews(row.PersonId, (LetterKind)row.Kind, row.Language, row.Email, row.LinkId, row.Detail),
            Unwanted =
                IsPastPause(row) ? "The account is no longer as the letter says"
                : NoLongerSo(row) is { } reason ? reason
                : await BillingOvertaken(delivery, (LetterKind)row.Kind, row.PersonId, row.Detail) is { } overtaken ? overtaken
                : row.IsMended ? "The host name is proven again, or given up"
                : row.LinkId.Length == 0 ? null
                : row.SpentAt is not null ? "The link was used"
                : row.ExpiresAt is null || row.ExpiresAt <= Now ? "The link has expired"
                : null,
        };
    }

    /// <summary>Somebody else looks after the account now, or it is open again: nobody is told of a pause that is over, nor in another's name.</summary>
    private static bool IsPastPause(PersonLetterRow row) =>
        (LetterKind)row.Kind is LetterKind.ClientPaused or LetterKind.ClientResumed
        && (row.ResellerId?.ToString(CultureInfo.InvariantCulture) != row.Detail || row.PausedAt is null == ((LetterKind)row.Kind is LetterKind.ClientPaused));

    /// <summary>A relation that has changed since is not told of: the account may have another name over it by now.</summary>
    private static string? NoLongerSo(PersonLetterRow row) => (LetterKind)row.Kind switch
    {
        LetterKind.ClientOpened or LetterKind.ClientAttached when row.ResellerId != ClientNews.Read(row.Detail).ResellerId => "The account has left its reseller",
        LetterKind.ClientDetached when row.ResellerId is not null => "The account has a reseller again",
        _ => null,
    };

    private sealed class PersonLetterRow
    {
        public int PersonId { get; set; }

        public int Kind { get; set; }

        public string Language { get; set; } = "";

        public string LinkId { get; set; } = "";

        public string Detail { get; set; } = "";

        public string Email { get; set; } = "";

        public long? SpentAt { get; set; }

        public long? ExpiresAt { get; set; }

        public string? Host { get; set; }

        public int? ResellerId { get; set; }

        public long? PausedAt { get; set; }

        public bool IsMended { get; set; }
    }
}

/// <summary>What a person is told about their login.</summary>
/// <param name="PersonId">Whose login.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Language"><c>en</c>, <c>fr</c> or <c>nl</c>.</param>
/// <param name="Email">The address of the login now.</param>
/// <param name="LinkId">Empty: no link of its own.</param>
/// <param name="Detail">An address that it names; may be empty.</param>
internal sealed record PersonNews(int PersonId, LetterKind Kind, string Language, string Email, string LinkId, string Detail)
{
    /// <summary>What it tells of an account and its reseller; null: it is about something else.</summary>
    public ClientNews? Client { get; } = Kind is >= LetterKind.ClientOpened and <= LetterKind.ResellerReverted ? ClientNews.Read(Detail) : null;
}
