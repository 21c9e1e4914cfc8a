namespace Slotwright.Tenancy;

/// <summary>The grain belongs to one account: a call from outside the grains must carry that account as its tenant.</summary>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class TenantGrainAttribute : Attribute;

/// <summary>The grain belongs to one reseller: a call from outside the grains must carry that reseller, or a client of it as tenant.</summary>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class ResellerGrainAttribute : Attribute;

/// <summary>The grain serves the platform's own processes: a call from web is refused.</summary>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class SystemGrainAttribute : Attribute;

/// <summary>
/// The grain is asked before a tenant is known, in order to find it: names, keys, sign-in. It answers ids and yes or no, never a
/// tenant's data.
/// </summary>
[AttributeUsage(AttributeTargets.Interface)]
public sealed class EntranceGrainAttribute : Attribute;
