using System.Data.Common;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Pages;

/// <summary>Which status a fault is shown as.</summary>
public static class Unavailability
{
    /// <summary>
    /// 404 for another tenant's things, 503 where trying again may help (database, cluster, time), 500 for our own mistakes.
    /// </summary>
    public static int StatusOf(Exception fault) => fault switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        InvalidDataException => StatusCodes.Status400BadRequest,
        ForeignTenantException => StatusCodes.Status404NotFound,
        OrleansException or TimeoutException or StorageUnavailableException or StaleAgendaException or DbException or IOException => StatusCodes.Status503ServiceUnavailable,
        _ when fault.InnerException is { } inner => StatusOf(inner),
        _ => StatusCodes.Status500InternalServerError,
    };
}
