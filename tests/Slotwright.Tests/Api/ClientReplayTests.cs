namespace Slotwright.Api;

/// <summary>Requests as the five official clients and known integrations put them on the wire, and what each needs of the answer.</summary>
public sealed class ClientReplayTests
{
    private const string Node = "SSS/2.0.1 Node/v20.11.0 API/3";
    private const string DotNet = "SSS/1.0.1 DOTNET/4.0.30319 API/2";
    private const string Ruby = "SSS/2.0.5 Ruby/3.2.2 API/3";
    private const string Python = "SSS/2.0.1 Python/3.11 API/3";
    private const string Php = "SSS/2.0.0 PHP/8.2 API/3";
    private const string Location = "https://book.harbour-yoga.example/api/bookings/550001.json";

    /// <summary>User agent, query, body and the body that the client needs to find.</summary>
    public static TheoryData<string, string, string, string> Creations { get; } = new()
    {
        { Node, "", """{"schedule_id":8101,"webhook":true,"user_id":0,"booking":{"start":"2026-03-09T13:30:00.000Z","finish":"2026-03-09T14:00:00.000Z","full_name":"Ida","email":"ida@quill.example","resource_id":31}}""", "" },
        { DotNet, "?schedule_id=8101&user_id=0&form=true&webhook=true", """{"booking":{"start":"2026-03-09 14:30:00","finish":"2026-03-09 15:00:00","full_name":"Ren? M?ller","email":"ida@quill.example","resource_id":"31","slot_id":"0"}}""", "" },
        { DotNet, "?schedule_id=8101", """{"booking":{"start":"2026-03-09 14.30.00","finish":"2026-03-09 15.00.00","resource_id":"31"}}""", "" },
        { Ruby, "", """{"schedule_id":8101,"user_id":null,"form":null,"webhook":true,"booking":{"start":"2026-03-09 14:30:00 +0100","finish":"2026-03-09 15:00:00 +0100","res_name":"ida","full_name":"Ida","resource_id":31}}""", $"\"{Location}\"" },
        { Python, "", """{"schedule_id":"8101","webhook":"True","user_id":"0","form":null,"booking":{"start":"2026-03-09 14:30:00","finish":"2026-03-09 15:00:00","full_name":"Ida","resource_id":31}}""", "" },
        { Php, "?webhook=true", """{"account_name":"Harbour_Yoga","schedule_id":8101,"user_id":null,"form":null,"booking":{"start":"2026-03-09 14:30:00","finish":"2026-03-09 15:00:00","name":"ida@quill.example","email":null,"full_name":null,"resource_id":31,"slot_id":null}}""", $"\"{Location}\"" },
        { "curl/8", "?schedule_id=8101&booking[start]=2026-03-09+14:30&booking[finish]=2026-03-09%2015:00&booking[resource_id]=31", "", "" },
        { "curl/8", "", """{"schedule_id":8101,"start":"2026-3-9 14:30","finish":"2026-3-9 15:0","resource_id":31}""", "" },
    };

    [Theory, MemberData(nameof(Creations))]
    public async Task Create_works_for(string agent, string query, string body, string expectedBody)
    {
        await using var host = await ApiHost.Start();

        var reply = await host.Post("/api/bookings.json" + query, body, agent);

        Assert.Equal(201, reply.Status);
        Assert.Equal(Location, reply.Header("Location"));
        Assert.Equal(expectedBody, reply.Body);
        Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(expectedBody), reply.Length);
        Assert.Equal("application/json; charset=utf-8", reply.ContentType);
        var row = Assert.Single(host.World.CourtSchedule.Rows);
        Assert.Equal(NodaTime.Instant.FromUtc(2026, 3, 9, 13, 30), row.Start);
        Assert.Equal(NodaTime.Instant.FromUtc(2026, 3, 9, 14, 0), row.End);
        Assert.Equal(31, row.ResourceId);
    }

    [Fact]
    public async Task A_login_name_stands_in_for_a_missing_full_name()
    {
        await using var host = await ApiHost.Start();

        await host.Post("/api/bookings.json", """{"schedule_id":8101,"booking":{"start":"2026-03-09 14:30","name":"ida","full_name":null}}""", Php);

        Assert.Equal("ida", Assert.Single(host.World.CourtSchedule.Rows).Customer.Name);
    }

    [Fact]
    public async Task A_form_post_works_like_json()
    {
        await using var host = await ApiHost.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/bookings")
        {
            Content = new FormUrlEncodedContent([new("schedule_id", "8101"), new("booking[start]", "2026-03-09 14:30"), new("booking[full_name]", "Zoë & Co"), new("submit.x", "3")]),
        };

        var reply = await host.Send(request);

        Assert.Equal(201, reply.Status);
        Assert.Equal("Zoë & Co", Assert.Single(host.World.CourtSchedule.Rows).Customer.Name);
    }

    [Fact]
    public async Task Json_under_the_default_type_of_a_tool_is_json()
    {
        await using var host = await ApiHost.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/bookings")
        {
            Content = new StringContent("""{"schedule_id":8101,"booking":{"start":"2026-03-09 14:30"}}""", System.Text.Encoding.UTF8, "application/x-www-form-urlencoded"),
        };

        Assert.Equal(201, (await host.Send(request)).Status);
    }

    [Fact]
    public async Task Xml_in_and_out_works()
    {
        await using var host = await ApiHost.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/bookings.xml?schedule_id=8101")
        {
            Content = new StringContent("<booking><start>2026-03-09 14:30</start><full-name>Zoë</full-name></booking>", System.Text.Encoding.UTF8, "application/xml"),
        };

        var reply = await host.Send(request);

        Assert.Equal(201, reply.Status);
        Assert.EndsWith("/api/bookings/550001.xml", reply.Header("Location"), StringComparison.Ordinal);
        Assert.Equal("application/xml; charset=utf-8", reply.ContentType);
        Assert.Equal("Zoë", Assert.Single(host.World.CourtSchedule.Rows).Customer.Name);
    }

    [Theory]
    [InlineData("PUT", Node, "?webhook=true", """{"schedule_id":8101,"booking":{"start":"2026-03-10 10:00:00","finish":"2026-03-10 10:30:00"}}""")]
    [InlineData("PUT", DotNet, "?schedule_id=8101&webhook=true", """{"booking":{"start":"2026-03-10 10:00:00","finish":"2026-03-10 10:30:00"}}""")]
    [InlineData("PUT", Ruby, "", """{"schedule_id":8101,"webhook":true,"booking":{"start":"2026-03-10 10:00:00","finish":"2026-03-10 10:30:00"}}""")]
    [InlineData("PUT", Python, "", """{"schedule_id":8101,"form":true,"booking":{"start":"2026-03-10 10:00:00","finish":"2026-03-10 10:30:00"}}""")]
    [InlineData("POST", Php, "", """{"account_name":"Harbour_Yoga","schedule_id":8101,"form":null,"webhook":null,"booking":{"start":"2026-03-10 10:00:00","finish":"2026-03-10 10:30:00"}}""")]
    public async Task Update_works_for(string method, string agent, string query, string body)
    {
        await using var host = await ApiHost.Start();
        await Book(host);

        var reply = await host.Send(method, "/api/bookings/550001.json" + query, body, agent);

        Assert.Equal(200, reply.Status);
        Assert.Equal(0, reply.Length);
        Assert.Equal("application/json; charset=utf-8", reply.ContentType);
        Assert.Null(reply.Header("Location"));
        Assert.Equal(NodaTime.Instant.FromUtc(2026, 3, 10, 9, 0), Assert.Single(host.World.CourtSchedule.Rows).Start);
    }

    [Theory]
    [InlineData(Node, "?schedule_id=8101&webhook=true", "")]
    [InlineData(DotNet, "?schedule_id=8101", "")]
    [InlineData(Ruby, "?schedule_id=8101&webhook", "null")]
    [InlineData(Python, "?schedule_id=8101", """{"webhook":null}""")]
    [InlineData(Php, "", """{"account_name":"Harbour_Yoga","schedule_id":8101}""")]
    public async Task Delete_works_for(string agent, string query, string body)
    {
        await using var host = await ApiHost.Start();
        await Book(host);

        var reply = await host.Send("DELETE", "/api/bookings/550001.json" + query, body, agent);

        Assert.Equal(200, reply.Status);
        Assert.Equal(0, reply.Length);
        Assert.Equal("application/json; charset=utf-8", reply.ContentType);
    }

    [Theory]
    [InlineData("/api/range/8101.json?today=true&slot=true&user=0", Node)]
    [InlineData("/api/range/8101.json?today=True&user=0", Python)]
    [InlineData("/api/range/8101.json?today=1&user=0", Php)]
    [InlineData("/api/changes/8101.json?from=2026-03-09+00%3A00%3A00&slot=false", DotNet)]
    [InlineData("/api/agenda/8101.json?user=ida%40quill.example&from=2026-03-09%2000:00:00", Ruby)]
    [InlineData("/api/bookings.json?schedule_id=8101&form=true&from=2026-03-09+00.00.00&length=30&resource=Court+1&full=false", DotNet)]
    [InlineData("/api/free/8101.json?length=30&from=2026-03-09+09%3A00%3A00&full=true&maxresults=5", Python)]
    [InlineData("/api/schedules.json?", DotNet)]
    public async Task Reads_with_a_json_content_type_and_a_length_work_for(string address, string agent)
    {
        await using var host = await ApiHost.Start();
        await Book(host);
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Content = ApiHost.Json("") };
        request.Headers.TryAddWithoutValidation("User-Agent", agent);

        var reply = await host.Send(request);

        Assert.Equal(200, reply.Status);
        Assert.True(reply.Length > 0);
        Assert.Null(reply.Message.Headers.TransferEncodingChunked);
        Assert.Equal("application/json; charset=utf-8", reply.ContentType);
    }

    [Fact]
    public async Task An_error_is_an_object_that_a_client_can_read()
    {
        await using var host = await ApiHost.Start();

        var reply = await host.Post("/api/bookings.json", """{"schedule_id":8101,"booking":{"start":"2026-03-09 14:30","shoe_size":44}}""", Ruby);

        Assert.Equal("""{"errors":[{"code":"400","title":"Bad request: unknown attribute \u0027shoe_size\u0027 for Booking.","pointer":"/booking/shoe_size"}]}""", reply.Body);
    }

    private static async Task Book(ApiHost host) =>
        Assert.Equal(201, (await host.Post("/api/bookings.json", """{"schedule_id":8101,"booking":{"start":"2026-03-09 14:30","finish":"2026-03-09 15:00","email":"ida@quill.example","resource_id":31}}""")).Status);
}
