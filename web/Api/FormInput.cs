using System.Buffers;
using System.Text;

namespace Slotwright.Api;

/// <summary>Reads names and values of a query string or a form body.</summary>
internal static class FormInput
{
    private const int MostPairs = 1_000;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ApiError? ReadQuery(string query, ApiInput input)
    {
        input.BeginSource();
        var text = query.AsSpan();
        return text.Length <= 1 ? null : Read(text[0] == '?' ? text[1..] : text, input);
    }

    public static ApiError? ReadBody(ReadOnlySequence<byte> body, ApiInput input)
    {
        input.BeginSource();
        try
        {
            return Read(Strict.GetString(body), input);
        }
        catch (DecoderFallbackException)
        {
            return ApiError.Bad("the form is not UTF-8.");
        }
    }

    private static ApiError? Read(ReadOnlySpan<char> text, ApiInput input)
    {
        var pairs = 0;
        foreach (var range in text.Split('&'))
        {
            var pair = text[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            if (++pairs > MostPairs)
            {
                return ApiError.Bad("too many parameters.");
            }

            var equals = pair.IndexOf('=');
            if (!TryDecode(equals < 0 ? pair : pair[..equals], out var name)
                || !TryDecode(equals < 0 ? default : pair[(equals + 1)..], out var value))
            {
                return ApiError.Bad("a parameter is not UTF-8.");
            }

            if (Keep(name, value, input) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static ApiError? Keep(string name, string value, ApiInput input)
    {
        const string Nested = "booking[";
        var inBooking = name.StartsWith(Nested, StringComparison.Ordinal);
        if (inBooking && !name.EndsWith(']'))
        {
            return ApiError.UnknownAttribute(name);
        }

        var bare = inBooking ? name.AsSpan(Nested.Length, name.Length - Nested.Length - 1) : name;
        var known = ApiFields.TryFind(bare, out var field);
        if (inBooking && (!known || !field.IsAttribute()))
        {
            return ApiError.UnknownAttribute(bare.ToString());
        }

        if (!known)
        {
            return null;
        }

        return input.Set(field, value, inBooking, sameIsFine: true)
            ? null
            : ApiError.Bad($"{field.WireName()} is given twice.", ApiError.PointerTo(field));
    }

    private static bool TryDecode(ReadOnlySpan<char> text, out string decoded)
    {
        if (text.IndexOfAny('%', '+') < 0)
        {
            decoded = text.ToString();
            return true;
        }

        var bytes = ArrayPool<byte>.Shared.Rent(Strict.GetMaxByteCount(text.Length));
        try
        {
            var length = 0;
            for (var i = 0; i < text.Length; i++)
            {
                if (text[i] == '+')
                {
                    bytes[length++] = (byte)' ';
                }
                else if (text[i] == '%' && i + 2 < text.Length && char.IsAsciiHexDigit(text[i + 1]) && char.IsAsciiHexDigit(text[i + 2]))
                {
                    bytes[length++] = (byte)((Digit(text[i + 1]) << 4) | Digit(text[i + 2]));
                    i += 2;
                }
                else
                {
                    var width = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? 2 : 1;
                    length += Strict.GetBytes(text.Slice(i, width), bytes.AsSpan(length));
                    i += width - 1;
                }
            }

            decoded = Strict.GetString(bytes, 0, length);
            return true;
        }
        catch (Exception fault) when (fault is DecoderFallbackException or EncoderFallbackException)
        {
            decoded = "";
            return false;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static int Digit(char hex) => char.IsAsciiDigit(hex) ? hex - '0' : (hex | 0x20) - 'a' + 10;
}
