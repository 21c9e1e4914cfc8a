using System.Globalization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Slotwright.Appointments;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice;

/// <summary>Appointments of all schedules by name, e-mail, telephone or number.</summary>
public sealed class FindModel(Grains grains, DayBook book) : PageModel
{
    public const int PageSize = 50;
    private const int MostCharacters = 200;
    private const int MostPages = 10_000;

    /// <summary>What was asked, in one line; empty: nothing yet.</summary>
    public string Asked { get; private set; } = "";

    public FindAmong Among { get; private set; } = FindAmong.All;

    /// <summary>1 for the first.</summary>
    public int Number { get; private set; } = 1;

    public IReadOnlyList<DayEntry> Entries { get; private set; } = [];

    public int Total { get; private set; }

    public int Pages => (Total + PageSize - 1) / PageSize;

    public async Task OnGet(string? q, string? among, string? p)
    {
        var line = TypedText.Line(q);
        Asked = line.Length <= MostCharacters ? line : line[..MostCharacters];
        Among = Enum.TryParse<FindAmong>(among, ignoreCase: true, out var wanted) && Enum.IsDefined(wanted) ? wanted : FindAmong.All;
        Number = int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, MostPages) : 1;
        if (Asked.Length == 0)
        {
            return;
        }

        var account = HttpContext.Account();
        var found = await grains.Account(account.Id).FindAppointments(new FindQuery { Text = Asked, Among = Among, Limit = PageSize, Offset = (Number - 1) * PageSize });
        (Entries, Total) = (DayEntry.Of(found.Appointments, await book.Schedules(account.Id)), found.Total);
    }
}
