using Slotwright.Resellers;

namespace Slotwright.Pages;

/// <summary>Acting sessions and acts of one account.</summary>
/// <param name="Log">The newest first.</param>
/// <param name="Zone">In which times are read.</param>
/// <param name="Address">Of the page, without query.</param>
public sealed record AccessView(AccessLog Log, string Zone, string Address);
