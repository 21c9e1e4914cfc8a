namespace Slotwright.Storage.Resellers;

/// <summary>
/// What goes over from one reseller (<c>@from</c>) to another (<c>@into</c>) at <c>@now</c>, in this order, in one transaction. Whoever adds a
/// table that belongs to a reseller adds its line here. What is the clients' own (appointments, hosts, plans, trials, prices) hangs on their
/// account and moves with it; what was billed stays with who was billed.
/// </summary>
internal static class MergeStatements
{
    public static IReadOnlyList<string> All { get; } =
    [
        // Templates of a name that is taken get the number of their row: both are kept. A folded name has no capital, so that the new one is nobody's.
        """
        update client_templates set reseller_id = @into,
            name = case when exists (select 1 from client_templates o where o.reseller_id = @into and o.normalised = client_templates.normalised)
                then substr(name, 1, 48) || ' ' || id else name end,
            normalised = case when exists (select 1 from client_templates o where o.reseller_id = @into and o.normalised = client_templates.normalised)
                then substr(normalised, 1, 48) || '-M' || id else normalised end
        where reseller_id = @from
        """,

        // Letters that wait name who wrote them.
        """
        update person_letters set detail = cast(@into as text)
        where kind in (150, 151) and detail = cast(@from as text)
            and exists (select 1 from deliveries d where d.change_id = person_letters.id and d.role = 4 and d.state in (1, 5))
        """,

        // As the clients' people read of the relation that begins, they read it of whom it is with by then.
        """
        update person_letters
        set detail = replace(detail, '"ResellerId":' || cast(@from as text) || ',', '"ResellerId":' || cast(@into as text) || ',')
        where kind in (110, 111) and account_id in (select id from accounts where reseller_id = @from)
            and exists (select 1 from deliveries d where d.change_id = person_letters.id and d.role = 4 and d.state in (1, 5))
        """,

        // Nobody of the emptied reseller goes on acting; what they did stays in the clients' audits, which go along with the clients.
        "update acting_sessions set ended_at = @now, why = 3 where reseller_id = @from and ended_at is null",

        // What was done in the clients stays to be read by who looks after them now; the audit's own rows are never changed.
        "update acting_sessions set reseller_id = @into where reseller_id = @from",

        // Who pays for a subscription is whoever its account's relation says, so nothing of billing moves: the next charge is the new payer's.
        // The relation itself: since when it lasts stays, and so do pause, plan and trial.
        "update accounts set reseller_id = @into where reseller_id = @from",

        "update accounts set is_reseller = 0 where id = @from",
    ];
}
