namespace Slotwright.Resellers;

/// <summary>What a reseller does with its clients as a whole. Calls interleave: clients' pages ask for the settings meanwhile.</summary>
public sealed partial class ResellerGrain
{
    public Task<Outcome<ClientPause, PauseRefusal>> PauseClient(int clientId) => pausing.Pause(Id, clientId);

    public Task<Outcome<ClientPause, PauseRefusal>> ResumeClient(int clientId) => pausing.Resume(Id, clientId);

    public Task<IReadOnlyList<ClientExportLine>> ExportClients(int afterId, int limit) => merging.Lines(Id, afterId, Math.Clamp(limit, 1, 1000));

    public Task<IReadOnlyList<TemplateListing>> Templates() => templates.List(Id);

    public Task<ClientTemplate?> Template(int templateId) => templates.Find(Id, templateId);

    public Task<Outcome<TemplateListing, TemplateRefusal>> SaveTemplate(int clientId, string name) => templates.Save(Id, clientId, name);

    public Task<Outcome<TemplateListing, TemplateRefusal>> RenameTemplate(int templateId, string name) => templates.Rename(Id, templateId, name);

    public Task DeleteTemplate(int templateId) => templates.Delete(Id, templateId);

    public Task<Outcome<TemplateApplied, TemplateRefusal>> ApplyTemplate(int templateId, int clientId) => templates.Apply(Id, templateId, clientId);

    public Task<Outcome<MergePlan, MergeRefusal>> PlanMerge(MergeProof proof) => merging.Plan(Id, proof);

    public Task<Outcome<MergePlan, MergeRefusal>> PlanAgain(string ticket, int personId) => merging.PlanAgain(Id, ticket, personId);

    public Task<Outcome<Merged, MergeRefusal>> Merge(string ticket, string typedName, int personId) => merging.Merge(Id, ticket, typedName, personId);
}
