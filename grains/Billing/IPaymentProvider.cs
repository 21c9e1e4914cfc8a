namespace Slotwright.Billing;

/// <summary>
/// How money comes in. Without a provider everything is paid by invoice: charges are due on the statement, and an operator notes what came.
/// A provider is never called inside a transaction.
/// </summary>
public interface IPaymentProvider
{
    bool TakesCards { get; }

    /// <summary>The provider's page on which a card is left; null: there is no provider, or it does not answer.</summary>
    Task<ProviderPage?> LeaveCard(PayingAccount payer, string returnUrl);

    /// <summary>The provider's page for cards and receipts of a payer that has been there; null: it has not, or as above.</summary>
    Task<ProviderPage?> Portal(int payerId, string returnUrl);

    /// <summary>Verifies and takes what the provider reports.</summary>
    Task<PaymentReportAnswer> Receive(PaymentReport report);

    /// <summary>Takes charges that are due from cards. Answers how many it tried.</summary>
    Task<int> Collect(CancellationToken stopping);
}

/// <param name="AccountId">The payer's account.</param>
/// <param name="Name">As in its address.</param>
/// <param name="Email">Where receipts go.</param>
public sealed record PayingAccount(int AccountId, string Name, string Email);

/// <summary>No provider.</summary>
public sealed class ByInvoice : IPaymentProvider
{
    public bool TakesCards => false;

    public Task<ProviderPage?> LeaveCard(PayingAccount payer, string returnUrl) => Task.FromResult<ProviderPage?>(null);

    public Task<ProviderPage?> Portal(int payerId, string returnUrl) => Task.FromResult<ProviderPage?>(null);

    public Task<PaymentReportAnswer> Receive(PaymentReport report) => Task.FromResult(PaymentReportAnswer.Refused);

    public Task<int> Collect(CancellationToken stopping) => Task.FromResult(0);
}
