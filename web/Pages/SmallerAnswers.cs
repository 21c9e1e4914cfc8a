using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;

namespace Slotwright.Pages;

/// <summary>
/// Compresses scripts, styles and the pages on which a time is found and booked. Over TLS an attacker who sees the lengths of answers that
/// hold both a secret and text of his choosing could guess the secret: so no page that shows an appointment, or needs signing in, is compressed.
/// What the compressed pages hold that is secret, the form's token, is another one in each answer.
/// </summary>
public static class SmallerAnswers
{
    public static void AddSmallerAnswers(this IServiceCollection services)
    {
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
            compression.MimeTypes = ["text/html", "text/css", "text/javascript", "application/javascript", "image/svg+xml"];
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
    }

    public static void UseSmallerAnswers(this IApplicationBuilder app) =>
        app.UseWhen(context => MayBeSmaller(context.Request), smaller => smaller.UseResponseCompression());

    private static bool MayBeSmaller(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && (IsFile(request.Path) || (request.Path.StartsWithSegments("/schedule") && !request.Path.Value!.Contains("/appointment/", StringComparison.OrdinalIgnoreCase) && !request.Path.Value.Contains("/my-appointments/", StringComparison.OrdinalIgnoreCase)));

    private static bool IsFile(PathString path) =>
        path.StartsWithSegments("/css") || path.StartsWithSegments("/js") || path.StartsWithSegments("/lib") || path.StartsWithSegments("/brand") || path == "/favicon.svg";
}
