using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using NodaTime;
using Slotwright.Appointments;
using Slotwright.Localisation;
using Slotwright.Platform;
using Slotwright.Schedules;
using Slotwright.Tenancy;
using Slotwright.Time;

namespace Slotwright.Pages.BackOffice.Schedules;

/// <summary>A schedule at a glance: its address for customers, what it means, what is free next, what is booked.</summary>
public sealed class OverviewModel(DefinitionEditing editing, Grains grains, IClock clock, IStringLocalizer<Setup> text) : SectionPage(editing, clock, text)
{
    private const int MostCounted = 1000;

    /// <summary>Absolute, as customers open it.</summary>
    public string Address { get; private set; } = "";

    public Instant? NextFree { get; private set; }

    /// <summary>Live appointments that have not ended, counted up to 1,000.</summary>
    public int Upcoming { get; private set; }

    public int NextSevenDays { get; private set; }

    public int Feeds { get; private set; }

    public async Task<IActionResult> OnGet(int id)
    {
        if (!await Load(id))
        {
            return NotFound();
        }

        var (account, now) = (HttpContext.Account(), Now);
        Address = HttpContext.Absolute(Links.Schedule(account.Name, Definition.Name));
        var nearest = await Grains.Again(() => grains.Schedule(account.Id, id).NearestFree(new NearestFreeQuery { Around = Moment.At(now), Count = 1, Earlier = false }));
        NextFree = nearest.Value?.Times is [var first, ..] ? first.Start : null;
        var upcoming = await Grains.Again(() => grains.Schedule(account.Id, id).List(new AppointmentsQuery { From = now, Limit = MostCounted }));
        (Upcoming, NextSevenDays) = (upcoming.Count, upcoming.Count(appointment => appointment.Start < now + Duration.FromDays(7)));
        Feeds = (await grains.Schedule(account.Id, id).Feeds()).Count;
        return Page();
    }

    protected override object Part(ScheduleDefinition definition) => "";
}
