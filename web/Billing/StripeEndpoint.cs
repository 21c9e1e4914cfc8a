using Slotwright.Billing;

namespace Slotwright.Tenancy;

/// <summary>Where Stripe reports payments. Nothing in a report is believed here: it is handed on as it came, with its signature.</summary>
public static class StripeEndpoint
{
    public const string Path = "/webhooks/stripe";

    private const int MostBytes = 256 * 1024;

    public static void MapPaymentReports(this IEndpointRouteBuilder routes) => routes.MapPost(Path, Answer).ExcludeFromDescription().DisableAntiforgery();

    private static async Task<IResult> Answer(HttpContext context, Grains grains)
    {
        if (context.Request.ContentLength is not (> 0 and <= MostBytes))
        {
            return Results.BadRequest();
        }

        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var answer = await grains.PaymentReports.Receive(new PaymentReport(body, context.Request.Headers["Stripe-Signature"].ToString()));
        return answer == PaymentReportAnswer.Taken ? Results.Ok() : Results.BadRequest();
    }
}
