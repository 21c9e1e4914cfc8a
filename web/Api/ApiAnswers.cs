using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Slotwright.Tenancy;

namespace Slotwright.Api;

/// <summary>How the API's answers go out: whole, with a length, never as a redirect.</summary>
internal static class ApiAnswers
{
    private const string JsonType = "application/json; charset=utf-8";
    private const string XmlType = "application/xml; charset=utf-8";
    private const string ProblemType = "application/problem+json; charset=utf-8";

    /// <summary>200 with what was written.</summary>
    public static Task<ApiError?> Answer(this ApiCall call, AnswerWriter answer) => call.Answer(answer.Finish());

    /// <summary>200 with bytes of the call's format.</summary>
    public static async Task<ApiError?> Answer(this ApiCall call, ReadOnlyMemory<byte> answer)
    {
        call.Context.Response.Headers.CacheControl = "no-store";
        await Write(call.Context, StatusCodes.Status200OK, call.Format == AnswerFormat.Xml ? XmlType : JsonType, answer);
        return null;
    }

    /// <summary>200 without a body.</summary>
    public static ApiError? Done(this ApiCall call, bool repeated)
    {
        MarkRepeated(call, repeated);
        var response = call.Context.Response;
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = call.Format == AnswerFormat.Xml ? XmlType : JsonType;
        response.ContentLength = 0;
        return null;
    }

    /// <summary>
    /// 201 with the address of what was made, on the stored host that the request came in on. Two official clients find it only in
    /// the body, as a JSON text.
    /// </summary>
    public static async Task<ApiError?> Created(this ApiCall call, string collection, int id, bool repeated)
    {
        MarkRepeated(call, repeated);
        var suffix = call.Format == AnswerFormat.Xml ? ".xml" : ".json";
        var location = string.Create(CultureInfo.InvariantCulture, $"{call.Context.Site().Base}{call.Context.Request.PathBase.Value}/api/{collection}/{id}{suffix}");
        call.Context.Response.Headers.Location = location;
        var agent = call.UserAgent;
        var body = call.Format == AnswerFormat.Json && WantsAddressInBody(agent)
            ? Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(location)}\"")
            : [];
        await Write(call.Context, StatusCodes.Status201Created, call.Format == AnswerFormat.Xml ? XmlType : JsonType, body);
        return null;
    }

    /// <summary>The error's status and body.</summary>
    public static Task Refuse(HttpContext context, AnswerFormat format, ApiError error)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-store";
        if (error.RetryAfter is { } seconds)
        {
            headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        if (error.Status == StatusCodes.Status401Unauthorized)
        {
            headers.WWWAuthenticate = "Basic realm=\"API\", charset=\"UTF-8\"";
        }

        return format == AnswerFormat.Xml
            ? Write(context, error.Status, XmlType, XmlOf(error))
            : Write(context, error.Status, error.IsProblem ? ProblemType : JsonType, JsonOf(context, error));
    }

    private static ReadOnlyMemory<byte> XmlOf(ApiError error)
    {
        using var xml = AnswerWriter.For(AnswerFormat.Xml);
        xml.BeginList("errors", isMember: false);
        xml.Item("error", error.Title);
        xml.EndList();
        return xml.Finish();
    }

    private static ReadOnlyMemory<byte> JsonOf(HttpContext context, ApiError error)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        if (error.IsProblem)
        {
            json.WriteString("type", "about:blank");
            json.WriteString("title", ReasonPhrases.GetReasonPhrase(error.Status));
            json.WriteNumber("status", error.Status);
            json.WriteString("detail", error.Title);
            json.WriteString("traceId", Activity.Current?.Id ?? context.TraceIdentifier);
        }

        json.WriteStartArray("errors");
        json.WriteStartObject();
        json.WriteString("code", error.Code);
        json.WriteString("title", error.Title);
        if (error.Pointer is not null)
        {
            json.WriteString("pointer", error.Pointer);
        }

        json.WriteEndObject();
        json.WriteEndArray();
        if (error.Alternatives is { } alternatives)
        {
            json.WriteStartArray("alternatives");
            foreach (var place in alternatives)
            {
                json.WriteStartObject();
                json.WriteString("start", ApiFormat.WallClock(place.Start));
                json.WriteString("finish", ApiFormat.WallClock(place.Finish));
                json.WriteString("name", place.ResourceName);
                json.WriteNumber("resource_id", place.ResourceId);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }

    private static bool WantsAddressInBody(string agent) =>
        agent.Contains("Ruby/", StringComparison.Ordinal) || agent.Contains("PHP/", StringComparison.Ordinal);

    private static void MarkRepeated(ApiCall call, bool repeated)
    {
        if (repeated)
        {
            call.Context.Response.Headers["Idempotent-Replayed"] = "true";
        }
    }

    private static async Task Write(HttpContext context, int status, string type, ReadOnlyMemory<byte> body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = type;
        response.ContentLength = body.Length;
        if (body.Length > 0 && !HttpMethods.IsHead(context.Request.Method))
        {
            await response.BodyWriter.WriteAsync(body, context.RequestAborted);
        }
    }
}
