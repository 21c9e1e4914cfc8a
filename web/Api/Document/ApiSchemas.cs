using Microsoft.OpenApi;

namespace Slotwright.Api.Document;

/// <summary>The shapes that the description speaks of.</summary>
internal static class ApiSchemas
{
    public const string RequestExample = """
        {"schedule_id":8101,"booking":{"start":"2026-03-09 14:30","finish":"2026-03-09 15:00","resource_id":31,"full_name":"Ida Quill","email":"ida@quill.example"}}
        """;

    private const JsonSchemaType TextOrNull = JsonSchemaType.String | JsonSchemaType.Null;

    public static Dictionary<string, IOpenApiSchema> All(OpenApiDocument document) => new()
    {
        ["Named"] = Shape(("id", Whole("")), ("name", Text(""))),
        ["Booking"] = Booking(),
        ["BookingRequest"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["schedule_id"] = Whole("Needed to book."),
                ["user_id"] = Whole("0 or absent: no customer account."),
                ["booking"] = Attributes(),
            },
        },
        ["FreeSlot"] = FreeSlot(),
        ["FreeTimes"] = Shape(
            ("version", Whole("Rises with every change of the agenda.")),
            ("edition", Whole("Rises with every change of the rules.")),
            ("zone", Text("IANA zone of the schedule.")),
            ("valid_until", Text("UTC; the next instant at which the clock alone changes the answer.")),
            ("times", new OpenApiSchema
            {
                Type = JsonSchemaType.Array,
                Items = Shape(
                    ("start", Text("Wall clock.")),
                    ("at", Text("The same in UTC.")),
                    ("minutes", Whole("Length.")),
                    ("resources", new OpenApiSchema { Type = JsonSchemaType.Array, Items = Whole("") })),
            })),
        ["Errors"] = Shape(("errors", new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchemaReference("Error", document) })),
        ["Error"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { "code", "title" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["code"] = Text("The status, or the rule's name such as place_taken."),
                ["title"] = Text("For people."),
                ["pointer"] = Text("JSON pointer (RFC 6901) to the part that is meant."),
            },
        },
        ["Refusal"] = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Required = new HashSet<string> { "errors" },
            Properties = new Dictionary<string, IOpenApiSchema>
            {
                ["errors"] = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchemaReference("Error", document) },
                ["alternatives"] = new OpenApiSchema
                {
                    Type = JsonSchemaType.Array,
                    Description = "Beside place_taken: up to three free places, nearest first.",
                    Items = new OpenApiSchemaReference("FreeSlot", document),
                },
            },
        },
        ["Problem"] = Shape(
            ("type", Text("RFC 9457.")),
            ("title", Text("")),
            ("status", Whole("")),
            ("detail", Text("")),
            ("traceId", Text("To be told when asking for help.")),
            ("errors", new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchemaReference("Error", document) })),
    };

    private static OpenApiSchema FreeSlot() => Shape(
        ("start", Text("Wall clock.")),
        ("finish", Text("Wall clock.")),
        ("name", Text("Name of the resource.")),
        ("resource_id", Whole("")));

    private static OpenApiSchema Booking() => Shape(
        ("id", Whole("")),
        ("start", Text("Wall clock without seconds: 2026-03-09T14:30.")),
        ("finish", Text("Wall clock.")),
        ("schedule_id", Whole("")),
        ("schedule_name", Text("")),
        ("resource_id", Whole("")),
        ("user_id", new OpenApiSchema { Type = JsonSchemaType.Integer | JsonSchemaType.Null }),
        ("full_name", Nullable()),
        ("email", Nullable()),
        ("address", Nullable()),
        ("mobile", Nullable()),
        ("phone", Nullable()),
        ("country", Nullable()),
        ("field_1", Nullable()),
        ("field_2", Nullable()),
        ("field_1_r", Nullable()),
        ("field_2_r", Nullable()),
        ("super_field", Nullable()),
        ("description", Text("")),
        ("price", new OpenApiSchema { Type = JsonSchemaType.Integer | JsonSchemaType.Null }),
        ("status", Whole("2 confirmed, 40 cancelled, 42 cancelled by the customer.")),
        ("status_message", Text("")),
        ("deleted", Flag()),
        ("waitlisted", Flag()),
        ("form_id", new OpenApiSchema { Type = JsonSchemaType.Integer | JsonSchemaType.Null }),
        ("created_on", Text("UTC.")),
        ("created_by", Text("")),
        ("updated_on", Text("UTC.")));

    private static OpenApiSchema Attributes()
    {
        var properties = new Dictionary<string, IOpenApiSchema>();
        for (var field = (ApiField)0; field.IsAttribute(); field++)
        {
            properties[field.WireName()] = field switch
            {
                ApiField.Start => Text("2026-03-09 14:30, or with an offset."),
                ApiField.Finish => Text("Absent: the schedule's own length; when changing: as long as it was."),
                ApiField.ResourceId => Whole("Absent: any; when changing: as it was."),
                ApiField.SlotId or ApiField.ServiceId or ApiField.Quantity => Whole("For other kinds of schedule."),
                ApiField.Country => Text("Two letters."),
                _ => Text(""),
            };
        }

        return new OpenApiSchema { Type = JsonSchemaType.Object, AdditionalPropertiesAllowed = false, Properties = properties };
    }

    private static OpenApiSchema Shape(params (string Name, OpenApiSchema Schema)[] members) => new()
    {
        Type = JsonSchemaType.Object,
        Required = new HashSet<string>(members.Select(member => member.Name)),
        Properties = members.ToDictionary(member => member.Name, IOpenApiSchema (member) => member.Schema),
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description.Length == 0 ? null : description };

    private static OpenApiSchema Nullable() => new() { Type = TextOrNull };

    private static OpenApiSchema Flag() => new() { Type = JsonSchemaType.Boolean };

    private static OpenApiSchema Whole(string description) => new() { Type = JsonSchemaType.Integer, Description = description.Length == 0 ? null : description };
}
