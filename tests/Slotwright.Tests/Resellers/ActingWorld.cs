using Microsoft.Data.Sqlite;
using Slotwright.Pages;
using Slotwright.Setup;

namespace Slotwright.Resellers;

/// <summary>The demo world, where Atelier Web looks after the Corner Barber and the Petite Table.</summary>
internal static class ActingWorld
{
    public const string Reseller = "atelier-web";
    public const string Client = "corner-barber";

    /// <summary>The reseller's owner, logged in to a client from their dashboard.</summary>
    public static async Task<Visitor> ActAs(this Product product, string client = Client, string language = "en")
    {
        var visitor = await Owner.Of(product, Reseller, language);
        return await visitor.ActAs(product, client);
    }

    public static async Task<Visitor> ActAs(this Visitor visitor, Product product, string client = Client)
    {
        var reference = await product.Grains.Directory().AccountByName(client);
        await visitor.Open($"/reseller/{Reseller}");
        return await visitor.Post($"/reseller/{Reseller}/act", [.. visitor.Token(), KeyValuePair.Create("client", $"{reference!.AccountId}")]);
    }

    /// <summary>The token of a form of the page that is open.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Token(this Visitor visitor) =>
        [KeyValuePair.Create("form-token", visitor.Page.QuerySelector("input[name=form-token]")!.GetAttribute("value")!)];

    /// <summary>Straight from the database, as an operator could ask.</summary>
    public static async Task<long> Count(this Product product, string sql)
    {
        await using var database = await product.Database();
        await using var command = database.CreateCommand();
#pragma warning disable CA2100 // A constant of the test.
        command.CommandText = sql;
#pragma warning restore CA2100
        return Convert.ToInt64(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), System.Globalization.CultureInfo.InvariantCulture);
    }

    public static async Task Run(this Product product, string sql)
    {
        await using var database = await product.Database();
        await using var command = database.CreateCommand();
#pragma warning disable CA2100 // A constant of the test.
        command.CommandText = sql;
#pragma warning restore CA2100
        Assert.True(await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken) > 0);
    }

    private static async Task<SqliteConnection> Database(this Product product)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(product.Folder, "slotwright.db"), Pooling = false }.ToString());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
