using System.Data.Common;
using System.Globalization;
using Dapper;
using NodaTime;
using NodaTime.Text;
using Slotwright.Appointments;
using Slotwright.Storage;

namespace Slotwright.Mail;

/// <summary>
/// What <see cref="HeldAfterRestore"/> kept back, for the operator to decide: deliveries that were due (state 5), facts without any
/// (pending 2), and facts of which none could be made (pending 3). What is released is judged like any other mail before it is sent:
/// nobody is told of an appointment that is over.
/// </summary>
internal sealed class HeldMails(IDatabase database, IStorageStart storage, IClock clock)
{
    private static readonly InstantPattern Time = InstantPattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm");

    /// <summary>Ids of mails as <see cref="List"/> names them, <c>m12</c> or <c>f7</c>; empty: all; null: one of the words is none.</summary>
    public static IReadOnlyList<string>? Chosen(IReadOnlyList<string> words) =>
        words.All(word => word.Length > 1 && word[0] is 'm' or 'f' && int.TryParse(word.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out _)) ? words : null;

    /// <summary>One line each, oldest first; 1,000 at most.</summary>
    public async Task<int> List(TextWriter output)
    {
        await storage.Start();
        var held = await database.Read(async connection => (await connection.QueryAsync<HeldRow>(
            """
            select * from (
                select 'm' as "Sort", d.id as "Id", d.fact_at as "At", d.kind as "Kind", d.recipient as "Recipient", a.name as "Account"
                from deliveries d left join accounts a on a.id = d.account_id where d.state = 5
                union all
                select 'f', c.id, c.at, c.kind, case c.pending when 3 then '(could not be written)' else '(everyone it concerns)' end, a.name
                from changes c left join accounts a on a.id = c.account_id where c.pending in (2, 3)) held
            order by "At", "Id" limit 1000
            """)).AsList());
        foreach (var row in held)
        {
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{row.Sort}{row.Id,-10} {Time.Format(Instant.FromUnixTimeMilliseconds(row.At))} UTC  {row.Account,-20} {(ChangeKind)row.Kind,-14} {row.Recipient}"));
        }

        await output.WriteLineAsync(held.Count == 0 ? "No mail is held." : $"{held.Count} held. Send them with 'mail release', or not with 'mail drop'.");
        return 0;
    }

    /// <param name="output">Says how many there were.</param>
    /// <param name="chosen">As <see cref="Chosen"/> gives them.</param>
    /// <param name="release">False: they are never sent.</param>
    public async Task<int> Decide(TextWriter output, IReadOnlyList<string> chosen, bool release)
    {
        await storage.Start();
        var decided = await database.Write(connection => Decide(connection, chosen, release, clock.GetCurrentInstant()));
        await output.WriteLineAsync(release ? $"{decided} will be sent as far as somebody still wants them." : $"{decided} will not be sent.");
        return decided == 0 && chosen.Count > 0 ? 1 : 0;
    }

    /// <summary>How many were decided on, within the caller's transaction. <paramref name="failedToo"/>: mails that were given up are tried again too.</summary>
    public static async Task<int> Decide(DbConnection connection, IReadOnlyList<string> chosen, bool release, Instant at, bool failedToo = false)
    {
        var now = at.ToUnixTimeMilliseconds();
        var states = failedToo ? "state in (4, 5)" : "state = 5";

        // Released mails begin to wait now: the two days in which they are tried are before them.
        var mails = release
            ? $"update deliveries set state = 1, due_at = @now, made_at = @now, attempts = 0 where {states}"
            : $"update deliveries set state = 3, last_error = 'Dropped by the operator' where {states}";
        var facts = release ? "update changes set pending = 1 where pending in (2, 3)" : "update changes set pending = 0 where pending in (2, 3)";
        if (chosen.Count == 0)
        {
            return await connection.ExecuteAsync(mails, new { now }) + await connection.ExecuteAsync(facts);
        }

        var count = 0;
        foreach (var word in chosen)
        {
            var id = int.Parse(word.AsSpan(1), CultureInfo.InvariantCulture);
            count += await connection.ExecuteAsync($"{(word[0] == 'm' ? mails : facts)} and id = @id", new { now, id });
        }

        return count;
    }

    private sealed class HeldRow
    {
        public string Sort { get; set; } = "";

        public int Id { get; set; }

        public long At { get; set; }

        public int Kind { get; set; }

        public string? Account { get; set; }

        public string Recipient { get; set; } = "";
    }
}
