using Slotwright.Resellers;

namespace Slotwright.Pages.Resellers.Templates;

/// <summary>A report for people: what became of a template in the account of that name.</summary>
public sealed record AppliedView(TemplateApplied Applied, string ClientName);
