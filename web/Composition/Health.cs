using NodaTime;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Composition;

/// <summary><c>/health/live</c>: this process answers. <c>/health/ready</c>: database, silo and writer do too.</summary>
internal static class Health
{
    private static readonly Duration OldMail = Duration.FromMinutes(5);

    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("live")).ExcludeFromDescription().DisableRateLimiting();
        app.MapGet("/health/ready", Ready).ExcludeFromDescription().DisableRateLimiting();
    }

    private static async Task<IResult> Ready(Grains grains, IHostApplicationLifetime lifetime)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return NotReady("stopping");
        }

        try
        {
            var report = await grains.Health.Check();
            return !report.StorageReady ? NotReady("the database does not answer")
                : !report.Seeded ? NotReady("the demo world is being made")
                : report.OldestDueMail > OldMail ? Results.Json(new { status = "degraded", reason = "mail is waiting", seconds = (long)report.OldestDueMail.TotalSeconds })
                : Results.Json(new { status = "ready" });
        }
        catch (StorageUnavailableException)
        {
            return NotReady("the database does not answer");
        }
        catch (Exception)
        {
            // Whatever it is, this node serves nobody now.
            return NotReady("no silo answers");
        }
    }

    private static IResult NotReady(string reason) =>
        Results.Json(new { status = "not ready", reason }, statusCode: StatusCodes.Status503ServiceUnavailable);
}
