using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using System.Xml;
using NodaTime;

namespace Slotwright.Api;

/// <summary>Writes one answer, whatever its format. Names are those of JSON; item names show in XML only.</summary>
internal abstract class AnswerWriter : IDisposable
{
    public abstract void BeginObject(string name);

    public abstract void EndObject();

    /// <summary>A list as the answer's whole or, with a name, as a member of the object that is open.</summary>
    public abstract void BeginList(string name, bool isMember);

    public abstract void EndList();

    public abstract void Text(string name, string? value);

    public abstract void Number(string name, int? value);

    public abstract void Flag(string name, bool value);

    /// <summary>An item of a list of texts.</summary>
    public abstract void Item(string name, string value);

    /// <summary>Wall clock without zone and seconds.</summary>
    public void WallClock(string name, LocalDateTime value) => Text(name, ApiFormat.WallClock(value));

    /// <summary>UTC with suffix, whole seconds.</summary>
    public void Utc(string name, Instant value) => Text(name, ApiFormat.Utc(value));

    public abstract ReadOnlyMemory<byte> Finish();

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);

    public static AnswerWriter For(AnswerFormat format) => format == AnswerFormat.Xml ? new XmlAnswer() : new JsonAnswer();

    private sealed class JsonAnswer : AnswerWriter
    {
        private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), SkipValidation = false };

        private readonly ArrayBufferWriter<byte> bytes = new(1_024);
        private readonly Utf8JsonWriter json;

        public JsonAnswer() => json = new Utf8JsonWriter(bytes, Options);

        public override void BeginObject(string name) => json.WriteStartObject();

        public override void EndObject() => json.WriteEndObject();

        public override void BeginList(string name, bool isMember)
        {
            if (isMember)
            {
                json.WriteStartArray(name);
            }
            else
            {
                json.WriteStartArray();
            }
        }

        public override void EndList() => json.WriteEndArray();

        public override void Text(string name, string? value) => json.WriteString(name, value);

        public override void Number(string name, int? value)
        {
            if (value is { } number)
            {
                json.WriteNumber(name, number);
            }
            else
            {
                json.WriteNull(name);
            }
        }

        public override void Flag(string name, bool value) => json.WriteBoolean(name, value);

        public override void Item(string name, string value) => json.WriteStringValue(value);

        public override ReadOnlyMemory<byte> Finish()
        {
            json.Flush();
            return bytes.WrittenMemory;
        }

        protected override void Dispose(bool disposing) => json.Dispose();
    }

    private sealed class XmlAnswer : AnswerWriter
    {
        private readonly MemoryStream bytes = new();
        private readonly XmlWriter xml;

        /// <summary>An object that wraps one list is not an element of its own in XML.</summary>
        private readonly Stack<bool> written = new();

        public XmlAnswer() =>
            xml = XmlWriter.Create(bytes, new XmlWriterSettings { Encoding = new System.Text.UTF8Encoding(false), CloseOutput = false });

        public override void BeginObject(string name)
        {
            written.Push(name.Length > 0);
            if (name.Length > 0)
            {
                xml.WriteStartElement(Hyphened(name));
            }
        }

        public override void EndObject()
        {
            if (written.Pop())
            {
                xml.WriteEndElement();
            }
        }

        public override void BeginList(string name, bool isMember) => xml.WriteStartElement(Hyphened(name));

        public override void EndList() => xml.WriteEndElement();

        public override void Text(string name, string? value) => xml.WriteElementString(Hyphened(name), Printable(value));

        public override void Number(string name, int? value) => Text(name, value?.ToString(CultureInfo.InvariantCulture));

        public override void Flag(string name, bool value) => Text(name, value ? "true" : "false");

        public override void Item(string name, string value) => Text(name, value);

        public override ReadOnlyMemory<byte> Finish()
        {
            xml.Flush();
            return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
        }

        protected override void Dispose(bool disposing)
        {
            xml.Dispose();
            bytes.Dispose();
        }

        private static string Hyphened(string name) => name.Replace('_', '-');

        /// <summary>Characters that XML cannot hold are replaced.</summary>
        private static string? Printable(string? text)
        {
            if (text is null || IsPrintable(text))
            {
                return text;
            }

            var characters = text.ToCharArray();
            for (var i = 0; i < characters.Length; i++)
            {
                var isPair = i + 1 < characters.Length && XmlConvert.IsXmlSurrogatePair(characters[i + 1], characters[i]);
                if (isPair)
                {
                    i++;
                }
                else if (!XmlConvert.IsXmlChar(characters[i]))
                {
                    characters[i] = '\uFFFD';
                }
            }

            return new string(characters);
        }

        private static bool IsPrintable(string text)
        {
            foreach (var character in text)
            {
                if (!XmlConvert.IsXmlChar(character))
                {
                    return false;
                }
            }

            return true;
        }
    }
}

/// <summary>How an answer is written; the path's suffix says which.</summary>
internal enum AnswerFormat
{
    Json,
    Xml,
}
