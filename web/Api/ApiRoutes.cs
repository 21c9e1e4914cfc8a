using Slotwright.Limits;

namespace Slotwright.Api;

/// <summary>The API's addresses. Each works bare, with <c>.json</c> and with <c>.xml</c>, which come after the whole path.</summary>
internal static class ApiRoutes
{
    public const int LargestBody = 1_048_576;

    private static readonly string[] Read = [HttpMethods.Get, HttpMethods.Head];
    private static readonly string[] Change = [HttpMethods.Put, HttpMethods.Post];

    public static IReadOnlyList<string> Suffixes { get; } = ["", ".json", ".xml"];

    public static bool IsApi(HttpContext context) => context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);

    public static void Map(IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var gate = services.GetRequiredService<ApiGate>();
        var bookings = services.GetRequiredService<Bookings>();
        var lists = services.GetRequiredService<Lists>();
        var information = services.GetRequiredService<Information>();
        foreach (var suffix in Suffixes)
        {
            Collection("schedules", suffix, Read, information.Schedules);
            Collection("resources", suffix, Read, information.Resources);
            Collection("bookings", suffix, Read, lists.Bookings);
            routes.MapMethods($"/api/bookings{suffix}", [HttpMethods.Post], gate.ServeAlsoPaused(bookings.Create)).WithMetadata(new LimitedAttribute(LimitClass.ApiBooking));
        }

        // The format of these is part of the last segment, and is parted from the id by the call itself.
        One("/api/bookings/{id}", Read, bookings.Get);
        routes.MapMethods("/api/bookings/{id}", Change, gate.ServeAlsoPaused(bookings.Update));
        One("/api/bookings/{id}", [HttpMethods.Delete], bookings.Delete);
        One("/api/free/{schedule}", Read, services.GetRequiredService<FreeSlots>().Free);
        One("/api/range/{schedule}", Read, lists.Range);
        One("/api/changes/{schedule}", Read, lists.Changes);
        One("/api/agenda/{schedule}", Read, lists.Agenda);
        routes.MapMethods("/api/free-times/{owner}/{schedule}", Read, gate.ServePublic(services.GetRequiredService<PublicFreeTimes>().Get))
            .WithMetadata(new LimitedAttribute(LimitClass.PublicRead));

        void Collection(string name, string suffix, string[] methods, Func<ApiCall, Task<ApiError?>> act) => One($"/api/{name}{suffix}", methods, act);

        void One(string pattern, string[] methods, Func<ApiCall, Task<ApiError?>> act) =>
            routes.MapMethods(pattern, methods, gate.Serve(act));
    }
}
