using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice;

/// <summary>
/// A back-office page opens only for those who administer the account in its path, or act for it as its reseller; for everyone else it is not there, exactly as
/// if the account did not exist.
/// </summary>
public sealed class MembersOnly : IResourceFilter, IOrderedFilter
{
    /// <summary>Before anything else is asked or written.</summary>
    public int Order => -2;

    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var http = context.HttpContext;
        if (http.AccountOrNone() is not { } account || !http.MayOpen(account.Id))
        {
            http.Features.Set(http.Site().Account is { } own ? new AccountVisit(own) : null);
            context.Result = new NotFoundResult();
        }
        else if (account.IsSuspended && context.ActionDescriptor is not PageActionDescriptor { ViewEnginePath: SuspendedModel.Path })
        {
            context.Result = new SeeOther(Links.Suspended(account.Name));
        }
        else if (!account.IsSuspended && PausedDoor.IsShutTo(http, account) && context.ActionDescriptor is not PageActionDescriptor { ViewEnginePath: PausedDoor.Page })
        {
            context.Result = new SeeOther(Links.Paused(account.Name));
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
