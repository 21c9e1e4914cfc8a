using Microsoft.OpenApi;

namespace Slotwright.Api.Document;

/// <summary>One call as the description shows it.</summary>
internal sealed record CallDescription(HttpMethod Method, string Path, string Id, string Summary)
{
    public string? Details { get; init; }

    public IReadOnlyList<ParameterDescription> Parameters { get; init; } = [];

    public bool TakesBooking { get; init; }

    public bool IsPublic { get; init; }

    /// <summary>Schema of a successful answer; null: no body.</summary>
    public Func<OpenApiDocument, IOpenApiSchema>? Answer { get; init; }

    public IReadOnlyList<(string Status, string Text)> Errors { get; init; } = [];
}

internal sealed record ParameterDescription(string Name, string Summary, JsonSchemaType Type = JsonSchemaType.String)
{
    public ParameterLocation In { get; init; } = ParameterLocation.Query;

    public bool IsRequired { get; init; }
}

/// <summary>Every call of the API, in the order of the description.</summary>
internal static class ApiCalls
{
    private static readonly ParameterDescription Schedule = new("schedule", "Id of the schedule.", JsonSchemaType.Integer) { In = ParameterLocation.Path };
    private static readonly ParameterDescription Booking = new("id", "Id of the booking.", JsonSchemaType.Integer) { In = ParameterLocation.Path };
    private static readonly ParameterDescription ScheduleId = new("schedule_id", "Id of the schedule.", JsonSchemaType.Integer) { IsRequired = true };
    private static readonly ParameterDescription OfSchedule = new("schedule_id", "When given, the booking must be of this schedule.", JsonSchemaType.Integer);
    private static readonly ParameterDescription User = new("user", "E-mail of the customer; 0 and none mean everybody.");
    private static readonly ParameterDescription Resource = new("resource_id", "Only this resource.", JsonSchemaType.Integer);
    private static readonly ParameterDescription Limit = new("limit", "At most so many; 1,000 is the most.", JsonSchemaType.Integer);
    private static readonly ParameterDescription Offset = new("offset", "Leave out so many first.", JsonSchemaType.Integer);
    private static readonly ParameterDescription Webhook = new("webhook", "Accepted for compatibility; has no effect yet.", JsonSchemaType.Boolean);
    private static readonly ParameterDescription RepeatKey = new("Idempotency-Key", "1 to 255 characters: a repeat with the same key and request gets the first answer again, for 72 hours.") { In = ParameterLocation.Header };

    private static readonly (string, string)[] ReadErrors =
    [
        ("400", "Malformed, or a parameter is missing."),
        ("401", "Missing or wrong credentials."),
        ("404", "Unknown id, or another account's."),
        ("429", "Too many requests; see Retry-After."),
        ("503", "Temporarily unavailable; see Retry-After."),
    ];

    private static readonly (string, string)[] WriteErrors =
    [
        ("400", "Malformed, an unknown attribute, or a parameter is missing."),
        ("401", "Missing or wrong credentials."),
        ("403", "The account's plan is full."),
        ("404", "Unknown id, or another account's."),
        ("413", "The body is larger than 1 MB."),
        ("415", "The body is neither JSON nor XML nor a form."),
        ("422", "The schedule's rules refuse it; see the code."),
        ("429", "Too many requests; see Retry-After."),
        ("503", "Temporarily unavailable; repeat with the same Idempotency-Key."),
    ];

    public static IReadOnlyList<CallDescription> All { get; } =
    [
        new(HttpMethod.Get, "/api/schedules.json", "listSchedules", "Lists the account's schedules.")
        {
            Answer = document => ListOf(new OpenApiSchemaReference("Named", document)),
            Errors = ReadErrors,
        },
        new(HttpMethod.Get, "/api/resources.json", "listResources", "Lists the resources of a schedule.")
        {
            Parameters = [ScheduleId],
            Answer = document => ListOf(new OpenApiSchemaReference("Named", document)),
            Errors = ReadErrors,
        },
        new(HttpMethod.Get, "/api/free/{schedule}.json", "listFree", "Lists what a customer could book, ascending by start.")
        {
            Parameters =
            [
                Schedule,
                new("from", "Not before; now when absent."),
                new("length", "Minutes; the schedule's own length when absent.", JsonSchemaType.Integer),
                new("resource", "Name or id of a resource."),
                new("maxresults", "At most so many; 10 when absent, 2,000 is the most.", JsonSchemaType.Integer),
            ],
            Answer = document => Container("slots", new OpenApiSchemaReference("FreeSlot", document)),
            Errors = [.. ReadErrors, ("422", "The schedule does not offer this length.")],
        },
        new(HttpMethod.Get, "/api/bookings.json", "listBookings", "Lists bookings, upcoming ones when no start is given.")
        {
            Parameters = [ScheduleId, new("start", "Those that end after it."), new("finish", "Those that start before it."), User, Resource, Limit, Offset],
            Answer = document => ListOf(new OpenApiSchemaReference("Booking", document)),
            Errors = ReadErrors,
        },
        new(HttpMethod.Post, "/api/bookings.json", "createBooking", "Books.")
        {
            Details = "Opening hours, lengths and taken places bind the API; notice, horizon, customer limits and deadlines do not.",
            Parameters = [RepeatKey, Webhook],
            TakesBooking = true,
            Errors = WriteErrors,
        },
        new(HttpMethod.Get, "/api/bookings/{id}.json", "getBooking", "Shows one booking, cancelled ones too.")
        {
            Parameters = [Booking, OfSchedule],
            Answer = document => new OpenApiSchemaReference("Booking", document),
            Errors = ReadErrors,
        },
        new(HttpMethod.Put, "/api/bookings/{id}.json", "updateBooking", "Changes what was sent of a booking. POST means the same.")
        {
            Parameters = [Booking, OfSchedule, RepeatKey, Webhook],
            TakesBooking = true,
            Errors = WriteErrors,
        },
        new(HttpMethod.Post, "/api/bookings/{id}.json", "updateBookingByPost", "The same as PUT, for clients without it.")
        {
            Parameters = [Booking, OfSchedule, RepeatKey, Webhook],
            TakesBooking = true,
            Errors = WriteErrors,
        },
        new(HttpMethod.Delete, "/api/bookings/{id}.json", "deleteBooking", "Cancels a booking; it stays visible among the changes.")
        {
            Parameters = [Booking, OfSchedule, RepeatKey, Webhook],
            Errors = WriteErrors,
        },
        new(HttpMethod.Get, "/api/range/{schedule}.json", "listRange", "Lists live bookings of a stretch of time, everything to come when none is given.")
        {
            Parameters = [Schedule, new("from", "Those that end after it."), new("to", "Those that start before it."), new("today", "The current day of the schedule, whatever from and to say.", JsonSchemaType.Boolean), User, Resource, Limit, Offset],
            Answer = document => Container("bookings", new OpenApiSchemaReference("Booking", document)),
            Errors = ReadErrors,
        },
        new(HttpMethod.Get, "/api/changes/{schedule}.json", "listChanges", "Lists each booking that changed once, latest change first, cancelled ones too.")
        {
            Details = "Without from: the ten most recent.",
            Parameters = [Schedule, new("from", "UTC."), new("to", "UTC."), User, Limit, Offset],
            Answer = document => Container("bookings", new OpenApiSchemaReference("Booking", document)),
            Errors = ReadErrors,
        },
        new(HttpMethod.Get, "/api/agenda/{schedule}.json", "listAgenda", "Lists what one customer has before them.")
        {
            Parameters = [Schedule, User with { IsRequired = true }, new("from", "Now when absent.")],
            Answer = document => ListOf(new OpenApiSchemaReference("Booking", document)),
            Errors = ReadErrors,
        },
        new(HttpMethod.Get, "/api/free-times/{account}/{schedule}.json", "readFreeTimes", "Free times of some days for a booking page; open to everyone.")
        {
            Parameters =
            [
                new("account", "Name of the account.") { In = ParameterLocation.Path },
                new("schedule", "Name or id of the schedule.") { In = ParameterLocation.Path },
                new("from", "First day, such as 2026-03-09; today when absent."),
                new("to", "Last day, at most 62 days later; six days later when absent."),
                new("resource", "Name or id of a resource."),
                new("length", "Minutes.", JsonSchemaType.Integer),
            ],
            IsPublic = true,
            Answer = document => new OpenApiSchemaReference("FreeTimes", document),
            Errors = [ReadErrors[0], ReadErrors[2], ("422", "The schedule does not offer this length."), ReadErrors[3], ReadErrors[4]],
        },
    ];

    private static OpenApiSchema ListOf(IOpenApiSchema item) => new() { Type = JsonSchemaType.Array, Items = item };

    private static OpenApiSchema Container(string name, IOpenApiSchema item) => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string> { name },
        Properties = new Dictionary<string, IOpenApiSchema> { [name] = ListOf(item) },
    };
}
