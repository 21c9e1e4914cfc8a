using Slotwright.Accounts;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages;

/// <summary>What stands in place of a booking page whose account takes no more appointments.</summary>
/// <param name="TrueReason">For signed-in staff of the account; null for everyone else, who learn only whom to ask.</param>
public sealed record ClosedView(AccountUsage? TrueReason)
{
    /// <summary>Its reseller has paused the account: whoever comes is told so, and whom to ask.</summary>
    public static ClosedView Paused { get; } = new((AccountUsage?)null) { IsPaused = true };

    public bool IsPaused { get; private init; }

    /// <summary>Name of the sentence above the page.</summary>
    public string Heading => IsPaused ? "Closed.Paused.Heading" : "Closed.Heading";
}

/// <summary>Customers read a neutral notice; why it is closed is the business's own affair.</summary>
public sealed class ClosedNotice(Grains grains)
{
    public async Task<ClosedView> For(HttpContext context)
    {
        var account = context.Account();
        return account.IsPaused ? ClosedView.Paused : new ClosedView(context.SessionOrNone()?.MayOpen(account.Id) == true ? await grains.Account(account.Id).Usage() : null);
    }
}
