using NodaTime;
using Slotwright.Team;

namespace Slotwright.Resellers;

/// <summary>
/// The rows of what a reseller does with its clients as a whole: pausing, templates, export, merging. Each method is one transaction and
/// looks at the relation inside it, so that a made-up id changes nothing.
/// </summary>
public interface IUpkeepStore
{
    /// <summary>Null: not this reseller's client. False: it stood so before, and the letter was not stored.</summary>
    Task<bool?> Pause(int resellerId, int clientId, Instant now, PersonLetter letter);

    /// <summary>As <see cref="Pause"/>.</summary>
    Task<bool?> Resume(int resellerId, int clientId, Instant now, PersonLetter letter);

    /// <summary>Clients with an id above the given one, ascending by id.</summary>
    Task<IReadOnlyList<ExportRow>> ExportRows(int resellerId, int afterId, int limit, Instant now);

    /// <summary>Ascending by name.</summary>
    Task<IReadOnlyList<TemplateListing>> Templates(int resellerId);

    Task<ClientTemplate?> Template(int resellerId, int templateId);

    /// <summary>Refuses an unknown client, a taken name, and one template more than <paramref name="most"/>.</summary>
    Task<Outcome<TemplateListing, TemplateRefusal>> SaveTemplate(NewTemplate template, int most);

    Task<Outcome<TemplateListing, TemplateRefusal>> RenameTemplate(int resellerId, int templateId, string name, string foldedName);

    Task DeleteTemplate(int resellerId, int templateId);

    /// <summary>
    /// Moves all that belongs to one reseller to the other and makes the first a regular account, or does nothing: null when one of them is
    /// no reseller, or suspended. Each account that changes has it in its audit. A merge of these two that was done since control was shown is answered again.
    /// </summary>
    Task<MergeResult?> Merge(MergeOrder order);
}

/// <summary>A client's rows for the export; what is decided by configuration is not yet in it.</summary>
public sealed record ExportRow
{
    public required int AccountId { get; init; }

    public required string Name { get; init; }

    public required string OwnerEmail { get; init; }

    public required string PlanCode { get; init; }

    /// <summary>int.MaxValue: no limit.</summary>
    public required int Allowed { get; init; }

    public required int Upcoming { get; init; }

    /// <summary>Empty: none.</summary>
    public required string Host { get; init; }

    public required Instant CreatedAt { get; init; }

    public required Instant? LastSignInAt { get; init; }

    public required AskedPrice? Asked { get; init; }

    public required Instant? TrialStartedAt { get; init; }

    public required Instant? TrialEndsAt { get; init; }

    public required Instant? PausedAt { get; init; }
}

public sealed record NewTemplate
{
    public required int ResellerId { get; init; }

    /// <summary>Whose set-up it was.</summary>
    public required int ClientId { get; init; }

    public required string Name { get; init; }

    public required string FoldedName { get; init; }

    public required TemplateContent Content { get; init; }

    public required Instant Now { get; init; }
}

public sealed record MergeOrder
{
    public required int FromId { get; init; }

    public required int IntoId { get; init; }

    /// <summary>When control over the first was shown.</summary>
    public required Instant ProvenAt { get; init; }

    public required Instant Now { get; init; }

    /// <summary>Who merges; of the reseller that gets the clients.</summary>
    public required int PersonId { get; init; }

    /// <summary>To the owners of both.</summary>
    public required IReadOnlyList<PersonLetter> Letters { get; init; }
}

/// <param name="ClientIds">Who came over, ascending; also when it was done before, as far as they are clients still.</param>
/// <param name="Moved">How many came over.</param>
public sealed record MergeResult(IReadOnlyList<int> ClientIds, int Moved);
