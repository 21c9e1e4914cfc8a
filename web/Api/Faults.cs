using System.Data.Common;
using Microsoft.AspNetCore.Diagnostics;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Api;

/// <summary>What a thrown exception means to whoever asked.</summary>
internal static class Faults
{
    public static ApiError Explain(Exception fault) => fault switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => ApiError.TooLarge,
        BadHttpRequestException { StatusCode: StatusCodes.Status408RequestTimeout } => ApiError.TooSlow,
        BadHttpRequestException bad => ApiError.Problem(bad.StatusCode, "The request is malformed"),
        _ when IsForeign(fault) => ApiError.NotFound,
        _ when IsOutage(fault) => ApiError.Unavailable,
        _ => ApiError.Fault,
    };

    /// <summary>
    /// The grains or their storage did not answer: it may have happened, and the same request may be sent again. Orleans wraps
    /// what its wire does not know.
    /// </summary>
    public static bool IsOutage(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            if (fault is OrleansException or TimeoutException or StorageUnavailableException or StaleAgendaException or DbException)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsForeign(Exception? fault)
    {
        for (; fault is not null; fault = fault.InnerException)
        {
            if (fault is ForeignTenantException)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>The last resort under <c>/api</c> for what no call caught; pages have their own.</summary>
internal sealed class FaultHandler : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (!ApiRoutes.IsApi(httpContext))
        {
            return false;
        }

        await ApiAnswers.Refuse(httpContext, AnswerFormat.Json, Faults.Explain(exception));
        return true;
    }
}
