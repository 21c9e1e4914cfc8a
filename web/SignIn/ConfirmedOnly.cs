using Microsoft.AspNetCore.Mvc.Filters;
using NodaTime;
using Slotwright.Pages;
using Slotwright.Team;
using Slotwright.Tenancy;

namespace Slotwright.SignIn;

/// <summary>
/// On a page that could lock the owner out: when the sign-in is more than 15 minutes old, the password is asked for again first. The grain behind
/// refuses too.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ConfirmedOnlyAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var http = context.HttpContext;
        var now = http.RequestServices.GetRequiredService<IClock>().GetCurrentInstant();
        if (http.SessionOrNone() is { } session && now - session.ConfirmedAt >= Session.ConfirmedFor)
        {
            context.Result = new SeeOther("/me/confirm?return=" + Uri.EscapeDataString(http.Request.Path));
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}

/// <summary>What a person changes about their login on this node is felt here at once, in every one of their sessions.</summary>
public sealed class FeltAtOnce(OpenSessions sessions) : IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        await next();
        if (HttpMethods.IsPost(context.HttpContext.Request.Method) && context.HttpContext.SessionOrNone() is { } session)
        {
            sessions.Forget(session.PersonId);
        }
    }
}

/// <summary>Pages about a person's own login wear the name and colour of their account, where they have exactly one.</summary>
public sealed class OwnFace(Faces faces) : IAsyncResourceFilter
{
    public async Task OnResourceExecutionAsync(ResourceExecutingContext context, ResourceExecutionDelegate next)
    {
        if (context.HttpContext.Site().Account is null && context.HttpContext.SessionOrNone() is { IsOperator: false, Memberships: [var only] } && await faces.Account(only.AccountId) is { } account)
        {
            context.HttpContext.Features.Set(new AccountVisit(account));
        }

        await next();
    }
}
