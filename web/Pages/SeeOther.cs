using Microsoft.AspNetCore.Mvc;

namespace Slotwright.Pages;

/// <summary>303: what was posted is done, and the browser fetches the answer with GET, so that a reload repeats nothing.</summary>
public sealed class SeeOther(string address) : ActionResult
{
    public override void ExecuteResult(ActionContext context)
    {
        context.HttpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.HttpContext.Response.Headers.Location = address;
    }
}
