using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Billing;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.Resellers;
using Slotwright.SignIn;
using Slotwright.Tenancy;

namespace Slotwright.Pages.Resellers;

/// <summary>The reseller dashboard: its client accounts with their numbers, which move while the page is open.</summary>
public sealed class ClientsModel(Grains grains) : PageModel
{
    public const int PageSize = 50;
    private const int MostCharacters = 200;
    private const int MostPages = 10_000;

    public DashboardQuery Query { get; private set; } = new() { PersonId = 0 };

    public DashboardView View { get; private set; } = null!;

    /// <summary>1 for the first.</summary>
    public int Number { get; private set; } = 1;

    /// <summary>Of every price on the page, as plans are sold in it; empty when there are none.</summary>
    public string Currency { get; private set; } = "";

    public int Pages => (View.Matching + PageSize - 1) / PageSize;

    public async Task OnGet(string? q, string? among, string? by, string? down, string? p)
    {
        var line = TypedText.Line(q);
        Number = int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, MostPages) : 1;
        Query = new DashboardQuery
        {
            PersonId = HttpContext.SessionOrNone()!.PersonId,
            Search = line.Length <= MostCharacters ? line : line[..MostCharacters],
            Among = Chosen(among, ClientsAmong.All),
            By = Chosen(by, ClientsBy.Name),
            Descending = down is not null,
            Offset = (Number - 1) * PageSize,
            Limit = PageSize,
        };
        View = await grains.Dashboard(HttpContext.Account().Id).Show(Query);
        Currency = View.Clients.Any(client => client.Price is not null) ? (await grains.FrontDoor.Plans()).Currency : "";
    }

    public string Said(decimal amount) => new Money(amount, Currency).Said();

    /// <summary>The page's script says that somebody has it before their eyes.</summary>
    public async Task<IActionResult> OnPostLook()
    {
        await grains.Dashboard(HttpContext.Account().Id).Look(HttpContext.SessionOrNone()!.PersonId, all: false);
        return new NoContentResult();
    }

    public async Task<IActionResult> OnPostSeen()
    {
        await grains.Dashboard(HttpContext.Account().Id).Look(HttpContext.SessionOrNone()!.PersonId, all: true);
        return new SeeOther(Links.Reseller(HttpContext.Account().Name));
    }

    /// <summary>This list otherwise: what is null stays as it is.</summary>
    public string Address(ClientsAmong? among = null, ClientsBy? by = null, bool? down = null, int number = 1)
    {
        var (shown, order, descending) = (among ?? Query.Among, by ?? Query.By, down ?? Query.Descending);
        return Links.Reseller(HttpContext.Account().Name) + QueryString.Create(new KeyValuePair<string, string?>[]
        {
            new("q", Query.Search.Length == 0 ? null : Query.Search),
            new("among", shown == ClientsAmong.All ? null : Written(shown)),
            new("by", order == ClientsBy.Name ? null : Written(order)),
            new("down", descending ? "1" : null),
            new("p", number == 1 ? null : number.ToString(CultureInfo.InvariantCulture)),
        }.Where(pair => pair.Value is not null));
    }

    private static T Chosen<T>(string? text, T otherwise)
        where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : otherwise;

    public static string Written<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
