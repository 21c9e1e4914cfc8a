using Slotwright.WhiteLabel;

namespace Slotwright.Mail;

/// <summary>In whose name and by which server an account's mails go, as it stands now.</summary>
/// <param name="Lane">Of the server.</param>
/// <param name="Sender">Null: none is set.</param>
internal sealed record Sending(string Lane, SenderRow? Sender)
{
    public static readonly Sending ByPlatform = new(Outbox.PlatformLane, null);

    /// <summary>From, once the DNS of its domain shows our key; null: the platform's no-reply address.</summary>
    public string? From => Sender is not null && SenderRules.MayUse(Sender.Records) ? Sender.Address : null;

    /// <summary>Where customers' answers go when From is not the account's own; null: to its administrator. A sender for all clients is nobody's own.</summary>
    public string? AnswersTo => Sender is { Scope: WhiteLabelScope.Own } ? Sender.Address : null;
}

/// <summary>Says so for a delivery.</summary>
internal sealed class Sendings(IWhiteLabelStore store)
{
    /// <summary>
    /// A letter to a person about their login goes by the platform's server in every case: its link opens all that the person may, which
    /// is more than any one account's server should read.
    /// </summary>
    public async Task<Sending> Of(Delivery delivery)
    {
        if (delivery.AccountId == 0 || delivery.Role == DeliveryRole.Person)
        {
            return Sending.ByPlatform;
        }

        var row = await store.Sending(delivery.AccountId);
        return new Sending(row.Server is null ? Outbox.PlatformLane : OwnLane.Of(row.Server), row.Sender);
    }
}
