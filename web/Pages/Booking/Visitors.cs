using System.Security.Cryptography;
using Slotwright.Appointments;
using Slotwright.Limits;
using Slotwright.Live;
using Slotwright.Schedules;
using Slotwright.SignIn;
using Slotwright.Tenancy;
using Slotwright.Time;

namespace Slotwright.Pages.Booking;

/// <summary>Visitors who hold a time while they fill in the form, known by a random cookie and nothing else.</summary>
public sealed class Visitors(Grains grains, FreeTimesCache freeTimes, IHostEnvironment environment)
{
    private readonly CookieBuilder cookie = Cookie(environment);

    /// <summary>What the visitor holds on this schedule now; null: nothing.</summary>
    public async Task<Held?> HeldBy(HttpContext context, ScheduleFace schedule) =>
        TokenOf(context) is { } token ? await Grains.Again(() => grains.Schedule(schedule.AccountId, schedule.Id).HeldBy(token)) : null;

    /// <summary>Holds a time for the visitor, who gets the cookie if he has none.</summary>
    public async Task<Outcome<Held, BookingRefusal>> Hold(HttpContext context, ScheduleFace schedule, Moment start, Moment? end, int? resourceId)
    {
        var command = new HoldPlace { Start = start, End = end, ResourceId = resourceId, Visitor = TokenOf(context) ?? Give(context), Address = Addresses.Of(context) };
        var outcome = await Grains.Again(() => grains.Schedule(schedule.AccountId, schedule.Id).Hold(command));
        freeTimes.SawHold(schedule.AccountId, schedule.Id);
        return outcome;
    }

    /// <summary>The visitor leaves the form of that time: what he holds since is not let go.</summary>
    public Task LetGo(HttpContext context, ScheduleFace schedule, NodaTime.Instant start) =>
        TokenOf(context) is { } token ? Grains.Again(async () =>
        {
            await grains.Schedule(schedule.AccountId, schedule.Id).LetGo(token, start);
            freeTimes.SawHold(schedule.AccountId, schedule.Id);
            return true;
        }) : Task.CompletedTask;

    /// <summary>32 hex digits; null: no visitor that holds anything.</summary>
    public string? TokenOf(HttpContext context) =>
        context.Request.Cookies[cookie.Name!] is { Length: 32 } token && token.All(char.IsAsciiHexDigitLower) ? token : null;

    private string Give(HttpContext context)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        context.Response.Cookies.Append(cookie.Name!, token, cookie.Build(context));
        return token;
    }

    private static CookieBuilder Cookie(IHostEnvironment environment)
    {
        var cookie = new CookieBuilder();
        cookie.ForHost("visitor", environment);
        return cookie;
    }
}
