using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Billing;
using Slotwright.Resellers;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers.Clients;

/// <summary>A page about one client account of the reseller in its path; for whoever is no client of it, it is not there.</summary>
public abstract class ClientPage(Grains grains) : PageModel
{
    public ClientFacts Client { get; private set; } = null!;

    /// <summary>The reseller of the path.</summary>
    protected IResellerGrain Reseller => grains.Reseller(HttpContext.Account().Id);

    /// <summary>ISO 4217; of what plans cost.</summary>
    protected async Task<string> FindCurrency() => (await grains.FrontDoor.Plans()).Currency;

    /// <summary>False: answer that it is not there.</summary>
    protected async Task<bool> Find(int clientId) => await Reseller.Client(clientId) is { } found && (Client = found) is not null;

    /// <summary>The found client's, as the reseller pays for it; null: it is not theirs any more.</summary>
    protected Task<SubscriptionFace?> FindSubscription() =>
        grains.Billing(Client.Face.Id).Subscription(new PayerActor(HttpContext.SessionOrNone()!.PersonId, HttpContext.Account().Id));

    /// <summary>The page as long as it is a client's.</summary>
    protected async Task<IActionResult> Show(int clientId) => await Find(clientId) ? Page() : NotFound();
}
