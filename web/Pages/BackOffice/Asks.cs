using System.Reflection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Accounts;
using Slotwright.Limits;
using Slotwright.Resellers;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice;

/// <summary>What a page, or one form of it, is for: whoever may not is answered before the page is run.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class AsksAttribute(SetupAct act) : Attribute
{
    public SetupAct Act { get; } = act;

    /// <summary>Name of the only handler that it is said of; empty: the whole page.</summary>
    public string Handler { get; init; } = "";

    /// <summary>The only picture of which it is said, by number or name in the query as <c>kind</c>; 0: whatever is asked.</summary>
    public BrandPictureKind Picture { get; init; }

    internal bool IsSaidOf(string handler, IQueryCollection query) =>
        (Handler.Length == 0 || Handler.Equals(handler, StringComparison.OrdinalIgnoreCase))
        && (Picture == 0 || (Enum.TryParse<BrandPictureKind>(query["kind"].FirstOrDefault(), ignoreCase: true, out var asked) && asked == Picture));

    /// <summary>What is said most closely goes.</summary>
    internal int Closeness => (Handler.Length > 0 ? 1 : 0) + (Picture == 0 ? 0 : 2);
}

/// <summary>
/// The door of every back-office page behind <see cref="MembersOnly"/>. What is asked while acting as a client is written into the account's audit
/// ahead of it: exactly one row for each request that could write, and for each that is forbidden. When the row cannot be written, nothing is done.
/// What a client's own people ask for that is their reseller's leaves a row too, since no page offers it.
/// </summary>
public sealed class ActsRecorded : IAsyncResourceFilter, IOrderedFilter
{
    /// <summary>Before a page's own filters, which may ask for a password.</summary>
    public int Order => -1;

    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        var http = context.HttpContext;
        var page = (PageActionDescriptor)context.ActionDescriptor;
        var handler = Handler(http);
        var rights = http.RequestServices.GetRequiredService<SetupRights>();
        var verdict = Asked(page, handler, http.Request.Query) is { } asked ? rights.Judge(http, asked) : SetupVerdict.Allowed;
        context.Result = await Record(http, page, handler, verdict) ? Answer(http, verdict) : new NotFoundResult();
        if (context.Result is null)
        {
            await next();
        }
    }

    /// <summary>False: the acting session ended a moment ago.</summary>
    private static async Task<bool> Record(HttpContext http, PageActionDescriptor page, string handler, SetupVerdict verdict)
    {
        var writes = !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method);
        var grains = http.RequestServices.GetRequiredService<Grains>();
        if (http.ActingOrNone() is { } acting)
        {
            if (!writes && verdict != SetupVerdict.Forbidden)
            {
                return true;
            }

            var act = Act(verdict == SetupVerdict.Allowed ? ActOutcome.Begun : ActOutcome.Refused);
            var isOpen = await grains.Reseller(acting.ResellerId).RecordAct(acting.Ticket, act);
            if (!isOpen)
            {
                http.RequestServices.GetRequiredService<ActingSessions>().Forget(acting.Ticket);
                http.Features.Set<Acting>(null);
            }

            return isOpen;
        }

        if (writes && verdict is SetupVerdict.Absent or SetupVerdict.Forbidden && http.SessionOrNone() is { } session)
        {
            await grains.Account(http.Account().Id).RecordAttack(session.PersonId, Act(ActOutcome.Attack));
        }

        return true;

        AuditedAct Act(ActOutcome outcome) => new(
            page.ViewEnginePath.Replace("/BackOffice/", "", StringComparison.Ordinal) + (handler.Length == 0 ? "" : "#" + handler),
            http.Request.Path.Value ?? "/",
            Addresses.Of(http),
            outcome);
    }

    private static IActionResult? Answer(HttpContext http, SetupVerdict verdict) => verdict switch
    {
        SetupVerdict.Allowed => null,
        SetupVerdict.Forbidden => new StatusCodeResult(StatusCodes.Status403Forbidden),

        // What was typed is lost with it; a form is opened with a fresh password, so that is seldom.
        SetupVerdict.Unconfirmed => new SeeOther("/me/confirm?return=" + Uri.EscapeDataString(http.Request.Path)),
        _ => new NotFoundResult(),
    };

    private static SetupAct? Asked(PageActionDescriptor page, string handler, IQueryCollection query) =>
        (page as CompiledPageActionDescriptor)?.ModelTypeInfo?.GetCustomAttributes<AsksAttribute>()
        .Where(ask => ask.IsSaidOf(handler, query)).OrderByDescending(ask => ask.Closeness).FirstOrDefault()?.Act;

    // As pages choose among their handlers: of several values the first counts, and they are not joined.
    private static string Handler(HttpContext http) =>
        http.Request.RouteValues["handler"] as string is { Length: > 0 } routed ? routed
        : http.Request.Query["handler"].FirstOrDefault() is { Length: > 0 and <= 40 } asked ? asked
        : "";
}
