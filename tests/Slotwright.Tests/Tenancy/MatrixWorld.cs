using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Pages;
using Slotwright.Platform;
using Slotwright.Team;

namespace Slotwright.Tenancy;

/// <summary>
/// The demo world with one appointment at the Corner Barber, and everyone who might ask for it. The column order of
/// <c>endpoint-table.txt</c> is that of <see cref="Callers"/>.
/// </summary>
internal sealed partial class MatrixWorld : IAsyncDisposable
{
    public const string Canary = "Zephyrine Canari";

    public static readonly IReadOnlyList<string> Callers =
        ["anonymous", "customer", "owner-of-another", "reseller-of-others", "its-reseller", "operator", "owner", "key-of-another", "key"];

    private readonly Dictionary<string, string> values = [];
    private readonly Dictionary<string, Visitor> visitors = [];
    private readonly SqliteConnection watch;

    private MatrixWorld(Product product)
    {
        Product = product;
        watch = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(product.Folder, "slotwright.db"), Pooling = false }.ToString());
    }

    public Product Product { get; }

    public static async Task<MatrixWorld> Open()
    {
        var world = new MatrixWorld(await Product.Start(null, Mailbox.Paused, "--Platform:BaseUrl=http://127.0.0.1:5080"));
        await world.Settle();
        return world;
    }

    /// <summary>Changes with every commit of any other connection: what a page that only reads never does.</summary>
    public async Task<long> Version()
    {
        await using var command = watch.CreateCommand();
        command.CommandText = "pragma data_version";
        return (long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>
    /// "in": served, refused for what was sent, or sent on within the site; "sign-in": sent to sign in; else the status. A form's token is the
    /// caller's own unless <paramref name="withToken"/> is false.
    /// </summary>
    public async Task<(string Verdict, HttpStatusCode Status, string Body)> Ask(string caller, ProductEndpoint endpoint, EndpointRow? row, bool withToken = true)
    {
        var address = new Uri(Product.Address, Fill(endpoint.Route, caller, row));
        var method = new HttpMethod(endpoint.Method);
        var visitor = visitors[caller];
        var fields = (row?.Fields ?? []).Select(field => KeyValuePair.Create(field.Key, Known(field.Value, caller)));
        var token = withToken && endpoint.IsPage && !endpoint.IsRead ? await Token(visitor) : [];
        var answer = await visitor.Ask(method, address, endpoint.IsRead ? null : new FormUrlEncodedContent(fields.Concat(token)));
        return (Verdict(answer), answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Signs a caller in anew when what was asked may have ended the session.</summary>
    public async Task Return(string caller)
    {
        if (Logins.TryGetValue(caller, out var login))
        {
            var visitor = NewVisitor();
            await visitor.SignIn(login.Email, login.Password);
            Assert.Contains("session", visitor.Cookies.Keys);
            visitors[caller] = visitor;
        }
    }

    /// <summary>Who asks as this is the account's reseller, newly logged in to it.</summary>
    public async Task<string> Act()
    {
        const string Caller = "its-reseller";
        var visitor = visitors[Caller];
        await visitor.Open("/me");
        await visitor.Post("/reseller/atelier-web/act", [.. await Token(visitor), KeyValuePair.Create("client", values["account-id"])]);
        Assert.Equal("/a/corner-barber", visitor.Address.AbsolutePath);
        return Caller;
    }

    public async ValueTask DisposeAsync()
    {
        await watch.DisposeAsync();
        await Product.DisposeAsync();
    }

    private static Dictionary<string, (string Email, string Password)> Logins { get; } = new()
    {
        ["owner-of-another"] = ("owner@harbour-yoga.example", "demo-harbour-yoga"),
        ["reseller-of-others"] = ("owner@other-reseller.example", "four unusual words here"),
        ["its-reseller"] = ("owner@atelier-web.example", "demo-atelier-web"),
        ["operator"] = ("operator@platform.example", "four unusual words here"),
        ["owner"] = ("owner@corner-barber.example", "demo-corner-barber"),
    };

    private static string Verdict(HttpResponseMessage answer) => answer.StatusCode switch
    {
        HttpStatusCode.Redirect or HttpStatusCode.SeeOther when answer.Headers.Location!.OriginalString.StartsWith("/signin", StringComparison.Ordinal) => "sign-in",
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed => ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture),
        >= HttpStatusCode.InternalServerError => "broken",
        _ => "in",
    };

    private string Fill(string route, string caller, EndpointRow? row)
    {
        var filled = Parameter().Replace(route, match =>
        {
            var name = match.Groups[1].Value;
            return row is not null && row.Values.TryGetValue(name, out var said) ? Known(said, caller)
                : name == "schedule" && route.StartsWith("/api/", StringComparison.Ordinal) && !route.Contains("{owner}", StringComparison.Ordinal) ? values["schedule-id"]
                : name == "token" ? (caller == "customer" ? values["token"] : new string('0', 32))
                : values.GetValueOrDefault(name, "1");
        });
        var query = Known(row?.Query ?? "", caller);
        return filled + (filled.Contains('?', StringComparison.Ordinal) ? query.Replace('?', '&') : query);
    }

    // "{schedule-id}" within a value of the table.
    private string Known(string said, string caller) => Parameter().Replace(said, match => match.Groups[1].Value == "token" && caller != "customer" ? "0" : values.GetValueOrDefault(match.Groups[1].Value, "1"));

    /// <summary>The token of a form that the caller sees: every page of a signed-in person has one.</summary>
    private static async Task<IEnumerable<KeyValuePair<string, string>>> Token(Visitor visitor)
    {
        await visitor.Open("/signin");
        if (visitor.Page.QuerySelector("input[name=form-token]") is null)
        {
            await visitor.Open("/me");
        }

        return [KeyValuePair.Create("form-token", visitor.Page.QuerySelector("input[name=form-token]")!.GetAttribute("value")!)];
    }

    private async Task Settle()
    {
        await watch.OpenAsync(TestContext.Current.CancellationToken);
        var (accountId, scheduleId) = await Product.Find("corner-barber", "Chairs");
        var booked = await Product.Grains.Schedule(accountId, scheduleId).Book(new BookAppointment
        {
            Start = Time.Moment.OnTheClock(new LocalDateTime(2027, 1, 14, 14, 30)),
            Customer = new CustomerDetails { Name = Canary, Email = "canari@customer.example" },
            Language = "en",
            Actor = Actor.ApiKey(),
        });
        var appointment = booked.Value!.Appointment;
        values["account"] = values["owner"] = "corner-barber";
        values["client"] = accountId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        values["account-id"] = accountId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        values["schedule"] = "Chairs";
        values["schedule-id"] = scheduleId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        values["id"] = values["appointment"] = appointment.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        values["resource"] = appointment.ResourceId.ToString(System.Globalization.CultureInfo.InvariantCulture);
        values["token"] = ManageToken.Of(Product.Services.GetRequiredService<ISecrets>(), appointment);
        values["documentName"] = "v1";
        var template = await Product.Grains.Reseller((await Product.Grains.Account(accountId).Face())!.ResellerId!.Value).SaveTemplate(accountId, "Chairs");
        values["template"] = template.Value!.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await MakeOthers();
        foreach (var caller in Callers)
        {
            visitors[caller] = NewVisitor(KeyOf(caller));
            await visitors[caller].Open("/signin");
            await Return(caller);
        }
    }

    private async Task MakeOthers()
    {
        var brand = (await (await Product.Account("harbour-yoga")).Face())!.Brand;
        var opened = await Product.Grains.SignUp().OpenAccount(new OpenAccount
        {
            Name = "other-reseller",
            OwnerEmail = Logins["reseller-of-others"].Email,
            OwnerPassword = Logins["reseller-of-others"].Password,
            PlanCode = "free",
            Brand = brand,
            AsReseller = new SupportDetails { Name = "Another reseller" },
        });
        Assert.True(opened.Accepted);
        var link = await Product.Grains.SignUp().InviteOperator(Logins["operator"].Email);
        var parts = link!.Split('/');
        var person = Product.Grains.Person(int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture));
        Assert.True((await person.SetPassword(new PasswordByLink(parts[3], Logins["operator"].Password, new SignInOrigin("", ""), new LetterManner("en", null)))).Accepted);
    }

    private static string? KeyOf(string caller) => caller switch
    {
        "key" => "corner-barber",
        "key-of-another" => "harbour-yoga",
        _ => null,
    };

    /// <summary>With an API key on every request, or none.</summary>
    private Visitor NewVisitor(string? account = null) => new(
        () =>
        {
            var network = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
            return account is null ? network : new WithKey(account, network);
        },
        Product.Address,
        "en");

    private sealed class WithKey(string account, HttpMessageHandler network) : DelegatingHandler(network)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{account}:demo-{account}-key")));
            return base.SendAsync(request, cancellationToken);
        }
    }

    [GeneratedRegex(@"\{([A-Za-z-]+)[^}]*\}")]
    private static partial Regex Parameter();
}
