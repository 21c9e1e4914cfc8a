using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using NodaTime;
using Slotwright.Accounts;
using Slotwright.Appointments;
using Slotwright.Limits;
using Slotwright.Live;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Calendars;

/// <summary>
/// Answers calendar programs: 404 for an unknown token, 410 for a revoked one, 403 while the account's plan has no feeds, 304 when
/// nothing changed. The token is all that is needed, so no cookie is looked at and none is set.
/// </summary>
public static class FeedEndpoint
{
    public const string Path = "/feed";

    /// <summary>Rises when <see cref="ScheduleCalendar"/> writes something else of the same rows.</summary>
    private const int Shape = 1;

    private const int MostTokenCharacters = 100;
    private const int PageOfRows = 1000;
    private const int MostRows = 20_000;

    public static void MapFeeds(this IEndpointRouteBuilder routes) =>
        routes.MapMethods($"{Path}/{{token}}.ics", [HttpMethods.Get, HttpMethods.Head], Answer).ExcludeFromDescription().WithMetadata(new LimitedAttribute(LimitClass.Feed));

    private static async Task<IResult> Answer(
        HttpContext context, string token, Hosts hosts, Faces faces, Grains grains, IClock clock, IOptions<PlatformOptions> platform, IStringLocalizer<Setup> text)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "private, no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["X-Robots-Tag"] = "noindex";
        var site = await hosts.Of(context.Request);
        var reference = site.Kind == SiteKind.Nobodys || token.Length > MostTokenCharacters ? null : await faces.Feed(HashOf(token));
        if (reference is null || (site.Account is { } own && own.Id != reference.AccountId) || await faces.Account(reference.AccountId) is not { } account || await faces.Schedule(reference.AccountId, reference.ScheduleId) is not { } schedule)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        if (reference.IsRevoked)
        {
            return Results.StatusCode(StatusCodes.Status410Gone);
        }

        if (account.IsPaused)
        {
            return Results.Text(text["Feed.Paused"], "text/plain", Encoding.UTF8, StatusCodes.Status403Forbidden);
        }

        if (!account.HasFeeds)
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        var now = clock.GetCurrentInstant();
        if (await Grains.Again(() => grains.Schedule(account.Id, schedule.Id).Version()) is not { } version)
        {
            return Results.StatusCode(StatusCodes.Status404NotFound);
        }

        var tag = TagOf(account, schedule, version, now);
        headers.ETag = tag;
        if (context.Request.GetTypedHeaders().IfNoneMatch is { Count: > 0 } known && known.Any(one => one.Compare(new EntityTagHeaderValue(tag), useStrongComparison: false) || one == EntityTagHeaderValue.Any))
        {
            return Results.StatusCode(StatusCodes.Status304NotModified);
        }

        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(account.Brand.Language);
        var calendar = new ScheduleCalendar
        {
            Name = $"{account.Brand.DisplayName} · {schedule.Name}",
            UidDomain = platform.Value.NoReplyAddress.Split('@')[^1],
            Zone = schedule.TimeZone,
            Location = schedule.Location,
            Resources = schedule.Resources.ToDictionary(resource => resource.Id, resource => resource.Name),
            BlockedWord = text["Feed.Blocked"],
            Appointments = await Rows(grains, schedule, now),
        };
        return Results.Text(calendar.Write(), "text/calendar", Encoding.UTF8);
    }

    /// <summary>The version is taken before the rows: what changes between the two is read again next time.</summary>
    private static async Task<IReadOnlyList<Appointment>> Rows(Grains grains, ScheduleFace schedule, Instant now)
    {
        var rows = new Dictionary<int, Appointment>();
        for (var offset = 0; offset < MostRows; offset += PageOfRows)
        {
            var query = new AppointmentsQuery { From = now - ScheduleCalendar.Kept, IncludeBlocks = true, IncludeCancelled = true, Limit = PageOfRows, Offset = offset };
            var page = await Grains.Again(() => grains.Schedule(schedule.AccountId, schedule.Id).List(query));
            foreach (var appointment in page)
            {
                rows[appointment.Id] = appointment;
            }

            if (page.Count < PageOfRows)
            {
                break;
            }
        }

        return [.. rows.Values.Where(appointment => ScheduleCalendar.Holds(appointment, now))];
    }

    // The day is in it: what leaves the 30 days leaves the calendar without a new version.
    private static string TagOf(AccountFace account, ScheduleFace schedule, AgendaVersion version, Instant now)
    {
        var state = string.Create(
            CultureInfo.InvariantCulture,
            $"{Shape}\n{schedule.Id}\n{version.Version}\n{version.RulesEdition}\n{now.InUtc().Date:uuuu-MM-dd}\n{schedule.Name}\n{account.Brand.DisplayName}\n{account.Brand.Language}");
        return $"\"{HashOf(state)[..32]}\"";
    }

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
