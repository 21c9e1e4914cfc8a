using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Limits;
using Slotwright.Platform;
using Slotwright.Schedules;

namespace Slotwright.Pages;

/// <summary>
/// The pages on a fake world: <c>corner-barber</c> (reseller's client, French, Paris, two chairs) and <c>harbour-yoga</c> (regular
/// and free, English, London, one mat with lengths to choose from).
/// </summary>
public sealed class PagesHost : IAsyncDisposable
{
    public const string PlatformName = "Slotwright";

    private readonly WebApplication app;

    private PagesHost(WebApplication app, FakeWorld world)
    {
        (this.app, World) = (app, world);
        Barber = world.Add("corner-barber", Face(1, "corner-barber", "The Corner Barber", "fr", "Europe/Paris") with
        {
            ResellerId = 9,
            Support = new SupportDetails { Name = "Atelier Web", Email = "help@atelier-web.example", Phone = "+33 4 00 00 00 00", Website = "https://atelier-web.example" },
        });
        Chairs = world.Add(Barber, Schedule(31, 1, "Chairs", "Europe/Paris", AppointmentLength.Fixed(30), new ResourceFace(41, "Chair 1"), new ResourceFace(42, "Chair 2")));
        Yoga = world.Add("harbour-yoga", Face(2, "harbour-yoga", "Harbour Yoga", "en", "Europe/London") with { AdvertLine = "" });
        Mat = world.Add(Yoga, Schedule(
            32, 2, "Mat", "Europe/London", new AppointmentLength { MinimumMinutes = 30, MaximumMinutes = 90, IncrementMinutes = 30, DefaultMinutes = 60 }, new ResourceFace(43, "The mat")));
        Owner = world.Add(11, "owner@corner-barber.example", "demo-corner-barber", false, Barber.Shown!);
        world.Add(12, "owner@harbour-yoga.example", "demo-harbour-yoga", false, Yoga.Shown!);
        world.Add(13, "operator@platform.example", "demo-operator", true);
        world.Add(14, "both@team.example", "demo-both", false, Barber.Shown!, Yoga.Shown!);
    }

    public FakeWorld World { get; }

    public FakeAccount Barber { get; }

    public PagesSchedule Chairs { get; }

    public FakeAccount Yoga { get; }

    public PagesSchedule Mat { get; }

    public FakePerson Owner { get; }

    public static async Task<PagesHost> Start(string environment = "Development", Action<IWebHostBuilder>? server = null, bool limited = false)
    {
        var world = new FakeWorld();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment, ContentRootPath = WebFolder() });
        (server ?? (host => host.UseTestServer()))(builder.WebHost);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IGrainFactory>(world);
        builder.Services.AddSingleton<IClock>(world.Clock);
        builder.Services.Configure<PlatformOptions>(options => options.Name = PlatformName);
        builder.Configuration["RateLimits:Enabled"] = limited ? "true" : "false";
        builder.Services.AddRequestLimits(builder.Configuration);
        builder.Services.AddPages();
        var app = builder.Build();
        app.MapPages();
        await app.StartAsync();
        return new PagesHost(app, world);
    }

    /// <summary>A visitor with cookies of their own.</summary>
    public Visitor Visitor(string? language = null) => new(app.GetTestServer().CreateHandler, new Uri("http://localhost/"), language);

    public HttpClient Client() => app.GetTestServer().CreateClient();

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    public static string WebFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Orleans.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The tests run from inside the solution's folder.");
        }

        return Path.Combine(folder.FullName, "web");
    }

    private static AccountFace Face(int id, string name, string displayName, string language, string zone) => new()
    {
        Id = id,
        Name = name,
        Brand = new AccountBrand { DisplayName = displayName, Language = language, TimeZone = zone, Colour = "#0f766e" },
        ResellerId = null,
        Support = null,
        AdvertLine = null,
        TakesBookings = true,
        HasFeeds = true,
        OwnerEmail = $"owner@{name}.example",
    };

    private static ScheduleFace Schedule(int id, int accountId, string name, string zone, AppointmentLength length, params ResourceFace[] resources) => new()
    {
        Id = id,
        AccountId = accountId,
        Name = name,
        TimeZone = zone,
        Description = "",
        Location = "12 Rue des Lilas",
        Resources = resources,
        Length = length,
        MinimumNoticeMinutes = 0,
        HorizonDays = 365,
        ChangeDeadlineMinutes = 1440,
        CancelDeadlineMinutes = 1440,
        Edition = 1,
    };
}
