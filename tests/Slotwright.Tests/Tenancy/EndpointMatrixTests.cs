using System.Net;

namespace Slotwright.Tenancy;

/// <summary>Every endpoint that the product has, asked by everyone who might: who gets in stands in <c>endpoint-table.txt</c>.</summary>
public sealed class EndpointMatrixTests
{
    /// <summary>Who may read the canary's name: the business itself, with its key, and the customer whose link it is.</summary>
    private static readonly string[] Entitled = ["customer", "owner", "key"];

    /// <summary>
    /// Red with "needs a line": an endpoint is new; add the proposed line to the table if it is what is meant. Red with an answer: somebody gets in who did
    /// not, or no longer does.
    /// </summary>
    [Fact, Trait("Fault", "27"), Trait("Requirement", "41")]
    public async Task Everyone_gets_what_the_table_says_and_nobody_reads_anothers_customers()
    {
        await using var world = await MatrixWorld.Open();
        var table = EndpointTable.Read();
        var endpoints = await ProductEndpoints.Of(world.Product);
        var wrong = table.Rows.Keys.Except(endpoints.Select(endpoint => endpoint.Name)).Select(gone => $"there is no endpoint {gone}").ToList();

        // Reads first: what is posted may change what is there to be read.
        foreach (var endpoint in endpoints.OrderByDescending(endpoint => endpoint.IsRead))
        {
            var row = table.Rows.GetValueOrDefault(endpoint.Name);
            var answers = new List<string>();
            foreach (var caller in MatrixWorld.Callers)
            {
                var (verdict, _, body) = await world.Ask(caller, endpoint, row);
                answers.Add(verdict);
                if (!Entitled.Contains(caller) && body.Contains(MatrixWorld.Canary, StringComparison.Ordinal))
                {
                    wrong.Add($"{endpoint.Name} shows another's customer to {caller}");
                }

                if (!endpoint.IsRead && verdict is "in" or "sign-in")
                {
                    await world.Return(caller);
                }
            }

            if (row is null)
            {
                wrong.Add("needs a line: " + table.Proposal(endpoint.Name, answers));
                continue;
            }

            var expected = table.Classes[row.Class];
            wrong.AddRange(MatrixWorld.Callers.Zip(answers, expected).Where(one => one.Second != one.Third)
                .Select(one => $"{endpoint.Name} ({row.Class}): {one.First} gets {one.Second}, not {one.Third}"));
        }

        Assert.True(wrong.Count == 0, "Not as tests/Slotwright.Tests/Tenancy/endpoint-table.txt says:\n" + string.Join('\n', wrong));
    }

    [Fact, Trait("Fault", "44")]
    public async Task Reading_writes_nothing_whoever_reads()
    {
        await using var world = await MatrixWorld.Open();
        var table = EndpointTable.Read();
        var wrote = new List<string>();

        foreach (var endpoint in (await ProductEndpoints.Of(world.Product)).Where(endpoint => endpoint.IsRead))
        {
            foreach (var caller in MatrixWorld.Callers)
            {
                var before = await world.Version();
                await world.Ask(caller, endpoint, table.Rows.GetValueOrDefault(endpoint.Name));
                if (await world.Version() != before)
                {
                    wrote.Add($"{endpoint.Name} as {caller}");
                }
            }
        }

        Assert.Empty(wrote);
    }

    [Fact, Trait("Fault", "44")]
    public async Task A_form_without_its_token_is_refused_on_every_page()
    {
        await using var world = await MatrixWorld.Open();
        var table = EndpointTable.Read();
        var before = await world.Version();
        var taken = new List<string>();

        foreach (var endpoint in (await ProductEndpoints.Of(world.Product)).Where(endpoint => endpoint.IsPage && !endpoint.IsRead))
        {
            foreach (var caller in new[] { "owner", "customer" })
            {
                var (verdict, status, _) = await world.Ask(caller, endpoint, table.Rows.GetValueOrDefault(endpoint.Name), withToken: false);
                if (status != HttpStatusCode.BadRequest && (caller == "owner" || verdict != "sign-in"))
                {
                    taken.Add($"{endpoint.Name} as {caller}: {verdict}");
                }
            }
        }

        Assert.Empty(taken);
        Assert.Equal(before, await world.Version());
    }
}
