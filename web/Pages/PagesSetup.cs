using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Slotwright.Billing;
using Slotwright.Branding;
using Slotwright.Calendars;
using Slotwright.Exports;
using Slotwright.Limits;
using Slotwright.Live;
using Slotwright.Localisation;
using Slotwright.Pages.Appointments;
using Slotwright.Pages.BackOffice;
using Slotwright.Pages.BackOffice.Appointments;
using Slotwright.Pages.BackOffice.Guide;
using Slotwright.Pages.BackOffice.Schedules;
using Slotwright.Pages.Booking;
using Slotwright.Pages.Dev;
using Slotwright.Pages.Operator;
using Slotwright.Pages.Public;
using Slotwright.Pages.Resellers;
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
        services.TryAddSingleton<Hosts>();
        services.TryAddSingleton<SignInPace>();
        services.TryAddSingleton<SignUpPace>();
        services.TryAddSingleton<FreeTimesCache>();
        services.AddScoped<WeekReader>();
        services.AddScoped<OfferReader>();
        services.AddScoped<BookingDesk>();
        services.AddSingleton<Visitors>();
        services.AddScoped<ManagedReader>();
        services.AddScoped<LastBooking>();
        services.AddScoped<MoveDesk>();
        services.AddScoped<ClosedNotice>();
        services.AddScoped<ClientSheet>();
        services.AddScoped<OwnFace>();
        services.AddSingleton<FeltAtOnce>();
        services.AddScoped<ReturnPath>();
        services.AddSingleton<BackOfficeMenu>();
        services.AddSingleton<ResellerMenu>();
        services.AddSingleton<OpenDoors>();
        services.AddScoped<DayBook>();
        services.AddScoped<MoveQuestions>();
        services.AddSingleton<History>();
        services.AddSmallerAnswers();
        services.AddScoped<DefinitionEditing>();
        services.AddScoped<PreviewReader>();
        services.AddSingleton<Pictures>();
        services.AddSingleton<SetupRights>();
        services.AddSingleton<ActingCookies>();
        services.AddSingleton<ActingSessions>();
        services.AddSingleton<StatementPdf>();
        services.AddSingleton<StatementCsv>();
        services.AddSingleton<StatementFiles>();
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
            pages.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = "/error",
                StatusCodeSelector = Unavailability.StatusOf,
                CreateScopeForErrors = true,
                AllowStatusCode404Response = true,
            });
            pages.UseStatusCodePagesWithReExecute("/error");
            pages.UseMiddleware<HostResolution>();
            pages.UseMiddleware<PageHeaders>();
        });
        app.UseSmallerAnswers();
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/openapi"), document => document.UseMiddleware<HostResolution>());
        app.UseStaticFiles(new StaticFileOptions { OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = Keep(file.Context) });
        app.UseRouting();
        app.UseRequestLimits();
        app.UseFormLimit();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseMiddleware<AccountResolution>();
        app.UseMiddleware<ActingResolution>();
        app.UseRequestLocalization();
        app.Use(Languages.Share);
        app.MapRazorPages().OnlyGetAndPost();
        app.MapBrandStylesheet();
        app.MapBrandPictures();
        app.MapFeeds();
        app.MapPaymentReports();
        app.MapTlsAllowed();
        if (app.Environment.IsDevelopment())
        {
            app.MapMailDocument();
        }
    }

    private static void Route(Microsoft.AspNetCore.Mvc.RazorPages.RazorPagesOptions pages)
    {
        pages.Conventions.AuthorizeFolder("/BackOffice").AddFolderApplicationModelConvention("/BackOffice", model =>
        {
            model.Filters.Add(new MembersOnly());
            model.Filters.Add(new ActsRecorded());
        });
        pages.Conventions.AuthorizeFolder("/Resellers").AddFolderApplicationModelConvention("/Resellers", model => model.Filters.Add(new ResellersOnly()));
        pages.Conventions.AddFolderApplicationModelConvention("/Operator", model => model.Filters.Add(new OperatorOnly()));
        pages.Conventions.AddFolderApplicationModelConvention("/Public", model => model.Filters.Add(new PlatformsHostOnly()));
        pages.Conventions.AuthorizeFolder("/Me").AddFolderApplicationModelConvention("/Me", model =>
        {
            model.Filters.Add(new ServiceFilterAttribute<OwnFace>());
            model.Filters.Add(new ServiceFilterAttribute<FeltAtOnce>());
        });
        pages.Conventions.AddPageApplicationModelConvention("/BackOffice/Today", model => model.Filters.Add(new TypeFilterAttribute<LeadToGuide>()));
    }

    private static bool IsForMachines(PathString path) =>
        path.StartsWithSegments("/api") || path.StartsWithSegments("/health") || path.StartsWithSegments("/openapi") || path.StartsWithSegments(LiveRegistration.Path)
        || path.StartsWithSegments(FeedEndpoint.Path) || path.StartsWithSegments(StripeEndpoint.Path) || path.StartsWithSegments(TlsAllowed.Folder);

    // A file whose address carries its fingerprint never changes; one asked for without it may.
    private static string Keep(HttpContext context) =>
        context.Request.Query.ContainsKey("v") ? "public, max-age=31536000, immutable" : "public, max-age=300";
}
