using System.Data.Common;
using System.Globalization;
using Slotwright.Resellers;
using Slotwright.Storage.Billing;
using Slotwright.Storage.Team;

namespace Slotwright.Storage.Resellers;

/// <summary>Merging two resellers: one transaction, whatever a reseller has.</summary>
internal sealed partial class UpkeepStore
{
    /// <summary>Called before each statement of a merge, by its number from 1; tests end the transaction there.</summary>
    internal Action<int>? BeforeStep { get; set; }

    public Task<MergeResult?> Merge(MergeOrder order) => database.Write<MergeResult?>(async connection =>
    {
        // Accounts are locked by id, as bookings lock them. Who becomes a client of either waits: it refers to a row that is locked here.
        var locked = await connection.All(
            $"""
            select id, is_reseller, reseller_id, suspended_at from accounts where id in (@from, @into) or reseller_id = @from order by id{(database.Dialect == Dialect.PostgreSql ? " for update" : "")}
            """,
            row => (Id: row.GetInt32(0), IsReseller: row.FlagAt(1), ResellerId: row.NumberOrNull(2), IsSuspended: row.InstantOrNull(3) is not null),
            ("from", order.FromId), ("into", order.IntoId));
        bool IsReseller(int id) => locked.Any(account => account.Id == id && account is { IsReseller: true, ResellerId: null });
        bool IsSuspended(int id) => locked.Any(account => account.Id == id && account.IsSuspended);

        // Who is suspended neither gets clients nor gets away with them.
        if (order.FromId == order.IntoId || !IsReseller(order.IntoId) || IsSuspended(order.IntoId) || (IsReseller(order.FromId) && IsSuspended(order.FromId)))
        {
            return null;
        }

        if (!IsReseller(order.FromId))
        {
            return await DoneBefore(connection, order);
        }

        var clients = await connection.All(
            "select id from accounts where reseller_id = @from order by id", row => row.GetInt32(0), ("from", order.FromId));
        await connection.ForgiveClientsAtNewPayer(order.FromId);
        var step = 0;
        foreach (var statement in MergeStatements.All)
        {
            BeforeStep?.Invoke(++step);
            await connection.Run(statement, [.. Named(statement, ("from", order.FromId), ("into", order.IntoId), ("now", order.Now))]);
        }

        // Nobody's defaults are left for the day on which the emptied account is a reseller again.
        BeforeStep?.Invoke(++step);
        await connection.EndReselling(order.FromId);
        BeforeStep?.Invoke(++step);
        await connection.ForgetDocuments(database.Dialect, AccountErasure.ResellerDocument, AccountErasure.Key(order.FromId));
        BeforeStep?.Invoke(++step);
        await connection.Run(
            "insert into reseller_merges (from_id, into_id, clients, at) values (@from, @into, @clients, @now)",
            ("from", order.FromId), ("into", order.IntoId), ("clients", clients.Count), ("now", order.Now));
        foreach (var client in clients)
        {
            BeforeStep?.Invoke(++step);
            await connection.AppendRelation(client, AuditActs.Moved, order.IntoId, order.PersonId, order.Now);
        }

        BeforeStep?.Invoke(++step);
        await connection.AppendRelation(order.IntoId, AuditActs.Merged, order.IntoId, order.PersonId, order.Now, await connection.NameOf(order.FromId));
        BeforeStep?.Invoke(++step);
        await connection.AppendRelation(order.FromId, AuditActs.MergedAway, order.IntoId, order.PersonId, order.Now, await connection.NameOf(order.IntoId));
        foreach (var letter in order.Letters)
        {
            BeforeStep?.Invoke(++step);
            await connection.Queue(letter, order.Now);
        }

        BeforeStep?.Invoke(++step);
        return new MergeResult(clients, clients.Count);
    });

    /// <summary>A repeat of a merge that was done since its proof; else there is nothing to merge.</summary>
    private static async Task<MergeResult?> DoneBefore(DbConnection connection, MergeOrder order)
    {
        var moved = await connection.Scalar(
            "select clients from reseller_merges where from_id = @from and into_id = @into and at >= @proven order by at desc limit 1",
            ("from", order.FromId), ("into", order.IntoId), ("proven", order.ProvenAt));
        return moved is null
            ? null
            : new MergeResult(
                await connection.All("select id from accounts where reseller_id = @into order by id", row => row.GetInt32(0), ("into", order.IntoId)),
                Convert.ToInt32(moved, CultureInfo.InvariantCulture));
    }
}
