using Microsoft.Data.Sqlite;
using Slotwright.Pages;
using Slotwright.Setup;

namespace Slotwright.Processes;

/// <summary>The embedded product is killed while a client is detached or deleted, or resellers are merged: afterwards it is done, or it was not begun.</summary>
[Collection(BuiltPrograms.Name)]
public sealed class ClientKillTests
{
    [Fact, Trait("Requirement", "88"), Trait("Requirement", "89"), Trait("Fault", "62")]
    public async Task A_kill_while_a_client_is_detached_or_deleted_leaves_it_done_or_not_begun()
    {
        using var embedded = new Embedded();
        var random = new Random(20261124);
        for (var round = 0; round < Rounds.Of(12); round++)
        {
            var name = $"client-{round}";
            int id;
            await using (var product = await embedded.Start())
            {
                var reseller = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false }, product.Address!, "en");
                await reseller.SignIn("owner@atelier-web.example", "demo-atelier-web");
                await reseller.Open("/reseller/atelier-web/clients/new");
                await reseller.Send("#client", ("DisplayName", name), ("Name", name), ("Email", $"{name}@client.example"));
                var page = reseller.Address.AbsolutePath;
                id = int.Parse(page.Split('/')[^1], System.Globalization.CultureInfo.InvariantCulture);
                var act = round % 2 == 0 ? "detach" : "delete";
                await reseller.Open($"{page}/{act}");

                var asked = Record.ExceptionAsync(() => reseller.Send($"#{act}", act == "detach" ? ("sure", "yes") : ("name", name)));
                using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(1, 40)));
                await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
                await product.Kill();
                await asked;
            }

            if (round % 2 == 0)
            {
                Assert.Equal(await Count(embedded, "select count(*) from accounts where id = $id and reseller_id is null", id), await Count(embedded, "select count(*) from person_letters where kind = 112 and account_id = $id", id));
            }
            else
            {
                var there = await Count(embedded, "select count(*) from accounts where id = $id", id);
                Assert.Equal(there, await Count(embedded, "select count(*) from memberships where account_id = $id", id));
                Assert.Equal(there, await Count(embedded, "select count(*) from documents where grain_type = 'account/brand' and grain_key = cast($id as text) and payload is not null", id));
                Assert.Equal(1 - there, await Count(embedded, "select count(*) from names where kind = 'account' and owner = $id and released_at is not null", id));
            }
        }

        var (code, said) = await embedded.Run("verify");
        Assert.True(code == 0, said);
    }

    [Fact, Trait("Requirement", "95"), Trait("Requirement", "96"), Trait("Fault", "62")]
    public async Task A_kill_while_resellers_are_merged_leaves_all_clients_with_one_of_them()
    {
        using var embedded = new Embedded();
        var random = new Random(20261125);
        var (from, into) = ("atelier-web", "harbour-yoga");
        var (merges, clients) = (0L, 2L);
        for (var round = 0; round < Rounds.Of(10); round++)
        {
            await using (var product = await embedded.Start())
            {
                var owner = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false }, product.Address!, "en");
                await owner.SignIn($"owner@{into}.example", $"demo-{into}");
                await owner.Open($"/a/{into}/settings/reseller");
                if (owner.Page.QuerySelector("main form") is not null)
                {
                    await owner.Send("main form");
                }

                await owner.Open($"/reseller/{into}/merge");
                await owner.Send("#proof", ("name", from), ("password", $"demo-{from}"));
                var asked = Record.ExceptionAsync(() => owner.Send("#sure", ("typed", from)));
                using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(random.Next(1, 60)));
                await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
                await product.Kill();
                await asked;
            }

            var done = await Count(embedded, "select count(*) from reseller_merges", 0) - merges;
            Assert.InRange(done, 0, 1);
            merges += done;
            Assert.Equal(clients * done, await Count(embedded, $"select count(*) from accounts where reseller_id = (select id from accounts where name = '{into}')", 0));
            Assert.Equal(clients * (1 - done), await Count(embedded, $"select count(*) from accounts where reseller_id = (select id from accounts where name = '{from}')", 0));
            Assert.Equal(1 - done, await Count(embedded, $"select count(*) from accounts where name = '{from}' and is_reseller = 1", 0));
            Assert.Equal(2 * merges, await Count(embedded, "select count(*) from person_letters where kind in (152, 153)", 0));
            Assert.Equal((clients + 2) * merges, await Count(embedded, "select count(*) from audit where act in ('Relation#Move', 'Relation#Merge', 'Relation#MergedAway')", 0));
            if (done == 1)
            {
                (from, into) = (into, from);
            }
        }

        var (code, said) = await embedded.Run("verify");
        Assert.True(code == 0, said);
    }

    [Fact]
    public async Task A_client_of_the_demo_world_that_was_deleted_stays_so_at_the_next_start()
    {
        using var embedded = new Embedded();
        await using (var product = await embedded.Start())
        {
            var reseller = new Visitor(() => new SocketsHttpHandler { AllowAutoRedirect = false }, product.Address!, "en");
            await reseller.SignIn("owner@atelier-web.example", "demo-atelier-web");
            var id = await Count(embedded, "select id from accounts where name = 'corner-barber'", 0);
            await reseller.Open($"/reseller/atelier-web/clients/{id}/delete");
            await reseller.Send("#delete", ("name", "corner-barber"));
            await product.Kill();
        }

        await using (var product = await embedded.Start())
        {
            await product.Kill();
        }

        Assert.Equal(0, await Count(embedded, "select count(*) from accounts where name = 'corner-barber'", 0));
        Assert.Equal(1, await Count(embedded, "select count(*) from accounts where name = 'petite-table' and reseller_id is not null", 0));
    }

    private static async Task<long> Count(Embedded embedded, string sql, int id)
    {
        await using var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = embedded.Database, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this file.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Parameters.AddWithValue("$id", id);
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
