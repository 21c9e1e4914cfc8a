using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Slotwright.Platform;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Guide;

/// <summary>Leads whoever opens the back office of an account without schedules to the guide, until they say "later".</summary>
public sealed class LeadToGuide(Faces faces, IHostEnvironment environment) : IAsyncPageFilter
{
    private const string Name = "guide";
    private const string Later = "later";

    public Task OnPageHandlerSelectionAsync(PageHandlerSelectedContext context) => Task.CompletedTask;

    public async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        var http = context.HttpContext;
        var cookie = new CookieBuilder();
        cookie.ForHost(Name, environment);
        if (http.Request.Query[Name] == Later)
        {
            http.Response.Cookies.Append(cookie.Name!, Later, cookie.Build(http));
        }
        else if (HttpMethods.IsGet(http.Request.Method)
            && http.Request.Cookies[cookie.Name!] != Later
            && http.AccountOrNone() is { } account
            && (await faces.Schedules(account.Id)).Count == 0)
        {
            context.Result = new RedirectResult(Links.Guide(account.Name));
            return;
        }

        await next();
    }
}
