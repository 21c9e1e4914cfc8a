using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Slotwright.Pages;
using Slotwright.Team;

namespace Slotwright.SignIn;

/// <summary>What a browser keeps for ten minutes between the two steps of a sign-in: it opens nothing by itself.</summary>
/// <param name="PersonId">Who showed a password.</param>
/// <param name="Ticket">The grain's proof of it.</param>
/// <param name="ReturnTo">A path of this site; empty: the dashboard.</param>
public sealed record BetweenSteps(int PersonId, string Ticket, string ReturnTo)
{
    public const string Scheme = "between-steps";

    private const string TicketClaim = "ticket";
    private const string ReturnClaim = "return";

    /// <summary>Null: there is no sign-in under way in this browser.</summary>
    public static async Task<BetweenSteps?> Of(HttpContext context)
    {
        var result = await context.AuthenticateAsync(Scheme);
        return int.TryParse(result.Principal?.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var person)
            && result.Principal?.FindFirstValue(TicketClaim) is { } ticket
            ? new BetweenSteps(person, ticket, result.Principal.FindFirstValue(ReturnClaim) ?? "")
            : null;
    }

    public Task Keep(HttpContext context) => context.SignInAsync(Scheme, new ClaimsPrincipal(new ClaimsIdentity(
        [
            new Claim(ClaimTypes.NameIdentifier, PersonId.ToString(CultureInfo.InvariantCulture)),
            new Claim(TicketClaim, Ticket),
            new Claim(ReturnClaim, ReturnTo),
        ],
        Scheme)));
}

public static class SignInSteps
{
    /// <summary>Opens the browser's session, or leads on to the second step.</summary>
    public static async Task<IActionResult> Enter(this HttpContext context, int personId, SignInStep step, string returnTo)
    {
        if (step.Session is { } session)
        {
            return await context.Enter(session, returnTo);
        }

        await new BetweenSteps(personId, step.Ticket!, returnTo).Keep(context);
        return new SeeOther("/signin/code");
    }

    public static async Task<IActionResult> Enter(this HttpContext context, Session session, string returnTo)
    {
        await context.SignOutAsync(BetweenSteps.Scheme);
        await context.Start(session);
        return new SeeOther(returnTo is "" ? "/dashboard" : returnTo);
    }
}
