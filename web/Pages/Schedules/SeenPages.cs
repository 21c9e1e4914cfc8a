using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Mvc.Filters;
using Slotwright.Accounts;
using Slotwright.Live;
using Slotwright.Localisation;
using Slotwright.Schedules;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Schedules;

/// <summary>
/// Week pages as they were rendered a moment ago, for visitors of whom nothing is known: they get the same bytes while account, schedule and free
/// times are the very ones that were shown. No such page holds a token or a name.
/// </summary>
internal static class SeenPages
{
    private const int MostPerEntry = 32;

    private static readonly ConditionalWeakTable<FreeTimesEntry, ConcurrentDictionary<Key, byte[]>> Pages = [];

    /// <summary>Null: this visitor's page is his own, or is not worth keeping.</summary>
    public static Key? KeyOf(HttpContext context, ScheduleFace schedule, WeekPlan plan)
    {
        var request = context.Request;
        return HttpMethods.IsGet(request.Method) && context.SessionOrNone() is null && !request.Query.ContainsKey(WeekChoice.AtKey) && request.QueryString.Value is null or { Length: <= 100 }
            ? new Key(context.Account(), schedule, plan, Languages.Current, request.Host.Value ?? "", string.Concat(request.PathBase.Value, request.Path.Value, request.QueryString.Value))
            : null;
    }

    public static byte[]? Find(FreeTimesEntry entry, Key key) => Pages.TryGetValue(entry, out var seen) && seen.TryGetValue(key, out var page) ? page : null;

    public static void Keep(FreeTimesEntry entry, Key key, byte[] page)
    {
        var seen = Pages.GetOrCreateValue(entry);
        if (seen.Count < MostPerEntry)
        {
            seen[key] = page;
        }
    }

    /// <summary>Faces are compared as the objects they are: one that was asked anew makes another key, so that no page is older than they may be.</summary>
    internal sealed record Key(AccountFace Account, ScheduleFace Schedule, WeekPlan Plan, string Language, string Host, string Address)
    {
        public bool Equals(Key? other) =>
            other is not null && ReferenceEquals(Account, other.Account) && ReferenceEquals(Schedule, other.Schedule)
            && Plan == other.Plan && Language == other.Language && Host == other.Host && Address == other.Address;

        public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(Account), RuntimeHelpers.GetHashCode(Schedule), Language, Address);
    }
}

/// <summary>Keeps what a page rendered when its model said for which entry and key.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class SeenPageAttribute : Attribute, IAsyncResultFilter
{
    public async Task OnResultExecutionAsync(ResultExecutingContext context, ResultExecutionDelegate next)
    {
        if (context.Controller is not WeekModel { Seen: var (entry, key) } || context.Result is not Microsoft.AspNetCore.Mvc.RazorPages.PageResult)
        {
            await next();
            return;
        }

        var response = context.HttpContext.Response;
        var body = response.Body;
        using var page = new MemoryStream(16 * 1_024);
        response.Body = page;
        try
        {
            await next();
        }
        finally
        {
            response.Body = body;
        }

        var bytes = page.ToArray();
        if (response.StatusCode == StatusCodes.Status200OK)
        {
            SeenPages.Keep(entry, key, bytes);
        }

        await body.WriteAsync(bytes, context.HttpContext.RequestAborted);
    }
}
