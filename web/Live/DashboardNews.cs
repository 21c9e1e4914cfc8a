using System.Text.Json;
using System.Text.Json.Serialization;
using Slotwright.Resellers;

namespace Slotwright.Live;

/// <summary>
/// What an open dashboard hears. <see cref="From"/> is where the page must stand for this to be all that it missed; one that stands before it,
/// or hears of another feed, asks for the page again.
/// </summary>
public sealed record DashboardNews
{
    public required string Feed { get; init; }

    public required long From { get; init; }

    public required long Number { get; init; }

    public IReadOnlyList<ClientNews>? Clients { get; init; }

    /// <summary>How many appointments were booked meanwhile, by client.</summary>
    public IReadOnlyDictionary<int, int>? Booked { get; init; }

    public DashboardTotals? Totals { get; init; }

    public IReadOnlyList<EventNews>? Events { get; init; }

    /// <summary>Accounts that are no longer clients.</summary>
    public IReadOnlyList<int>? Gone { get; init; }

    /// <summary>More changed than numbers.</summary>
    public bool Rewritten { get; init; }

    public static DashboardNews At(FeedPosition position)
    {
        ArgumentNullException.ThrowIfNull(position);
        return new DashboardNews { Feed = position.Feed, From = position.Number, Number = position.Number };
    }

    public static DashboardNews Of(DashboardChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return new DashboardNews
        {
            Feed = change.Position.Feed,
            From = change.Position.Number - 1,
            Number = change.Position.Number,
            Clients = [.. change.Clients.Select(client => new ClientNews(
                client.AccountId, client.Version, client.Used, client.Allowed, client.Today, client.Week, client.Trend))],
            Booked = change.Events.Where(one => one.Kind == ClientEventKind.Booked).CountBy(one => one.AccountId).ToDictionary(),
            Totals = change.Totals,
            Events = [.. change.Events.Select(EventNews.Of)],
            Gone = change.Gone,
            Rewritten = change.Rewritten,
        };
    }

    /// <summary>This and then the other, as one. What follows on nothing known stays alone, so that whoever stands before it sees the gap.</summary>
    public DashboardNews Then(DashboardNews next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (next.Feed != Feed || next.From != Number)
        {
            return next;
        }

        var clients = (Clients ?? []).ToDictionary(client => client.Id);
        foreach (var client in next.Clients ?? [])
        {
            clients[client.Id] = client;
        }

        var booked = (Booked ?? new Dictionary<int, int>()).ToDictionary();
        foreach (var (id, count) in next.Booked ?? new Dictionary<int, int>())
        {
            booked[id] = booked.GetValueOrDefault(id) + count;
        }

        return next with
        {
            From = From,
            Clients = [.. clients.Values],
            Booked = booked,
            Totals = next.Totals ?? Totals,
            Events = [.. (Events ?? []).Concat(next.Events ?? []).TakeLast(MostEvents)],
            Gone = [.. (Gone ?? []).Concat(next.Gone ?? [])],
            Rewritten = Rewritten || next.Rewritten,
        };
    }

    /// <summary>As far as a page that shows those clients is concerned; totals and what happened are everybody's.</summary>
    public DashboardNews For(IReadOnlySet<int> shown) => Clients is null ? this : this with
    {
        Clients = [.. Clients.Where(client => shown.Contains(client.Id))],
        Booked = Booked?.Where(pair => shown.Contains(pair.Key)).ToDictionary(),
    };

    /// <summary>Nobody reads more of a moment; the list of activity has them all.</summary>
    public const int MostEvents = 20;
}

/// <summary>News in the form in which they are sent, written once for all pages that show the same.</summary>
[JsonConverter(typeof(WrittenNewsConverter))]
public sealed class WrittenNews
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private WrittenNews(byte[] utf8) => Utf8 = utf8;

    internal byte[] Utf8 { get; }

    public static WrittenNews Of(DashboardNews news) => new(JsonSerializer.SerializeToUtf8Bytes(news, Options));
}

internal sealed class WrittenNewsConverter : JsonConverter<WrittenNews>
{
    public override WrittenNews Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Pages send no news.");

    public override void Write(Utf8JsonWriter writer, WrittenNews value, JsonSerializerOptions options) => writer.WriteRawValue(value.Utf8, skipInputValidation: true);
}

/// <summary>A client's numbers as they are now.</summary>
public sealed record ClientNews(int Id, long Version, int Used, int? Allowed, int Today, int Week, IReadOnlyList<int> Trend);

/// <summary>Something that happened; instants in Unix milliseconds.</summary>
public sealed record EventNews(int Id, int Client, string Name, string Kind, long At, long? Starts, bool ByCustomer)
{
    public static EventNews Of(ClientEvent one)
    {
        ArgumentNullException.ThrowIfNull(one);
        return new EventNews(
            one.Id, one.AccountId, one.AccountName, one.Kind.ToString(), one.At.ToUnixTimeMilliseconds(), one.StartsAt?.ToUnixTimeMilliseconds(), one.ByCustomer);
    }
}
