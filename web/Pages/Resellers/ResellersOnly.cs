using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers;

/// <summary>
/// A page of the reseller dashboard opens only on the platform's host, for those who administer the account in its path, and only while that
/// account is a reseller; for everyone else it is not there.
/// </summary>
public sealed class ResellersOnly : IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var http = context.HttpContext;
        if (http.Site().Kind != SiteKind.Platform || http.AccountOrNone() is not { IsReseller: true } account || http.SessionOrNone()?.MayOpen(account.Id) != true)
        {
            http.Features.Set<AccountVisit>(null);
            context.Result = new NotFoundResult();
        }
        else if (account.IsSuspended)
        {
            context.Result = new SeeOther(Links.Suspended(account.Name));
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
