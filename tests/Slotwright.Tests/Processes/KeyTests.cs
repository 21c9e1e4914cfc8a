using System.Net;
using Microsoft.Data.Sqlite;

namespace Slotwright.Processes;

/// <summary>The keys of cookies and forms outlive the process; without them people sign in again, and nothing else happens.</summary>
[Collection(BuiltPrograms.Name)]
public sealed class KeyTests
{
    private const string Owner = "owner@corner-barber.example";

    [Theory, Trait("Fault", "46")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_outlives_a_restart_and_lost_keys_ask_for_a_new_one(bool lost)
    {
        using var embedded = new Embedded();
        await using var first = await embedded.Start();
        var port = first.Address!.Port;
        using var person = new DemoPerson(first.Address!);
        Assert.Equal(HttpStatusCode.OK, await person.SignIn(Owner, "demo-corner-barber"));
        Assert.Equal(0, await first.Terminate(TimeSpan.FromSeconds(30)));
        if (lost)
        {
            await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = embedded.Database, Pooling = false }.ToString());
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "delete from key_ring";
            Assert.True(await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken) > 0);
        }

        await using var second = await embedded.Start(port);

        Assert.Equal(lost ? HttpStatusCode.Unauthorized : HttpStatusCode.OK, await person.Open(new Uri(second.Address!, "/a/corner-barber")));
        if (lost)
        {
            Assert.Equal(HttpStatusCode.OK, await person.SignIn(Owner, "demo-corner-barber"));
        }

        Assert.Equal(HttpStatusCode.OK, await person.Open(new Uri(second.Address!, "/a/corner-barber")));
    }
}
