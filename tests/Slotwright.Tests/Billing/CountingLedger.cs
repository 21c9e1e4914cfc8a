using System.Reflection;

namespace Slotwright.Billing;

/// <summary>A ledger that notes each month up to which statements are numbered.</summary>
public class CountingLedger : DispatchProxy
{
    private ILedgerStore ledger = null!;

    public IList<string> Months { get; } = [];

    public static ILedgerStore Of(ILedgerStore ledger)
    {
        var counting = Create<ILedgerStore, CountingLedger>();
        ((CountingLedger)(object)counting).ledger = ledger;
        return counting;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        ArgumentNullException.ThrowIfNull(targetMethod);
        if (targetMethod.Name == nameof(ILedgerStore.Issue))
        {
            Months.Add((string)args![0]!);
        }

        return targetMethod.Invoke(ledger, args);
    }
}
