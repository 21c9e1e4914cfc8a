using System.Buffers;
using System.Text;
using System.Xml;

namespace Slotwright.Api;

/// <summary>
/// Reads an XML body: a <c>booking</c> element as root or below another root. Names may have hyphens for underscores. Document
/// types, and with them entities, are refused.
/// </summary>
internal static class XmlInput
{
    private const int DeepestElement = 8;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = 1_048_576,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
    };

    public static ApiError? Read(ReadOnlySequence<byte> body, ApiInput input)
    {
        input.BeginSource();
        using var bytes = new MemoryStream(body.ToArray(), writable: false);
        try
        {
            using var reader = XmlReader.Create(bytes, Settings);
            reader.MoveToContent();
            return reader.EOF ? null : ReadRoot(reader, input);
        }
        catch (XmlException fault)
        {
            return ApiError.Bad($"the XML body is malformed at line {fault.LineNumber}, position {fault.LinePosition}.");
        }
        catch (Exception fault) when (fault is ArgumentException or FormatException or InvalidOperationException or NotSupportedException)
        {
            // An encoding that does not exist, or bytes that are not of it.
            return ApiError.Bad("the XML body is not readable text.");
        }
    }

    private static ApiError? ReadRoot(XmlReader reader, ApiInput input)
    {
        var isBooking = reader.LocalName == "booking";
        if (isBooking)
        {
            input.HasBooking();
        }

        return ReadChildren(reader, input, isBooking, isRoot: true);
    }

    /// <summary>Leaves the reader on the end of the element it stood on.</summary>
    private static ApiError? ReadChildren(XmlReader reader, ApiInput input, bool inBooking, bool isRoot)
    {
        if (reader.IsEmptyElement)
        {
            return null;
        }

        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element && ReadElement(reader, input, inBooking, isRoot) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static ApiError? ReadElement(XmlReader reader, ApiInput input, bool inBooking, bool isRoot)
    {
        var name = reader.LocalName.Replace('-', '_');
        if (isRoot && !inBooking && name == "booking")
        {
            input.HasBooking();
            return ReadChildren(reader, input, inBooking: true, isRoot: false);
        }

        var known = ApiFields.TryFind(name, out var field);
        if (inBooking && !field.IsAttribute() && known && isRoot)
        {
            // A booking as root leaves no other place for the parameters beside it.
            inBooking = false;
        }
        else if (inBooking && (!known || !field.IsAttribute()))
        {
            return ApiError.UnknownAttribute(name);
        }

        if (!TryText(reader, out var text))
        {
            return known ? ApiError.Bad($"{field.WireName()} is not a plain value.", ApiError.PointerTo(field)) : null;
        }

        if (!known)
        {
            return null;
        }

        return input.Set(field, text, inBooking, sameIsFine: false)
            ? null
            : ApiError.Bad($"{field.WireName()} is given twice.", ApiError.PointerTo(field));
    }

    /// <summary>The text of an element; false when it holds elements. Leaves the reader on the element's end.</summary>
    private static bool TryText(XmlReader reader, out string text)
    {
        text = "";
        if (reader.IsEmptyElement)
        {
            return true;
        }

        var depth = reader.Depth;
        var plain = true;
        var parts = new StringBuilder();
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                plain = false;
                if (reader.Depth > DeepestElement)
                {
                    throw new XmlException("Too deep.");
                }
            }
            else if (plain && reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
            {
                parts.Append(reader.Value);
            }
        }

        text = parts.ToString();
        return plain;
    }
}
