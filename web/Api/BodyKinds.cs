using System.Buffers;

namespace Slotwright.Api;

internal enum BodyKind
{
    Unknown,
    Json,
    Form,
    Xml,
}

/// <summary>What a body is: its content type says it, else the path's suffix, else its first character.</summary>
internal static class BodyKinds
{
    public static BodyKind Of(string? contentType, AnswerFormat format, ReadOnlySequence<byte> body)
    {
        if (string.IsNullOrWhiteSpace(contentType))
        {
            return format == AnswerFormat.Xml ? BodyKind.Xml : ByFirst(body);
        }

        var type = contentType.AsSpan();
        var parameters = type.IndexOf(';');
        if (parameters >= 0)
        {
            if (!IsUtf8(type[(parameters + 1)..]))
            {
                return BodyKind.Unknown;
            }

            type = type[..parameters];
        }

        type = type.Trim();
        if (type.Equals("application/json", StringComparison.OrdinalIgnoreCase)
            || type.Equals("text/json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
        {
            return BodyKind.Json;
        }

        if (type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            // Tools that send JSON under their default type mean JSON: no form of ours begins so.
            return body.FirstSpan is [(byte)'{', ..] ? BodyKind.Json : BodyKind.Form;
        }

        return type.Equals("application/xml", StringComparison.OrdinalIgnoreCase) || type.Equals("text/xml", StringComparison.OrdinalIgnoreCase)
            ? BodyKind.Xml
            : BodyKind.Unknown;
    }

    private static bool IsUtf8(ReadOnlySpan<char> parameters)
    {
        const string Charset = "charset=";
        var at = parameters.IndexOf(Charset, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return true;
        }

        var name = parameters[(at + Charset.Length)..];
        var end = name.IndexOf(';');
        name = (end < 0 ? name : name[..end]).Trim("\" ");
        return name.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            || name.Equals("utf8", StringComparison.OrdinalIgnoreCase)
            || name.Equals("us-ascii", StringComparison.OrdinalIgnoreCase);
    }

    private static BodyKind ByFirst(ReadOnlySequence<byte> body)
    {
        foreach (var segment in body)
        {
            foreach (var b in segment.Span)
            {
                switch (b)
                {
                    case (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF or 0xBB or 0xBF:
                        continue;
                    case (byte)'{' or (byte)'[' or (byte)'n':
                        return BodyKind.Json;
                    case (byte)'<':
                        return BodyKind.Xml;
                    default:
                        return BodyKind.Form;
                }
            }
        }

        return BodyKind.Json;
    }
}
