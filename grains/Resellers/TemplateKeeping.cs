using NodaTime;
using Slotwright.Accounts;
using Slotwright.Schedules;
using Slotwright.WhiteLabel;

namespace Slotwright.Resellers;

/// <summary>Keeps set-ups of clients under names and gives them to others.</summary>
public sealed class TemplateKeeping(IGrainFactory grains, IResellerStore relations, IUpkeepStore store, IClock clock)
{
    private const int MostTemplates = 100;
    private const int MostNameCharacters = 60;

    public Task<IReadOnlyList<TemplateListing>> List(int resellerId) => store.Templates(resellerId);

    public Task<ClientTemplate?> Find(int resellerId, int templateId) => store.Template(resellerId, templateId);

    public async Task<Outcome<TemplateListing, TemplateRefusal>> Save(int resellerId, int clientId, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!await relations.IsClient(resellerId, clientId) || await Content(clientId) is not { } content)
        {
            return TemplateRefusal.UnknownClient;
        }

        var tidied = name.Trim();
        return tidied.Length is 0 or > MostNameCharacters
            ? TemplateRefusal.NameInvalid
            : await store.SaveTemplate(
                new NewTemplate
                {
                    ResellerId = resellerId,
                    ClientId = clientId,
                    Name = tidied,
                    FoldedName = Names.Fold(tidied),
                    Content = content,
                    Now = clock.GetCurrentInstant(),
                },
                MostTemplates);
    }

    public async Task<Outcome<TemplateListing, TemplateRefusal>> Rename(int resellerId, int templateId, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var tidied = name.Trim();
        return await store.Template(resellerId, templateId) is null ? TemplateRefusal.UnknownTemplate
            : tidied.Length is 0 or > MostNameCharacters ? TemplateRefusal.NameInvalid
            : await store.RenameTemplate(resellerId, templateId, tidied, Names.Fold(tidied));
    }

    public Task Delete(int resellerId, int templateId) => store.DeleteTemplate(resellerId, templateId);

    public async Task<Outcome<TemplateApplied, TemplateRefusal>> Apply(int resellerId, int templateId, int clientId)
    {
        if (await store.Template(resellerId, templateId) is not { Content: var content })
        {
            return TemplateRefusal.UnknownTemplate;
        }

        if (!await relations.IsClient(resellerId, clientId))
        {
            return TemplateRefusal.UnknownClient;
        }

        var account = grains.Account(clientId);
        if (await account.Face() is { IsSuspended: true })
        {
            return TemplateRefusal.ClientSuspended;
        }

        var there = (await account.Schedules()).Select(schedule => Names.Fold(schedule.Name)).ToHashSet();
        if (!there.IsSubsetOf(content.Schedules.Select(schedule => Names.Fold(schedule.Name))))
        {
            return TemplateRefusal.ClientInUse;
        }

        // Before its first schedule nobody has looked at the account's face; afterwards it is theirs.
        if (there.Count == 0)
        {
            await account.ChangeBrand(new BrandChange
            {
                Colour = content.Colour,
                BarColour = content.BarColour,
                Language = content.Language,
                TimeZone = content.TimeZone,
                Tagline = content.Tagline,
            });
        }

        var lines = new List<AppliedSchedule>(content.Schedules.Count);
        foreach (var schedule in content.Schedules)
        {
            // Names are claimed once per account, so whoever comes second, in a repeat or at the same time, finds it taken.
            var added = there.Contains(Names.Fold(schedule.Name)) ? ScheduleRefusal.NameTaken : (await account.AddSchedule(Current(schedule))).Refusal;
            lines.Add(new AppliedSchedule(schedule.Name, added is ScheduleRefusal.NameTaken ? null : added, WasThere: added is ScheduleRefusal.NameTaken));
        }

        return new TemplateApplied { AccountId = clientId, Schedules = lines };
    }

    private async Task<TemplateContent?> Content(int clientId)
    {
        if (await grains.Account(clientId).Face() is not { Brand: var brand, Inherited: var inherited })
        {
            return null;
        }

        var schedules = new List<ScheduleDefinition>();
        foreach (var listing in await grains.Account(clientId).Schedules())
        {
            if (await grains.Schedule(clientId, listing.Id).Definition() is { } definition)
            {
                schedules.Add(definition);
            }
        }

        return new TemplateContent
        {
            // What the client has from its reseller goes on being the reseller's, whatever it is by then.
            Colour = inherited is { Colour: true } ? InheritedLooks.NeutralColour : brand.Colour,
            BarColour = inherited is { BarColour: true } ? "" : brand.BarColour,
            Language = brand.Language,
            TimeZone = brand.TimeZone,
            Tagline = brand.Tagline,
            Schedules = schedules,
        };
    }

    /// <summary>Days that are over are nobody's any more.</summary>
    private ScheduleDefinition Current(ScheduleDefinition schedule)
    {
        var yesterday = clock.GetCurrentInstant().InUtc().Date.PlusDays(-1);
        return schedule with { Exceptions = [.. schedule.Exceptions.Where(exception => exception.To >= yesterday)] };
    }
}
