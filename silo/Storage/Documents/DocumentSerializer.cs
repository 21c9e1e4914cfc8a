using System.Text.Json;
using NodaTime;
using NodaTime.Serialization.SystemTextJson;
using Orleans.Storage;

namespace Slotwright.Storage.Documents;

/// <summary>
/// A document as UTF-8 JSON by property name, with the number of its outer form: <c>{"schema":1,"document":{…}}</c>. No type names, so
/// classes may move. Add members, never rename them.
/// </summary>
internal sealed class DocumentSerializer : IGrainStorageSerializer
{
    private const int Schema = 1;

    private static readonly JsonSerializerOptions Options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        .ConfigureForNodaTime(DateTimeZoneProviders.Tzdb);

    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(new Envelope<T>(Schema, input), Options));

    public T Deserialize<T>(BinaryData input)
    {
        var envelope = JsonSerializer.Deserialize<Envelope<T>>(input.ToMemory().Span, Options)!;
        return envelope.Schema <= Schema
            ? envelope.Document!
            : throw new InvalidDataException($"A document of schema {envelope.Schema} was written by a newer version of this program.");
    }

    private sealed record Envelope<T>(int Schema, T? Document);
}
