using Microsoft.AspNetCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.OpenApi;
using Slotwright.Api.Document;
using Slotwright.Limits;
using Slotwright.Live;
using Slotwright.Tenancy;

namespace Slotwright.Api;

/// <summary>Puts the API, the free-times cache and the request limits into a host.</summary>
public static class ApiRegistration
{
    /// <summary>
    /// Needs <c>Grains</c>, <c>Faces</c>, <c>IClock</c> and <c>IGrainFactory</c> from the host. The host then calls <see cref="MapApi"/>,
    /// and <c>UseRequestLimits</c> after its own routing.
    /// </summary>
    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<Hosts>();
        services.AddRequestLimits(configuration);
        services.AddFreeTimes();
        services.AddSingleton<ApiCredentials>();
        services.AddSingleton<ApiGate>();
        services.AddSingleton<MailLanguages>();
        services.AddSingleton<Bookings>();
        services.AddSingleton<Lists>();
        services.AddSingleton<Information>();
        services.AddSingleton<FreeSlots>();
        services.AddSingleton<PublicFreeTimes>();
        services.AddSingleton<IExceptionHandler, FaultHandler>();
        services.AddOpenApi(ApiDocument.Name, options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.ShouldInclude = _ => false;
            options.AddDocumentTransformer<ApiDocument>();
        });
        return services;
    }

    /// <summary>
    /// Maps every call. All of <c>/api</c> is a pipeline of its own, without what only pages need, and ends here: call it before the pages'. What is
    /// no call is answered as a problem (RFC 9457).
    /// </summary>
    public static WebApplication MapApi(this WebApplication app)
    {
        app.MapOpenApi();
        app.MapWhen(ApiRoutes.IsApi, api =>
        {
            api.Use(AnswerWhatIsNoCall);
            api.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = _ => Task.CompletedTask });
            api.UseMiddleware<HostResolution>();
            api.UseRouting();
            api.UseRequestLimits();
            api.UseEndpoints(ApiRoutes.Map);
        });
        return app;
    }

    private static async Task AnswerWhatIsNoCall(HttpContext context, RequestDelegate next)
    {
        await next(context);
        var response = context.Response;
        if (response.HasStarted || response.StatusCode is not (StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed)
            || response.ContentType is not null || !ApiRoutes.IsApi(context))
        {
            return;
        }

        await ApiAnswers.Refuse(context, AnswerFormat.Json, response.StatusCode == StatusCodes.Status404NotFound
            ? ApiError.NoSuchCall
            : ApiError.Problem(StatusCodes.Status405MethodNotAllowed, "This call does not know the method"));
    }
}
