using System.Collections.Concurrent;
using System.Reflection;

namespace Slotwright.Tenancy;

/// <summary>
/// The wall behind web: a call from outside the grains must carry a tenant that owns the key. Calls between grains were let in by
/// it already, and the silo's own services say so. A grain interface without a mark is refused.
/// </summary>
public sealed class TenantFilter : IIncomingGrainCallFilter
{
    private static readonly ConcurrentDictionary<Type, Mark> Marks = new();

    public Task Invoke(IIncomingGrainCallContext context)
    {
        var contract = context.InterfaceMethod?.DeclaringType;
        if (contract?.Namespace is not { } home || !(home == "Slotwright" || home.StartsWith("Slotwright.", StringComparison.Ordinal)))
        {
            return context.Invoke();
        }

        var mark = Marks.GetOrAdd(contract, static type => MarkOf(type));
        if (mark == Mark.None)
        {
            throw new ForeignTenantException($"{contract.Name} says not whose it is.");
        }

        if (context.SourceId is { } source && !source.IsClient() && !source.IsSystemTarget())
        {
            return context.Invoke();
        }

        switch (RequestContext.Get(Caller.OriginKey) as string)
        {
            case Caller.System:
                return context.Invoke();
            case Caller.Web when mark == Mark.Entrance:
                return context.Invoke();
            case Caller.Web when mark is Mark.Tenant or Mark.Reseller && Owns(context):
                return context.Invoke();
            default:
                throw new ForeignTenantException($"{contract.Name}.{context.MethodName} was called for another tenant.");
        }
    }

    private static bool Owns(IIncomingGrainCallContext context) =>
        RequestContext.Get(Caller.TenantKey) is int tenant && GrainKeys.AccountOf(context.TargetId.Key.ToString()!) == tenant;

    private static Mark MarkOf(Type contract) =>
        contract.GetCustomAttribute<TenantGrainAttribute>() is not null ? Mark.Tenant
        : contract.GetCustomAttribute<ResellerGrainAttribute>() is not null ? Mark.Reseller
        : contract.GetCustomAttribute<SystemGrainAttribute>() is not null ? Mark.System
        : contract.GetCustomAttribute<EntranceGrainAttribute>() is not null ? Mark.Entrance
        : typeof(IGrainObserver).IsAssignableFrom(contract) ? Mark.Entrance
        : Mark.None;

    private enum Mark
    {
        None,
        Tenant,
        Reseller,
        System,
        Entrance,
    }
}
