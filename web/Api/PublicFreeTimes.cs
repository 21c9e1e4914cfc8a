using System.Collections.Concurrent;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Slotwright.Appointments;
using Slotwright.Live;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Api;

/// <summary>
/// <c>GET free-times/{account}/{schedule}</c>: what the booking page's script reads, open to everyone. What an address means
/// is remembered as long as a name may be; the answer itself comes from the shared cache.
/// </summary>
internal sealed class PublicFreeTimes(Faces faces, FreeTimesCache freeTimes, IClock clock)
{
    private const int MostAddresses = 5_000;
    private const int AbsentDays = 7;
    private const int MostDays = 62;

    private readonly ConcurrentDictionary<string, Meaning> meanings = new(StringComparer.Ordinal);

    internal int AddressesKept => meanings.Count;

    public async Task<ApiError?> Get(ApiCall call)
    {
        var request = call.Context.Request;
        var address = string.Concat(request.Path.Value, request.QueryString.Value);
        if (!meanings.TryGetValue(address, out var meaning) || clock.GetCurrentInstant() is var now && (now < meaning.At || now - meaning.At >= Faces.Lifetime))
        {
            (meaning, var error) = call.ReadQuery() is { } unreadable ? (null, unreadable) : await Understand(call, address);
            if (meaning is null)
            {
                return error;
            }
        }

        var found = await freeTimes.Find(meaning.AccountId, meaning.ScheduleId, meaning.Query);
        if (found.Entry is not { } entry)
        {
            return found.Refusal!.Value.ToError();
        }

        return await faces.Account(meaning.AccountId) is { } account
            ? await Answer(call.Context, account.IsBookable ? entry : entry.WithoutTimes())
            : ApiError.NotFound;
    }

    private static async Task<ApiError?> Answer(HttpContext context, FreeTimesEntry entry)
    {
        var headers = context.Response.Headers;
        headers.ETag = entry.Tag;
        headers.CacheControl = "no-cache";
        if (context.Request.Headers.IfNoneMatch is { Count: > 0 } known && known.ToString().Contains(entry.Tag, StringComparison.Ordinal))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return null;
        }

        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = entry.Json.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await context.Response.BodyWriter.WriteAsync(entry.Json);
        }

        return null;
    }

    private async Task<(Meaning? Meaning, ApiError? Error)> Understand(ApiCall call, string address)
    {
        var now = clock.GetCurrentInstant();
        if (await ScheduleOf(call.Context) is not { } schedule)
        {
            return (null, ApiError.NotFound);
        }

        var (query, error) = Read(call.Input, schedule, now);
        if (error is not null)
        {
            return (null, error);
        }

        var meaning = new Meaning(schedule.AccountId, schedule.Id, query!, now);
        if (AskedAddress.MayBeKept(address))
        {
            if (meanings.Count >= MostAddresses)
            {
                meanings.Clear();
            }

            meanings[address] = meaning;
        }

        return (meaning, null);
    }

    private async Task<ScheduleFace?> ScheduleOf(HttpContext context)
    {
        var name = context.GetRouteValue("schedule") as string ?? "";
        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            name = name[..^5];
        }

        if (name.Length > 120 || context.GetRouteValue("owner") is not string owner || await faces.AccountByName(owner) is not { } account)
        {
            return null;
        }

        return await faces.ScheduleByName(account.AccountId, name)
            ?? (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id > 0 ? await faces.Schedule(account.AccountId, id) : null);
    }

    private static (FreeTimesQuery? Query, ApiError? Error) Read(ApiInput input, ScheduleFace schedule, Instant now)
    {
        var today = now.InZone(ApiFormat.Zone(schedule.TimeZone)).Date;
        if (!TryDay(input[ApiField.From], today, out var from) || !TryDay(input[ApiField.To], from.PlusDays(AbsentDays - 1), out var to))
        {
            return (null, ApiError.Bad("from and to are days such as 2026-03-09."));
        }

        if (to < from || Period.DaysBetween(from, to) > MostDays)
        {
            return (null, ApiError.Bad($"to is at most {MostDays} days after from."));
        }

        var length = input.ReadCount(ApiField.Length, 0, 10_080);
        if (input.Error is { } error)
        {
            return (null, error);
        }

        int? resource = null;
        if (input[ApiField.Resource] is { Length: > 0 } text)
        {
            resource = FreeSlots.ResourceOf(schedule, text);
            if (resource is null)
            {
                return (null, ApiError.NotFound);
            }
        }

        return (new FreeTimesQuery { From = from, To = to, ResourceId = resource, LengthMinutes = length == 0 ? null : length }, null);
    }

    private static bool TryDay(string? text, LocalDate absent, out LocalDate day)
    {
        day = absent;
        if (string.IsNullOrEmpty(text))
        {
            return true;
        }

        return LocalDatePattern.Iso.Parse(text).TryGetValue(absent, out day) && day.Year is >= 1900 and <= 2999;
    }

    private sealed record Meaning(int AccountId, int ScheduleId, FreeTimesQuery Query, Instant At);
}
