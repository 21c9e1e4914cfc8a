using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Public;

/// <summary>A page of the platform about itself opens on the platform's own host: on any other it is not there.</summary>
public sealed class PlatformsHostOnly : IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        if (context.HttpContext.Site().Kind != SiteKind.Platform)
        {
            context.Result = new NotFoundResult();
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
