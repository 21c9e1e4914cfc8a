using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Slotwright.Branding;
using Slotwright.Limits;
using Slotwright.Localisation;
using Slotwright.Pages.Appointments;
using Slotwright.Pages.BackOffice;
using Slotwright.Pages.BackOffice.Appointments;
using Slotwright.Pages.Booking;
using Slotwright.Pages.Dev;
using Slotwright.Pages.Schedules;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages;

/// <summary>Everything that people see in a browser.</summary>
public static class PagesSetup
{
    private const int MostFormBytes = 128 * 1024;

    /// <summary>Needs <see cref="Grains"/>' factory, an <c>IClock</c> and <c>PlatformOptions</c> from the composition.</summary>
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.TryAddSingleton<Grains>();
        services.TryAddSingleton<Faces>();
        services.TryAddSingleton<SignInPace>();
        services.AddScoped<WeekReader>();
        services.AddScoped<OfferReader>();
        services.AddScoped<ManagedReader>();
        services.AddScoped<ClosedNotice>();
        services.AddScoped<OwnFace>();
        services.AddScoped<ReturnPath>();
        services.AddSingleton<BackOfficeMenu>();
        services.AddScoped<DayBook>();
        services.AddSingleton<History>();
        services.AddLanguages();
        services.AddSignIn();
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<IHostEnvironment>((options, environment) =>
        {
            options.Cookie.ForHost("form", environment);
            options.FormFieldName = "form-token";

            // Framing is said once, by the content security policy.
            options.SuppressXFrameOptionsHeader = true;
        });
        services.Configure<FormOptions>(options =>
        {
            options.ValueLengthLimit = MostFormBytes;
            options.BufferBodyLengthLimit = 2 * MostFormBytes;
            options.ValueCountLimit = 64;
        });
        services.AddRazorPages(Route)
            .AddMvcOptions(options => options.SuppressImplicitRequiredAttributeForNonNullableReferenceTypes = true)
            .AddApplicationPart(typeof(PagesSetup).Assembly);
        return services;
    }

    /// <summary>Adds the pages with all that goes before them: errors, headers, files, tenant, language, sign-in.</summary>
    public static void MapPages(this WebApplication app)
    {
        app.UseWhen(context => !IsForMachines(context.Request.Path), pages =>
        {
            pages.UseMiddleware<PageHeaders>();
            pages.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = "/error",
                StatusCodeSelector = Unavailability.StatusOf,
                CreateScopeForErrors = true,
                AllowStatusCode404Response = true,
            });
            pages.UseStatusCodePagesWithReExecute("/error");
        });
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = Keep(file.Context) });
        app.UseRouting();
        app.UseRequestLimits();
        app.UseFormLimit();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<AccountResolution>();
        app.UseRequestLocalization();
        app.MapRazorPages().OnlyGetAndPost();
        app.MapBrandStylesheet();
        if (app.Environment.IsDevelopment())
        {
            app.MapMailDocument();
        }
    }

    private static void Route(Microsoft.AspNetCore.Mvc.RazorPages.RazorPagesOptions pages)
    {
        pages.Conventions.AuthorizeFolder("/BackOffice").AddFolderApplicationModelConvention("/BackOffice", model => model.Filters.Add(new MembersOnly()));
        pages.Conventions.AuthorizeFolder("/Me").AddFolderApplicationModelConvention("/Me", model => model.Filters.Add(new ServiceFilterAttribute<OwnFace>()));
    }

    private static bool IsForMachines(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/health") || path.StartsWithSegments("/openapi");

    // A file whose address carries its fingerprint never changes; one asked for without it may.
    private static string Keep(HttpContext context) =>
        context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "public, max-age=300";
}
