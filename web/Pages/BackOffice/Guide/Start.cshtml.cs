using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Localization;
using Slotwright.Localisation;
using Slotwright.Pages.BackOffice.Schedules;
using Slotwright.Platform;
using Slotwright.Tenancy;

namespace Slotwright.Pages.BackOffice.Guide;

/// <summary>
/// Three questions, one a page, that end on a page that can be booked. What was answered goes along in the form, so that it works
/// without scripts and stores nothing before the end.
/// </summary>
[RequestFormLimits(ValueCountLimit = 128)]
public sealed class StartModel(Grains grains, Faces faces, IStringLocalizer<Setup> text) : PageModel
{
    public const int Steps = 3;

    private static readonly string[][] Asked = [["Name"], ["Days", "From"], ["Length", "People"]];

    public StartForm Form { get; private set; } = new();

    /// <summary>1–3.</summary>
    public int Step { get; private set; } = 1;

    public IReadOnlyDictionary<string, string> Errors { get; private set; } = new Dictionary<string, string>();

    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPost([FromForm] int step, [FromForm(Name = "do")] string? press)
    {
        (Form, Step) = (StartForm.Read(Request.Form), Math.Clamp(step, 1, Steps));
        if (press == "back")
        {
            Step = Math.Max(1, Step - 1);
            return Page();
        }

        var wrong = Form.Errors();
        Errors = wrong.Where(error => Asked.Take(Step).Any(fields => fields.Contains(error.Key))).ToDictionary();
        if (Errors.Count > 0)
        {
            Step = 1 + Array.FindIndex(Asked, fields => fields.Any(Errors.ContainsKey));
            return Page();
        }

        return Step < Steps ? Next() : await Make();
    }

    private PageResult Next()
    {
        Step++;
        return Page();
    }

    private async Task<IActionResult> Make()
    {
        var account = HttpContext.Account();
        var added = await grains.Account(account.Id).AddSchedule(Form.ToDefinition(account.Brand.TimeZone, text["Start.Nobody"]));
        if (!added.Accepted)
        {
            (Step, Errors) = (1, new Dictionary<string, string> { ["Name"] = $"Refusal.{added.Refusal}" });
            return Page();
        }

        faces.Forget(account.Id);
        return new SeeOther($"{Links.ScheduleSettings(account.Name, added.Value.Id)}?made=1");
    }
}
