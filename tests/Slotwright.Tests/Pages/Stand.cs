using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Slotwright.Pages;

/// <summary>
/// Lets a plain object stand for a grain: calls of the contract go to its methods of the same name. A class that implemented the
/// contract itself would be taken for a grain by every silo of this assembly's tests.
/// </summary>
public class Stand : DispatchProxy
{
    private object target = new();

    public static object For(Type contract, object target)
    {
        var stand = (Stand)Create(contract, typeof(Stand));
        stand.target = target;
        return stand;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var method = target.GetType().GetMethod(targetMethod!.Name) ?? throw new NotSupportedException($"{target.GetType().Name} has no {targetMethod.Name}.");
        try
        {
            return method.Invoke(target, args);
        }
        catch (TargetInvocationException wrapped)
        {
            ExceptionDispatchInfo.Throw(wrapped.InnerException!);
            throw;
        }
    }
}
