using Slotwright.Tenancy;

namespace Slotwright.Resellers;

public sealed class ActingMatrixTests
{
    private static readonly string[] NeverWhileActing = ["GET /a/{account}/settings/key", "POST /a/{account}/settings/key"];

    /// <summary>Red: a page of the back office writes without a row, or with two; or one is open or shut to a reseller that was not.</summary>
    [Fact, Trait("Requirement", "57"), Trait("Fault", "32")]
    public async Task Whatever_a_reseller_asks_of_a_clients_back_office_each_write_leaves_exactly_one_row_and_no_read_does()
    {
        await using var world = await MatrixWorld.Open();
        var table = EndpointTable.Read();
        var endpoints = (await ProductEndpoints.Of(world.Product)).Where(endpoint => endpoint.IsPage && endpoint.Route.StartsWith("/a/{account}", StringComparison.Ordinal)).ToList();
        var (wrong, forbidden) = (new List<string>(), new List<string>());
        Assert.True(endpoints.Count > 40, $"{endpoints.Count}");

        foreach (var endpoint in endpoints.OrderByDescending(endpoint => endpoint.IsRead))
        {
            var caller = await world.Act();
            var before = await world.Product.Count("select count(*) from audit");
            var (verdict, status, _) = await world.Ask(caller, endpoint, table.Rows.GetValueOrDefault(endpoint.Name));
            var rows = await world.Product.Count("select count(*) from audit") - before;
            if (verdict == "403")
            {
                forbidden.Add(endpoint.Name);
            }

            if (verdict is not ("in" or "403" or "404") || rows != (endpoint.IsRead && verdict != "403" ? 0 : 1))
            {
                wrong.Add($"{endpoint.Name}: {status}, {rows} rows");
            }
        }

        Assert.Empty(wrong);
        Assert.Equal(NeverWhileActing, forbidden.Order());
        Assert.Equal(0, await world.Product.Count("select count(*) from audit a where a.acting_id is null"));
    }
}
