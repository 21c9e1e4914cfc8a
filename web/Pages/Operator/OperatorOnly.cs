using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Operator;

/// <summary>
/// The operator's pages are there for operators alone, on the platform's host; for everyone else, signed in or not, they are not. Before anything is
/// shown the operator's sign-in has a second step.
/// </summary>
public sealed class OperatorOnly : IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var http = context.HttpContext;
        if (http.Site().Kind != SiteKind.Platform || http.SessionOrNone() is not { IsOperator: true } session)
        {
            context.Result = new NotFoundResult();
        }
        else if (!session.HasTwoStep)
        {
            context.Result = new SeeOther("/me/two-step");
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}

public static class OperatorPasses
{
    /// <summary>Behind <see cref="OperatorOnly"/>.</summary>
    public static OperatorPass OperatorPass(this HttpContext context)
    {
        var session = context.SessionOrNone()!;
        return new OperatorPass(session.PersonId, session.Token);
    }
}
