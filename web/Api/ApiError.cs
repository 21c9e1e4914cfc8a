using System.Globalization;
using NodaTime;

namespace Slotwright.Api;

/// <summary>Why a request is not served: a status, a code that programs read and a sentence that people read.</summary>
internal sealed record ApiError(int Status, string Code, string Title)
{
    /// <summary>Which part of the input is meant, as a JSON pointer (RFC 6901); null: the request as a whole.</summary>
    public string? Pointer { get; init; }

    /// <summary>Seconds after which a repeat makes sense.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Answer as application/problem+json: the cases on which the compatible interface is silent.</summary>
    public bool IsProblem { get; init; }

    /// <summary>Free places near the one that was taken, nearest first.</summary>
    public IReadOnlyList<FreePlace>? Alternatives { get; init; }

    public static ApiError Unauthorised { get; } = Plain(401, "Missing or wrong credentials");

    public static ApiError Paused { get; } = new(403, "account_paused", "The account is paused; what is booked stays");

    public static ApiError NotFound { get; } = Plain(404, "Not found");

    public static ApiError NoSuchCall { get; } = Problem(404, "There is no such call");

    public static ApiError TooLarge { get; } = Problem(413, "The body is larger than 1 MB");

    public static ApiError TooSlow { get; } = Problem(408, "The body did not arrive in time");

    public static ApiError UnknownMediaType { get; } = Problem(415, "The body must be JSON, XML or a form in UTF-8, without content encoding");

    public static ApiError Unavailable { get; } = Problem(503, "Temporarily unavailable; the request may be repeated") with { RetryAfter = 5 };

    public static ApiError Fault { get; } = Problem(500, "Something went wrong on our side");

    public static ApiError Bad(string why, string? pointer = null) => Plain(400, $"Bad request: {why}") with { Pointer = pointer };

    public static ApiError Missing(ApiField field) => Bad($"{field.WireName()} is missing.", PointerTo(field));

    public static ApiError UnknownAttribute(string name) =>
        Bad($"unknown attribute '{Shown(name)}' for Booking.", $"/booking/{Shown(name).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}");

    public static ApiError Invalid(string code, string title, ApiField field) =>
        new(422, code, title) { Pointer = PointerTo(field) };

    public static ApiError Problem(int status, string title) => Plain(status, title) with { IsProblem = true };

    public static string PointerTo(ApiField field) => (field.IsAttribute() ? "/booking/" : "/") + field.WireName();

    private static ApiError Plain(int status, string title) => new(status, status.ToString(CultureInfo.InvariantCulture), title);

    /// <summary>What a caller sent is shown back short and printable.</summary>
    private static string Shown(string text)
    {
        var start = text.Length <= 60 ? text : text[..60];
        return string.Create(start.Length, start, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(from[i]) || char.IsSurrogate(from[i]) ? '?' : from[i];
            }
        });
    }
}

/// <summary>A free stretch of one resource, in the schedule's wall clock.</summary>
internal sealed record FreePlace(LocalDateTime Start, LocalDateTime Finish, int ResourceId, string? ResourceName);
