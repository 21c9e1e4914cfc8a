using Slotwright.Tenancy;

namespace Slotwright.Branding;

/// <summary>Serves a brand's pictures under their random names, which never mean another picture.</summary>
public static class PictureEndpoint
{
    private const int MostNameCharacters = 60;

    public static void MapBrandPictures(this IEndpointRouteBuilder routes) =>
        routes.MapGet($"/brand/{{{AccountResolution.RouteKey}}}/picture/{{name}}.png", Answer).ExcludeFromDescription();

    private static async Task<IResult> Answer(HttpContext context, string name, Grains grains)
    {
        var picture = name.Length > MostNameCharacters ? null : await grains.Account(context.Account().Id).Picture(name);
        if (picture is null)
        {
            return Results.NotFound();
        }

        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return Results.Bytes(picture.Bytes, picture.ContentType);
    }
}
