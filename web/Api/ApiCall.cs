using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Slotwright.Accounts;
using Slotwright.Appointments;

namespace Slotwright.Api;

/// <summary>One request to the API: who calls, what was sent, and how the answer is written.</summary>
internal sealed class ApiCall(HttpContext context)
{
    private const int LongestKey = 255;
    private static readonly TimeSpan BodyTime = TimeSpan.FromSeconds(10);

    public HttpContext Context { get; } = context;

    public ApiInput Input { get; } = new();

    public AnswerFormat Format { get; } = context.Request.Path.Value!.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) ? AnswerFormat.Xml : AnswerFormat.Json;

    /// <summary>The account that the key opens; the only source of the tenant.</summary>
    public AccountReference Account { get; set; } = null!;

    /// <summary>Of the Idempotency-Key header; null: none came.</summary>
    public RepeatKey? RepeatKey { get; private set; }

    /// <summary>A body came, and may say what the query does not.</summary>
    public bool HasBody { get; private set; }

    public string UserAgent => Context.Request.Headers.UserAgent.ToString();

    /// <summary>The id at the path's end, with or without a format; null: it cannot be one.</summary>
    public int? PathId(string routeKey)
    {
        var text = (Context.GetRouteValue(routeKey) as string).AsSpan();
        foreach (var suffix in ApiRoutes.Suffixes)
        {
            if (suffix.Length > 0 && text.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
            {
                text = text[..^suffix.Length];
                break;
            }
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? id : null;
    }

    public ApiError? ReadQuery() => FormInput.ReadQuery(Context.Request.QueryString.Value ?? "", Input);

    /// <summary>Reads at most 1 MB within ten seconds and merges it into the input.</summary>
    public async ValueTask<ApiError?> ReadBody(TimeProvider time)
    {
        var key = Context.Request.Headers["Idempotency-Key"];
        if (key.Count > 0 && (key.Count > 1 || string.IsNullOrWhiteSpace(key[0]) || key[0]!.Length > LongestKey))
        {
            return ApiError.Bad("Idempotency-Key must be one text of 1 to 255 characters.");
        }

        var request = Context.Request;
        if (Context.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: false } || request.ContentLength == 0)
        {
            Sign(key, ReadOnlySequence<byte>.Empty);
            return null;
        }

        if (request.ContentLength > ApiRoutes.LargestBody)
        {
            return ApiError.TooLarge;
        }

        return await ReadBody(key, time);
    }

    private async ValueTask<ApiError?> ReadBody(string? key, TimeProvider time)
    {
        var reader = Context.Request.BodyReader;
        CancellationTokenSource? patience = null;
        try
        {
            while (true)
            {
                if (!reader.TryRead(out var result))
                {
                    patience ??= new CancellationTokenSource(BodyTime, time);
                    result = await reader.ReadAsync(patience.Token);
                }

                if (result.Buffer.Length > ApiRoutes.LargestBody)
                {
                    reader.AdvanceTo(result.Buffer.End);
                    return ApiError.TooLarge;
                }

                if (result.IsCompleted)
                {
                    var error = Parse(result.Buffer);
                    Sign(key, result.Buffer);
                    reader.AdvanceTo(result.Buffer.End);
                    return error;
                }

                reader.AdvanceTo(result.Buffer.Start, result.Buffer.End);
            }
        }
        catch (OperationCanceledException) when (patience is { IsCancellationRequested: true } && !Context.RequestAborted.IsCancellationRequested)
        {
            Context.Response.Headers.Connection = "close";
            return ApiError.TooSlow;
        }
        finally
        {
            patience?.Dispose();
        }
    }

    private ApiError? Parse(ReadOnlySequence<byte> body)
    {
        if (body.IsEmpty)
        {
            return null;
        }

        HasBody = true;
        var request = Context.Request;
        if (request.Headers.ContentEncoding is { Count: > 0 } coding && !string.Equals(coding.ToString(), "identity", StringComparison.OrdinalIgnoreCase))
        {
            return ApiError.UnknownMediaType;
        }

        return BodyKinds.Of(request.ContentType, Format, body) switch
        {
            BodyKind.Json => JsonInput.Read(body, Input),
            BodyKind.Form => FormInput.ReadBody(body, Input),
            BodyKind.Xml => XmlInput.Read(body, Input),
            _ => ApiError.UnknownMediaType,
        };
    }

    /// <summary>Method, path with query and body make the request's fingerprint: the same key with another one is refused.</summary>
    private void Sign(string? key, ReadOnlySequence<byte> body)
    {
        if (key is null)
        {
            return;
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var request = Context.Request;
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method}\n{request.Path.Value}{request.QueryString.Value}\n"));
        foreach (var segment in body)
        {
            hash.AppendData(segment.Span);
        }

        RepeatKey = new RepeatKey { Credential = "api", Key = key, Fingerprint = Convert.ToHexStringLower(hash.GetHashAndReset()) };
    }
}
