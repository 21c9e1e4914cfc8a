using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Slotwright.Processes;

/// <summary>An account of the demo world over its API, as a client elsewhere uses it.</summary>
public sealed class DemoApi : IDisposable
{
    private static readonly LocalDateTimePattern WallClock = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd HH:mm:ss");

    private readonly HttpClient http;

    public DemoApi(Uri address, string account)
    {
        // Races open as many connections as they have rivals; an answer that takes longer than this counts as none.
        http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 512, AllowAutoRedirect = false })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(30),
        };
        http.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{account}:demo-{account}-key")));
    }

    /// <summary>The schedule of that name with its resources.</summary>
    public async Task<Hall> Hall(string schedule)
    {
        var schedules = await http.GetFromJsonAsync<IReadOnlyList<Named>>(new Uri("/api/schedules.json", UriKind.Relative));
        var id = schedules!.Single(entry => entry.Name == schedule).Id;
        var resources = await http.GetFromJsonAsync<IReadOnlyList<Named>>(
            new Uri(string.Create(CultureInfo.InvariantCulture, $"/api/resources.json?schedule_id={id}"), UriKind.Relative));
        return new Hall(id, [.. resources!.Select(entry => entry.Id)]);
    }

    /// <summary>One try to take a place. Throws <see cref="HttpRequestException"/> when no answer comes.</summary>
    public async Task<Answer> Book(Place place, string? key = null, string customer = "ida@quill.example")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/bookings.json", UriKind.Relative))
        {
            Content = JsonContent.Create(new
            {
                schedule_id = place.ScheduleId,
                booking = new
                {
                    start = WallClock.Format(place.Start),
                    finish = WallClock.Format(place.Start.PlusMinutes(place.Minutes)),
                    resource_id = place.ResourceId,
                    full_name = "Ida Quill",
                    email = customer,
                },
            }),
        };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await Send(request);
    }

    public async Task<Answer> Cancel(int bookingId, int scheduleId)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Delete,
            new Uri(string.Create(CultureInfo.InvariantCulture, $"/api/bookings/{bookingId}.json?schedule_id={scheduleId}"), UriKind.Relative));
        return await Send(request);
    }

    public async Task<Answer> Find(int bookingId, int scheduleId)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            new Uri(string.Create(CultureInfo.InvariantCulture, $"/api/bookings/{bookingId}.json?schedule_id={scheduleId}"), UriKind.Relative));
        return await Send(request);
    }

    public void Dispose() => http.Dispose();

    private async Task<Answer> Send(HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request);
        return new Answer(
            response.StatusCode,
            response.Headers.Location,
            response.Headers.RetryAfter is { } after ? after.Delta ?? TimeSpan.Zero : null,
            await response.Content.ReadAsStringAsync());
    }

    private sealed record Named(int Id, string Name);
}

/// <summary>A schedule as its API clients know it.</summary>
public sealed record Hall(int ScheduleId, IReadOnlyList<int> ResourceIds)
{
    /// <summary>
    /// Places far in the future, each once: from Monday 6 January 2031 on, by hour between 12:00 and 16:00, when every demo schedule is
    /// open, without Sundays.
    /// </summary>
    public IEnumerable<Place> Places(int minutes)
    {
        for (var day = new LocalDate(2031, 1, 6); ; day = day.PlusDays(1))
        {
            for (var at = 0; day.DayOfWeek != IsoDayOfWeek.Sunday && at + minutes <= 240; at += Math.Max(minutes, 30))
            {
                foreach (var resource in ResourceIds)
                {
                    yield return new Place(ScheduleId, resource, day.At(new LocalTime(12, 0)).PlusMinutes(at), minutes);
                }
            }
        }
    }
}

/// <summary>A stretch of a resource's time, by the wall clock of its schedule.</summary>
public sealed record Place(int ScheduleId, int ResourceId, LocalDateTime Start, int Minutes);

/// <summary>What came back.</summary>
public sealed record Answer(HttpStatusCode Status, Uri? Location, TimeSpan? RetryAfter, string Body)
{
    public bool Created => Status == HttpStatusCode.Created;

    /// <summary>The id at the end of Location: …/api/bookings/123.json.</summary>
    public int BookingId => int.Parse(Path.GetFileNameWithoutExtension(Location!.AbsolutePath), CultureInfo.InvariantCulture);

    /// <summary>The refusal's code, when the body carries one.</summary>
    public string? Code
    {
        get
        {
            try
            {
                using var body = JsonDocument.Parse(Body);
                return body.RootElement.GetProperty("errors")[0].GetProperty("code").ToString();
            }
            catch (Exception missing) when (missing is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
            {
                return null;
            }
        }
    }
}
