using System.Text;
using NodaTime;

namespace Slotwright.Api;

public sealed class ApiCredentialsTests
{
    private const string Key = ApiWorld.HarbourKey;

    [Theory]
    [InlineData("Harbour_Yoga")]
    [InlineData("harbour yoga")]
    [InlineData("HARBOUR-YOGA")]
    [InlineData("")]
    public async Task Basic_takes_the_account_however_it_is_written(string account)
    {
        await using var host = await ApiHost.Start();

        Assert.Equal(200, await Status(host, "/api/schedules.json", Basic($"{account}:{Key}")));
    }

    [Theory]
    [InlineData("/api/schedules.json?account=Harbour_Yoga&api_key=" + Key)]
    [InlineData("/api/schedules.json?account=harbour+yoga&api_key=" + Key)]
    [InlineData("/api/range/8101.json?api_key=" + Key)]
    [InlineData("/api/changes/8101?api_key=" + Key)]
    [InlineData("/api/bookings.json?schedule_id=8101&api_key=" + Key)]
    public async Task Parameters_are_as_good_as_a_header(string address)
    {
        await using var host = await ApiHost.Start();

        Assert.Equal(200, await Status(host, address, null));
    }

    [Fact]
    public async Task Parameters_may_stand_in_the_body()
    {
        await using var host = await ApiHost.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/bookings.json")
        {
            Content = ApiHost.Json($$$"""{"account":"Harbour_Yoga","api_key":"{{{Key}}}","schedule_id":8101,"booking":{"start":"2026-03-09 10:00"}}"""),
        };

        Assert.Equal(201, (await host.Send(request, host.Client(account: null))).Status);
    }

    [Theory]
    [InlineData("Bearer " + Key, "")]
    [InlineData("bearer " + Key, "?account=Harbour_Yoga")]
    public async Task Bearer_carries_the_key(string header, string query)
    {
        await using var host = await ApiHost.Start();

        Assert.Equal(200, await Status(host, "/api/schedules.json" + query, header));
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("Basic", "")]
    [InlineData("Basic ====", "")]
    [InlineData("Digest x", "")]
    [InlineData("Bearer wrong", "")]
    [InlineData("Bearer " + Key, "?account=corner-barber")]
    [InlineData(null, "?account=Harbour_Yoga")]
    [InlineData(null, "?account=Harbour_Yoga&password=" + Key)]
    [InlineData(null, "?account=corner-barber&api_key=" + Key)]
    [InlineData(null, "?account=Harbour_Yoga&api_key=wrong")]
    public async Task Wrong_or_missing_credentials_are_401_with_a_challenge(string? header, string query)
    {
        await using var host = await ApiHost.Start();
        using var request = Request("/api/schedules.json" + query, header);

        var reply = await host.Send(request, host.Client(account: null));

        Assert.Equal(401, reply.Status);
        Assert.StartsWith("Basic", reply.Header("WWW-Authenticate"), StringComparison.Ordinal);
        Assert.Equal("401", reply.ErrorCode);
    }

    [Theory]
    [InlineData("corner-barber:" + Key)]
    [InlineData("nobody:" + Key)]
    [InlineData("Harbour_Yoga:")]
    [InlineData("Harbour_Yoga")]
    [InlineData("Harbour_Yoga:" + Key + " ")]
    [InlineData("Harbour_Yoga:K3YK3YK3YK3YK3YK3YK3YA")]
    public async Task Basic_with_another_account_or_key_is_refused(string pair)
    {
        await using var host = await ApiHost.Start();

        Assert.Equal(401, await Status(host, "/api/schedules.json", Basic(pair)));
    }

    [Fact]
    public async Task A_former_name_still_authenticates()
    {
        await using var host = await ApiHost.Start();
        host.World.Accounts[ApiWorld.Harbour].FormerName = "Harbour";

        Assert.Equal(200, await Status(host, "/api/schedules.json", Basic($"Harbour:{Key}")));
    }

    [Fact]
    public async Task A_changed_key_is_refused_after_two_seconds()
    {
        await using var host = await ApiHost.Start();
        Assert.Equal(200, await Status(host, "/api/schedules.json", Basic($"Harbour_Yoga:{Key}")));
        host.World.Accounts[ApiWorld.Harbour].KeyHash = "another";

        host.World.Clock.Now += Duration.FromSeconds(2);

        Assert.Equal(401, await Status(host, "/api/schedules.json", Basic($"Harbour_Yoga:{Key}")));
    }

    private static string Basic(string pair) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(pair));

    private static HttpRequestMessage Request(string address, string? header)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", header);
        }

        return request;
    }

    private static async Task<int> Status(ApiHost host, string address, string? header)
    {
        using var request = Request(address, header);
        return (await host.Send(request, host.Client(account: null))).Status;
    }
}
