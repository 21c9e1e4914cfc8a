using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Slotwright.Api.Document;

/// <summary>
/// Writes the API's description (OpenAPI 3.1). The calls read their input by hand, so that what they take is told here by hand
/// as well; a test compares this list with the routes.
/// </summary>
internal sealed class ApiDocument : IOpenApiDocumentTransformer
{
    public const string Name = "v1";

    private const string About = """
        Reads and changes the bookings of one account. Every call may end in `.json` or `.xml` or neither, which is JSON. Parameters may come in the query, as JSON, as a form or as XML; what is
        in the body wins. Times are wall clock of the schedule unless they carry an offset; `created_on` and `updated_on` are UTC. Ids are positive 32-bit integers.
        """;

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo { Title = "Booking API", Version = Name, Description = About };
        document.Servers = [];
        document.Tags = null;
        document.Components = new OpenApiComponents
        {
            Schemas = ApiSchemas.All(document),
            SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["basic"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "basic", Description = "Account name and API key." },
                ["bearer"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The API key alone." },
                ["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Query, Name = "api_key", Description = "The API key; `account` may stand beside it. Prefer a header: addresses end up in logs." },
            },
        };
        document.Security =
        [
            Requirement(document, "basic"),
            Requirement(document, "bearer"),
            Requirement(document, "key"),
        ];
        document.Paths = [];
        foreach (var call in ApiCalls.All)
        {
            if (!document.Paths.TryGetValue(call.Path, out var path))
            {
                path = new OpenApiPathItem();
                document.Paths.Add(call.Path, path);
            }

            ((OpenApiPathItem)path).AddOperation(call.Method, Operation(document, call));
        }

        return Task.CompletedTask;
    }

    private static OpenApiOperation Operation(OpenApiDocument document, CallDescription call)
    {
        var operation = new OpenApiOperation
        {
            OperationId = call.Id,
            Summary = call.Summary,
            Description = call.Details,
            Parameters = [.. call.Parameters.Select(Parameter)],
            Responses = Responses(document, call),
        };
        if (call.IsPublic)
        {
            operation.Security = [];
        }

        if (call.TakesBooking)
        {
            operation.RequestBody = new OpenApiRequestBody
            {
                Description = "The attributes may also stand at the top level, or in the query as booking[start] and so on.",
                Content = new Dictionary<string, OpenApiMediaType>
                {
                    ["application/json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference("BookingRequest", document), Example = JsonNode.Parse(ApiSchemas.RequestExample) },
                },
            };
        }

        return operation;
    }

    private static OpenApiParameter Parameter(ParameterDescription parameter) => new()
    {
        Name = parameter.Name,
        In = parameter.In,
        Required = parameter.In == ParameterLocation.Path || parameter.IsRequired,
        Description = parameter.Summary,
        Schema = new OpenApiSchema { Type = parameter.Type, Minimum = parameter.Type == JsonSchemaType.Integer ? "0" : null },
    };

    private static OpenApiResponses Responses(OpenApiDocument document, CallDescription call)
    {
        var responses = new OpenApiResponses();
        if (call.Method == HttpMethod.Post && call.Answer is null && call.Id == "createBooking")
        {
            responses["201"] = new OpenApiResponse
            {
                Description = "Booked. The body is empty.",
                Headers = new Dictionary<string, IOpenApiHeader>
                {
                    ["Location"] = new OpenApiHeader { Description = "Address of the booking.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
                    ["Idempotent-Replayed"] = new OpenApiHeader { Description = "`true` when the Idempotency-Key was known.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
                },
            };
        }
        else
        {
            responses["200"] = new OpenApiResponse
            {
                Description = call.Answer is null ? "Done. The body is empty." : "Found.",
                Content = call.Answer is null ? null : Content("application/json", call.Answer(document)),
            };
        }

        if (call.IsPublic)
        {
            responses["304"] = new OpenApiResponse { Description = "Unchanged since the version of If-None-Match." };
        }

        foreach (var (status, text) in call.Errors)
        {
            var isProblem = status is "413" or "415" or "429" or "503";
            responses[status] = new OpenApiResponse
            {
                Description = text,
                Content = Content(isProblem ? "application/problem+json" : "application/json", new OpenApiSchemaReference(isProblem ? "Problem" : status == "422" ? "Refusal" : "Errors", document)),
            };
        }

        return responses;
    }

    private static Dictionary<string, OpenApiMediaType> Content(string type, IOpenApiSchema schema) =>
        new() { [type] = new OpenApiMediaType { Schema = schema } };

    private static OpenApiSecurityRequirement Requirement(OpenApiDocument document, string scheme) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
