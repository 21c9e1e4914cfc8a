using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Slotwright.Platform;
using Slotwright.Team;

namespace Slotwright.SignIn;

/// <summary>
/// Sign-in by a cookie of our own: the ticket names a session, and the session is asked for with each request. Two short-lived cookies
/// carry what lies between the steps of a sign-in and a passkey's challenge.
/// </summary>
public static class SignInSetup
{
    public const string Path = "/signin";

    public static void AddSignIn(this IServiceCollection services)
    {
        services.AddSingleton<OpenSessions>();
        services.AddAuthorization();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie()
            .AddCookie(BetweenSteps.Scheme)
            .AddCookie(PasskeyChallenges.Scheme);
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme).Configure<IHostEnvironment>((options, environment) =>
        {
            options.Cookie.ForHost("session", environment);
            options.ExpireTimeSpan = TimeSpan.FromDays(30);
            options.SlidingExpiration = false;
            options.LoginPath = Path;
            options.AccessDeniedPath = Path;
            options.ReturnUrlParameter = "return";
            options.Events.OnValidatePrincipal = Validate;
            options.Events.OnRedirectToLogin = StayHere;
            options.Events.OnRedirectToAccessDenied = StayHere;
        });
        services.AddShortCookie(BetweenSteps.Scheme, "step", TimeSpan.FromMinutes(10));
        services.AddShortCookie(PasskeyChallenges.Scheme, "passkey", TimeSpan.FromMinutes(5));
        services.AddIdentity();
    }

    /// <summary>A cookie of this host alone. Loopback has no certificate: only in Development may it travel without one.</summary>
    public static void ForHost(this CookieBuilder cookie, string name, IHostEnvironment environment)
    {
        cookie.Name = environment.IsDevelopment() ? name : $"__Host-{name}";
        cookie.SecurePolicy = environment.IsDevelopment() ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        cookie.HttpOnly = true;
        cookie.SameSite = SameSiteMode.Lax;
        cookie.Path = "/";
        cookie.IsEssential = true;
    }

    public static Task Start(this HttpContext context, Session session) =>
        context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, session.ToPrincipal(), new AuthenticationProperties { IsPersistent = true });

    public static async Task Leave(this HttpContext context, OpenSessions sessions)
    {
        if (SessionClaims.Read(context.User) is { } ticket)
        {
            await sessions.End(ticket.PersonId, ticket.Token);
        }

        await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    private static void AddShortCookie(this IServiceCollection services, string scheme, string name, TimeSpan lifetime) =>
        services.AddOptions<CookieAuthenticationOptions>(scheme).Configure<IHostEnvironment>((options, environment) =>
        {
            options.Cookie.ForHost(name, environment);
            options.Cookie.SameSite = SameSiteMode.Strict;
            options.ExpireTimeSpan = lifetime;
            options.SlidingExpiration = false;
        });

    private static void AddIdentity(this IServiceCollection services)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton<ILookupNormalizer, AsTyped>();
        services.AddIdentityCore<Login>().AddUserStore<PersonLogins>().AddUserManager<Logins>();
        services.AddScoped<IPasskeyHandler<Login>, PasskeyHandler<Login>>();
        services.AddScoped<PasskeyChallenges>();

        // One login host: a passkey made on an account's own host would be lost with that host.
        services.AddOptions<IdentityPasskeyOptions>().Configure<IOptions<PlatformOptions>>((options, platform) =>
        {
            options.ServerDomain = new Uri(platform.Value.BaseUrl).Host;
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
            options.ValidateOrigin = origin => ValueTask.FromResult(
                !origin.CrossOrigin
                && Uri.TryCreate(origin.Origin, UriKind.Absolute, out var asked)
                && string.Equals(asked.Host, options.ServerDomain, StringComparison.OrdinalIgnoreCase)
                && (asked.Scheme == Uri.UriSchemeHttps || asked.IsLoopback));
        });
    }

    private static async Task Validate(CookieValidatePrincipalContext context)
    {
        // An error page says that something failed without asking again what may have failed.
        if (context.HttpContext.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            context.RejectPrincipal();
            return;
        }

        var sessions = context.HttpContext.RequestServices.GetRequiredService<OpenSessions>();
        if (SessionClaims.Read(context.Principal) is { } ticket
            && await sessions.Resume(ticket.PersonId, ticket.Token) is { } session
            && session.Host == context.HttpContext.Host())
        {
            context.HttpContext.Features.Set(new SignedIn(session));
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }

    // The framework would name scheme and host of the request, which a stranger may have chosen.
    private static Task StayHere(RedirectContext<CookieAuthenticationOptions> context)
    {
        context.Response.Redirect(new Uri(context.RedirectUri).PathAndQuery);
        return Task.CompletedTask;
    }
}
