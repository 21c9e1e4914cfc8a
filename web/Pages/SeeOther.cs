using Microsoft.AspNetCore.Mvc;

namespace Slotwright.Pages;

/// <summary>303: what was posted is done, and the browser fetches the answer with GET, so that a reload repeats nothing.</summary>
public sealed class SeeOther(string address) : ActionResult
{
    /// <summary>As a header can carry it: what is not ASCII is percent-encoded, what is encoded already stays.</summary>
    public static string Header(string address) =>
        string.Concat(address.EnumerateRunes().Select(rune => rune.Value is > 0x20 and < 0x7f ? rune.ToString() : Uri.EscapeDataString(rune.ToString())));

    public override void ExecuteResult(ActionContext context)
    {
        context.HttpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.HttpContext.Response.Headers.Location = Header(address);
    }
}
