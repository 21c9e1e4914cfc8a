using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Slotwright.Api;

/// <summary>Reads a JSON body straight from the request's bytes.</summary>
internal static class JsonInput
{
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 32 };

    /// <summary>Null: well-formed. An empty body, <c>null</c>, <c>{}</c> and <c>[]</c> say nothing.</summary>
    public static ApiError? Read(ReadOnlySequence<byte> body, ApiInput input)
    {
        input.BeginSource();
        body = WithoutMark(body);
        if (IsBlank(body))
        {
            return null;
        }

        var reader = new Utf8JsonReader(body, Options);
        try
        {
            return Read(ref reader, input);
        }
        catch (JsonException fault)
        {
            return ApiError.Bad(string.Create(CultureInfo.InvariantCulture, $"the JSON body is malformed at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}."));
        }
        catch (InvalidOperationException)
        {
            // The reader's way to say that a string holds bytes or escapes which are no text.
            return ApiError.Bad(string.Create(CultureInfo.InvariantCulture, $"the JSON body holds invalid text near byte {reader.TokenStartIndex + 1}."));
        }
    }

    private static ApiError? Read(ref Utf8JsonReader reader, ApiInput input)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                break;
            case JsonTokenType.StartObject:
                if (ReadTop(ref reader, input) is { } error)
                {
                    return error;
                }

                break;
            case JsonTokenType.StartArray when reader.Read() && reader.TokenType == JsonTokenType.EndArray:
                break;
            default:
                return ApiError.Bad("the JSON body is not an object.", "");
        }

        // Whatever follows the value is an error that the reader itself finds.
        while (reader.Read())
        {
        }

        return null;
    }

    /// <summary>The reader calls an empty or blank body an error; for us it says nothing.</summary>
    private static bool IsBlank(in ReadOnlySequence<byte> body)
    {
        foreach (var segment in body)
        {
            if (segment.Span.IndexOfAnyExcept(" \t\r\n"u8) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static ApiError? ReadTop(ref Utf8JsonReader reader, ApiInput input)
    {
        Span<char> name = stackalloc char[ApiFields.LongestName];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isBooking = reader.ValueTextEquals("booking"u8);
            var known = TryField(ref reader, name, out var field);
            reader.Read();
            if (isBooking)
            {
                if (ReadBooking(ref reader, input) is { } wrong)
                {
                    return wrong;
                }
            }
            else if (!known)
            {
                reader.Skip();
            }
            else if (ReadValue(ref reader, input, field, inBooking: false) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private static ApiError? ReadBooking(ref Utf8JsonReader reader, ApiInput input)
    {
        if (reader.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        if (reader.TokenType == JsonTokenType.StartArray && reader.Read() && reader.TokenType == JsonTokenType.EndArray)
        {
            // An empty map of languages whose lists and maps are one.
            input.HasBooking();
            return null;
        }

        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return ApiError.Bad("booking is not an object.", "/booking");
        }

        input.HasBooking();
        Span<char> name = stackalloc char[ApiFields.LongestName];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!TryField(ref reader, name, out var field) || !field.IsAttribute())
            {
                return ApiError.UnknownAttribute(reader.GetString() ?? "");
            }

            reader.Read();
            if (ReadValue(ref reader, input, field, inBooking: true) is { } wrong)
            {
                return wrong;
            }
        }

        return null;
    }

    private static ApiError? ReadValue(ref Utf8JsonReader reader, ApiInput input, ApiField field, bool inBooking)
    {
        string? text;
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                text = reader.GetString();
                break;
            case JsonTokenType.Number:
                if (!reader.TryGetDouble(out var number) || !double.IsFinite(number))
                {
                    return ApiError.Bad($"{field.WireName()} is a number out of range.", ApiError.PointerTo(field));
                }

                text = reader.TryGetInt64(out var whole)
                    ? whole.ToString(CultureInfo.InvariantCulture)
                    : number.ToString("R", CultureInfo.InvariantCulture);
                break;
            case JsonTokenType.True:
                text = "true";
                break;
            case JsonTokenType.False:
                text = "false";
                break;
            case JsonTokenType.Null:
                text = null;
                break;
            default:
                if (!inBooking && field is ApiField.User or ApiField.Form or ApiField.Resource or ApiField.Slot)
                {
                    // Objects of other calls under a name that this one does not read as such.
                    reader.Skip();
                    return null;
                }

                return ApiError.Bad($"{field.WireName()} is not a plain value.", ApiError.PointerTo(field));
        }

        return input.Set(field, text, inBooking, sameIsFine: false)
            ? null
            : ApiError.Bad($"{field.WireName()} is given twice.", ApiError.PointerTo(field));
    }

    private static bool TryField(ref Utf8JsonReader reader, scoped Span<char> name, out ApiField field)
    {
        field = default;
        var length = reader.HasValueSequence ? reader.ValueSequence.Length : reader.ValueSpan.Length;
        return length <= name.Length && ApiFields.TryFind(name[..reader.CopyString(name)], out field);
    }

    /// <summary>A byte-order mark is not part of the text.</summary>
    private static ReadOnlySequence<byte> WithoutMark(ReadOnlySequence<byte> body)
    {
        var first = new SequenceReader<byte>(body);
        return first.IsNext([0xEF, 0xBB, 0xBF], advancePast: true) ? first.UnreadSequence : body;
    }
}
