using NodaTime;
using Slotwright.Accounts;
using Slotwright.Schedules;

namespace Slotwright.Demo;

/// <summary>An account of the demo world. Key <c>demo-NAME-key</c>, owner <c>owner@NAME.example</c>, password <c>demo-NAME</c>.</summary>
internal sealed record DemoAccount(string Name, AccountBrand Brand, string Plan, IReadOnlyList<ScheduleDefinition> Schedules)
{
    public bool IsReseller => Support is not null;

    public bool HasReseller { get; init; }

    /// <summary>Its trial begins with it.</summary>
    public bool OnTrial { get; init; }

    public SupportDetails? Support { get; init; }

    public OpenAccount ToCommand(int? resellerId) => new()
    {
        Name = Name,
        Brand = Brand,
        OwnerEmail = $"owner@{Name}.example",
        OwnerPassword = $"demo-{Name}",
        ApiKey = $"demo-{Name}-key",
        PlanCode = Plan,
        ResellerId = resellerId,
        AsReseller = Support,
    };
}

/// <summary>Who is in the demo world; the reseller before its clients.</summary>
internal static class DemoAccounts
{
    private static readonly IsoDayOfWeek[] MondayToSaturday =
    [
        IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday, IsoDayOfWeek.Saturday,
    ];

    private static readonly IsoDayOfWeek[] Daily = [.. MondayToSaturday, IsoDayOfWeek.Sunday];

    public static IReadOnlyList<DemoAccount> All { get; } =
    [
        new(
            "atelier-web",
            new AccountBrand { DisplayName = "Atelier Web", Colour = "#3b5bdb", Language = "fr", TimeZone = "Europe/Paris" },
            PlansOptions.Free,
            [])
        {
            Support = new SupportDetails
            {
                Name = "Atelier Web",
                Email = "aide@atelier-web.example",
                Phone = "+33 4 00 00 00 00",
                Website = "https://atelier-web.example",
            },
        },
        new(
            "corner-barber",
            new AccountBrand
            {
                DisplayName = "The Corner Barber",
                Colour = "#0f766e",
                Language = "fr",
                TimeZone = "Europe/Paris",
                Tagline = "Barbier de quartier depuis 1987",
                Contact = "12 rue des Lilas, Lyon · +33 4 00 00 00 12",
            },
            "l",
            [Barber()])
        {
            HasReseller = true,
        },
        new(
            "petite-table",
            new AccountBrand
            {
                DisplayName = "Petite Table",
                Colour = "#9a3412",
                Language = "nl",
                TimeZone = "Europe/Amsterdam",
                Contact = "Prinsengracht 1, Amsterdam · +31 20 000 0000",
            },
            PlansOptions.Free,
            [Tables("Terrace"), Tables("Indoor")])
        {
            HasReseller = true,
        },
        new(
            "harbour-yoga",
            new AccountBrand
            {
                DisplayName = "Harbour Yoga",
                Colour = "#1d4ed8",
                Language = "en",
                TimeZone = "Europe/London",
                Contact = "3 Quay Street, Bristol · hello@harbour-yoga.example",
            },
            "m",
            [Studio()]),
    ];

    /// <summary>More clients of the demo reseller, there only where the demo world lives.</summary>
    public static IReadOnlyList<DemoAccount> Living { get; } =
    [
        Client("studio-lumen", "Studio Lumen", "fr", "Europe/Paris", PlansOptions.Free, 45) with { OnTrial = true },
        Client("garage-noordzij", "Garage Noordzij", "nl", "Europe/Amsterdam", "s", 60),
        Client("velo-mistral", "Vélo Mistral", "fr", "Europe/Paris", "m", 30),
        Client("praktijk-de-brug", "Praktijk De Brug", "nl", "Europe/Brussels", "l", 20),
        Client("quiet-hour", "The Quiet Hour", "en", "Europe/London", PlansOptions.Free, 60),
        Client("atelier-cirrus", "Atelier Cirrus", "fr", "Europe/Paris", PlansOptions.Free, 90) with { OnTrial = true },
    ];

    private static DemoAccount Client(string name, string displayName, string language, string zone, string plan, int minutes) => new(
        name,
        new AccountBrand { DisplayName = displayName, Language = language, TimeZone = zone },
        plan,
        [
            new ScheduleDefinition
            {
                Name = "Rooms",
                TimeZone = zone,
                Resources = [Named("Room 1"), Named("Room 2")],
                OpeningHours = WeeklyHours.On(Daily, new OpeningSpan(new LocalTime(7, 0), new LocalTime(22, 0))),
                Length = AppointmentLength.Fixed(minutes),
                StepMinutes = 30,
                HorizonDays = 60,
            },
        ])
    {
        HasReseller = true,
    };

    private static ScheduleDefinition Barber() => new()
    {
        Name = "Chairs",
        TimeZone = "Europe/Paris",
        Description = "Coupe · 30 minutes",
        Location = "12 rue des Lilas, Lyon",
        Resources = [Named("Chair 1"), Named("Chair 2")],
        OpeningHours = WeeklyHours.On(MondayToSaturday, new OpeningSpan(new LocalTime(9, 0), new LocalTime(18, 0))),
        Length = AppointmentLength.Fixed(30),
        StepMinutes = 30,
        HorizonDays = 365,
    };

    private static ScheduleDefinition Tables(string name) => new()
    {
        Name = name,
        TimeZone = "Europe/Amsterdam",
        Description = "Tafel · 90 minuten",
        Location = "Prinsengracht 1, Amsterdam",
        Resources = [Named("Table 1"), Named("Table 2")],
        OpeningHours = WeeklyHours.On(Daily, new OpeningSpan(new LocalTime(12, 0), new LocalTime(22, 30))),
        Length = AppointmentLength.Fixed(90),
        StepMinutes = 30,
        HorizonDays = 365,
    };

    private static ScheduleDefinition Studio() => new()
    {
        Name = "Private lessons",
        TimeZone = "Europe/London",
        Description = "One-to-one lesson · 60 minutes",
        Location = "3 Quay Street, Bristol",
        Resources = [Named("Studio")],
        OpeningHours = WeeklyHours.On(
            MondayToSaturday,
            new OpeningSpan(new LocalTime(8, 0), new LocalTime(12, 0)),
            new OpeningSpan(new LocalTime(14, 0), new LocalTime(20, 0))),
        Length = AppointmentLength.Fixed(60),
        StepMinutes = 30,
        BufferAfterMinutes = 15,
        MinimumNoticeMinutes = 120,
        HorizonDays = 90,
        CancelDeadlineMinutes = 24 * 60,
        ChangeDeadlineMinutes = 24 * 60,
    };

    private static Resource Named(string name) => new() { Id = 0, Name = name };
}
