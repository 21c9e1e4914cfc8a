using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;
using Slotwright.Team;

namespace Slotwright.SignIn;

/// <summary>Sign-in by a cookie of our own: the ticket names a session, and the session is asked for with each request.</summary>
public static class SignInSetup
{
    public const string Path = "/signin";

    public static void AddSignIn(this IServiceCollection services)
    {
        services.AddSingleton<OpenSessions>();
        services.AddAuthorization();
        services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme).Configure<IHostEnvironment>((options, environment) =>
        {
            options.Cookie.ForHost("session", environment);
            options.ExpireTimeSpan = TimeSpan.FromDays(30);
            options.SlidingExpiration = false;
            options.LoginPath = Path;
            options.ReturnUrlParameter = "return";
            options.Events.OnValidatePrincipal = Validate;
        });
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

    private static async Task Validate(CookieValidatePrincipalContext context)
    {
        // An error page says that something failed without asking again what may have failed.
        if (context.HttpContext.Features.Get<IExceptionHandlerFeature>() is not null)
        {
            context.RejectPrincipal();
            return;
        }

        var sessions = context.HttpContext.RequestServices.GetRequiredService<OpenSessions>();
        if (SessionClaims.Read(context.Principal) is { } ticket && await sessions.Resume(ticket.PersonId, ticket.Token) is { } session)
        {
            context.HttpContext.Features.Set(new SignedIn(session));
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }
}
