using System.Globalization;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using NodaTime;
using NodaTime.Text;
using Slotwright.Appointments;
using Slotwright.Pages.Schedules;
using Slotwright.Tenancy;

namespace Slotwright.Live;

/// <summary>Which free times a page shows; all of it public, all of it as its address has it.</summary>
public sealed record TimesWanted
{
    public string Account { get; init; } = "";

    public string Schedule { get; init; } = "";

    /// <summary>First and last local day, such as 2026-12-09.</summary>
    public string From { get; init; } = "";

    public string To { get; init; } = "";

    public int? Resource { get; init; }

    public int? Length { get; init; }
}

/// <summary>What open booking pages listen to. Knows no visitor: it tells what every visitor may see.</summary>
public sealed class TimesHub(LiveTimes live, Faces faces) : Hub
{
    private const int MostStreams = 16;
    private const int MostDays = 31;

    /// <summary>Streams the changes of some free times, all of them first. Refused when there are no such times.</summary>
    public async Task<ChannelReader<TimesChange>> Watch(TimesWanted wanted, CancellationToken left)
    {
        var started = Started();
        if (started > 2 * MostStreams)
        {
            // Whoever goes on asking after so many refusals is no page of ours.
            Context.Abort();
        }

        if (wanted is not { Account: not null, Schedule: not null, From: not null, To: not null } || started > MostStreams
            || !LocalDatePattern.Iso.Parse(wanted.From).TryGetValue(default, out var from)
            || !LocalDatePattern.Iso.Parse(wanted.To).TryGetValue(default, out var to)
            || from.Year is < 1900 or > 2999 || to < from || Period.DaysBetween(from, to) > MostDays
            || await faces.AccountByName(wanted.Account) is not { } account
            || !Context.IsOn(account.AccountId)
            || await faces.ScheduleByName(account.AccountId, wanted.Schedule) is not { } schedule)
        {
            throw new HubException("unknown");
        }

        var choice = WeekChoice.Of(Text(wanted.Resource), Text(wanted.Length), schedule);
        var query = new FreeTimesQuery { From = from, To = to, ResourceId = choice.ResourceId, LengthMinutes = choice.Length, WithDays = true };
        var connection = Context;
        return live.Listen(account.AccountId, schedule.Id, query, () => connection.Abort(), left);
    }

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private int Started()
    {
        var started = Context.Items.TryGetValue(nameof(Watch), out var known) && known is int count ? count + 1 : 1;
        Context.Items[nameof(Watch)] = started;
        return started;
    }
}
