using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using NodaTime;
using Slotwright.Resellers;
using Slotwright.SignIn;
using Slotwright.Team;

namespace Slotwright.Tenancy;

/// <summary>A reseller's person is logged in to the account of the request's path, which need not be theirs.</summary>
/// <param name="ResellerId">Account id of the reseller.</param>
/// <param name="ResellerName">As its clients know it.</param>
/// <param name="Mode">With or without the settings that only a reseller has.</param>
/// <param name="EndsAt">60 minutes after it began, whatever is done.</param>
public sealed record Acting(int ResellerId, string ResellerName, ActingMode Mode, Instant EndsAt)
{
    /// <summary>Of the acting session, as the audit names it.</summary>
    public int Id { get; init; }

    /// <summary>The reseller's account as in its address, for the way back.</summary>
    public string ResellerAccount { get; init; } = "";

    /// <summary>What the browser showed.</summary>
    public required ActingTicket Ticket { get; init; }
}

public static class ActingExtensions
{
    /// <summary>Null: nobody acts for the account of this request's path.</summary>
    public static Acting? ActingOrNone(this HttpContext context) => context.Features.Get<Acting>();

    /// <summary>The signed-in person may open the account's back office: as its own, or acting.</summary>
    public static bool MayOpen(this HttpContext context, int accountId) =>
        context.SessionOrNone() is { } session && (session.MayOpen(accountId) || (context.ActingOrNone() is { } acting && acting.Ticket.ClientId == accountId));
}

/// <summary>The cookie of one acting session, named after the account for which alone it is good.</summary>
public sealed class ActingCookies(IHostEnvironment environment)
{
    /// <summary>With more at once a browser's requests would grow; the oldest are forgotten first.</summary>
    public const int Most = 8;

    private const string Prefix = "acting-";

    public string? Read(HttpRequest request, int accountId) => request.Cookies.TryGetValue(Named(accountId).Name!, out var token) && token is { Length: 43 } ? token : null;

    public void Write(HttpContext context, int accountId, string token, Duration lifetime)
    {
        var cookie = Named(accountId);
        foreach (var other in context.Request.Cookies.Keys.Where(name => name.Contains(Prefix, StringComparison.Ordinal) && name != cookie.Name).SkipLast(Most - 1))
        {
            context.Response.Cookies.Delete(other, cookie.Build(context));
        }

        var options = cookie.Build(context);
        options.MaxAge = lifetime.ToTimeSpan();
        context.Response.Cookies.Append(cookie.Name!, token, options);
    }

    public void Delete(HttpContext context, int accountId)
    {
        var cookie = Named(accountId);
        context.Response.Cookies.Delete(cookie.Name!, cookie.Build(context));
    }

    private CookieBuilder Named(int accountId)
    {
        var cookie = new CookieBuilder();
        cookie.ForHost(Prefix + accountId.ToString(CultureInfo.InvariantCulture), environment);
        return cookie;
    }
}

/// <summary>
/// Acting sessions as their reseller's grain last knew them, asked anew after <see cref="Lifetime"/>: one that ended, or whose reason ended, is
/// felt within that time.
/// </summary>
public sealed class ActingSessions(Grains grains, Faces faces, ActingCookies cookies, IClock clock)
{
    /// <summary>How old an answer may be.</summary>
    public static readonly Duration Lifetime = Duration.FromSeconds(4);

    private const int MostEntries = 20_000;

    private readonly ConcurrentDictionary<ActingTicket, (Acting? Acting, Instant At)> known = new();

    /// <summary>Whoever shows this request's cookies with this session acts for the account; null: nobody does.</summary>
    public async Task<Acting?> Of(HttpRequest request, Session session, int accountId) =>
        cookies.Read(request, accountId) is { } token && await faces.Account(accountId) is { ResellerId: { } resellerId }
            ? await Resume(resellerId, new ActingTicket(accountId, token, session.PersonId, session.Token))
            : null;

    public void Forget(ActingTicket ticket) => known.TryRemove(ticket, out _);

    private async Task<Acting?> Resume(int resellerId, ActingTicket ticket)
    {
        var now = clock.GetCurrentInstant();
        if (!known.TryGetValue(ticket, out var entry) || now < entry.At || now - entry.At >= Lifetime || entry.Acting?.ResellerId != resellerId)
        {
            var session = await grains.Reseller(resellerId).ResumeActing(ticket);
            entry = (session is null ? null : new Acting(resellerId, session.ResellerName, session.Mode, session.EndsAt)
            {
                Id = session.Id,
                ResellerAccount = session.ResellerAccount,
                Ticket = ticket,
            }, now);
            if (known.Count >= MostEntries)
            {
                known.Clear();
            }

            known[ticket] = entry;
        }

        return entry.Acting is { } acting && now < acting.EndsAt ? acting : null;
    }
}

/// <summary>
/// Finds out whether a signed-in person acts for the account of the path: on the platform's host only, and for that account only. Comes after the
/// account was resolved.
/// </summary>
public sealed class ActingResolution(RequestDelegate next)
{
    public async Task Invoke(HttpContext context, ActingSessions sessions)
    {
        // A page that tells of a failure asks nothing.
        if (context.Features.Get<IExceptionHandlerFeature>() is null
            && context.Site().Kind == SiteKind.Platform
            && context.AccountOrNone() is { } account
            && context.SessionOrNone() is { } session
            && await sessions.Of(context.Request, session, account.Id) is { } acting)
        {
            context.Features.Set(acting);
        }

        await next(context);
    }
}
