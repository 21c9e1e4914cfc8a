using Orleans.Concurrency;

namespace Slotwright.Billing;

/// <summary>Hands what was reported to the provider, which alone can tell whether it is true.</summary>
[StatelessWorker, GrainType("payment-reports")]
public sealed class PaymentReportsGrain(IPaymentProvider provider) : Grain, IPaymentReportsGrain
{
    public Task<PaymentReportAnswer> Receive(PaymentReport report) => provider.Receive(report);
}
