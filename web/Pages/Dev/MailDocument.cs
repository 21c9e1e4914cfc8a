using Slotwright.Mail;

namespace Slotwright.Pages.Dev;

/// <summary>The html of a written mail, as its reader's program would show it: no scripts, nothing from elsewhere.</summary>
public static class MailDocument
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'self'; sandbox";

    public static void MapMailDocument(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/dev/mail/{id}/html", async (HttpContext context, string id) =>
        {
            var mail = context.RequestServices.GetService<IWrittenMails>() is { } mails ? await mails.Read(id) : null;
            context.Response.Headers.ContentSecurityPolicy = Policy;
            return mail is null ? Results.NotFound() : Results.Text(mail.Html, "text/html");
        }).ExcludeFromDescription();
}
