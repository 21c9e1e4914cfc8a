using Dapper;
using Slotwright.Customers;

namespace Slotwright.Mail;

/// <summary>Links that customers asked for.</summary>
internal sealed partial class Outbox
{
    private async Task<Letter> OpenCustomerLink(Delivery delivery)
    {
        var row = await database.Read(async connection => await connection.QueryFirstOrDefaultAsync<CustomerLinkRow>(
            """
            select l.id as "Id", l.language as "Language", l.made_at as "MadeAt",
                   (select min(n.normalised) from names n
                    where n.kind = 'host' and n.owner = l.account_id and n.current = 1 and n.released_at is null) as "Host"
            from customer_links l where l.letter_id = @ChangeId and l.account_id = @AccountId
            """,
            new { delivery.ChangeId, delivery.AccountId }));
        return new Letter
        {
            Delivery = delivery,
            OwnHost = row?.Host,
            CustomerLink = row is null ? null : new CustomerLinkNews(row.Id, row.Language),
            Unwanted = row is null || Now >= row.MadeAt + (long)CustomerLink.Lifetime.TotalMilliseconds ? "The link has expired" : null,
        };
    }

    private sealed class CustomerLinkRow
    {
        public string Id { get; set; } = "";

        public string Language { get; set; } = "";

        public long MadeAt { get; set; }

        public string? Host { get; set; }
    }
}

/// <summary>A link that a customer asked for: its row's name, and the language of the page that was asked.</summary>
internal sealed record CustomerLinkNews(string Id, string Language);
