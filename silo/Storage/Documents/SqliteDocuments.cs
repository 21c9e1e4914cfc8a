using System.Globalization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;

namespace Slotwright.Storage.Documents;

/// <summary>Grain documents in the table <c>documents</c>, through the one writer. The ETag is the row's version.</summary>
internal sealed class SqliteDocuments(IDatabase database, IGrainStorageSerializer serializer, IActivatorProvider activators) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var found = await database.Read(connection => connection.First(
            "select payload, version from documents where grain_type = @type and grain_key = @key",
            row => new Row(row.IsDBNull(0) ? null : (byte[])row.GetValue(0), row.GetInt64(1)),
            ("type", stateName), ("key", Key(grainId))));
        grainState.State = found?.Payload is { } payload ? serializer.Deserialize<T>(new BinaryData(payload)) : activators.GetActivator<T>().Create();
        grainState.ETag = found?.Version.ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = found?.Payload is not null;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.ETag = await Store(stateName, grainId, grainState.ETag, serializer.Serialize(grainState.State).ToArray());
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.ETag is not null)
        {
            // The row stays with its version, so that a stale activation cannot bring the document back.
            grainState.ETag = await Store(stateName, grainId, grainState.ETag, payload: null);
        }

        grainState.State = activators.GetActivator<T>().Create();
        grainState.RecordExists = false;
    }

    private async Task<string> Store(string stateName, GrainId grainId, string? etag, byte[]? payload)
    {
        var version = await database.Write(async connection => etag is null
            ? await connection.Scalar(
                "insert into documents (grain_type, grain_key, payload, version) values (@type, @key, @payload, 1) on conflict do nothing returning version",
                ("type", stateName), ("key", Key(grainId)), ("payload", payload))
            : await connection.Scalar(
                """
                update documents set payload = @payload, version = version + 1
                where grain_type = @type and grain_key = @key and version = @version returning version
                """,
                ("type", stateName),
                ("key", Key(grainId)),
                ("payload", payload),
                ("version", long.Parse(etag, CultureInfo.InvariantCulture))));
        return version is long stored
            ? stored.ToString(CultureInfo.InvariantCulture)
            : throw new InconsistentStateException($"The document {stateName} of {grainId} was written by another activation.", "unknown", etag ?? "");
    }

    private static string Key(GrainId grainId) => grainId.Key.ToString()!;

    private sealed record Row(byte[]? Payload, long Version);
}
