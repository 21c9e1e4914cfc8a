using System.Globalization;
using Microsoft.Extensions.Options;
using Slotwright.Platform;

namespace Slotwright.Team;

/// <summary>What a letter to a person is about; stored by number, apart from the numbers of changes.</summary>
public enum LetterKind
{
    PasswordReset = 101,
    PasswordChanged = 102,
    AccountActivation = 103,

    /// <summary>To the new address: agree.</summary>
    EmailAgreeAtNew = 104,

    /// <summary>To the present address: agree, or say that it was somebody else.</summary>
    EmailAgreeAtOld = 105,

    /// <summary>To the former address, with a link that sets it back.</summary>
    EmailChanged = 106,

    TwoStepOn = 107,
    TwoStepOff = 108,

    /// <summary>To a client's owner, in the name of the reseller whose id is the letter's detail.</summary>
    ClientPaused = 150,

    /// <summary>As <see cref="ClientPaused"/>.</summary>
    ClientResumed = 151,

    /// <summary>To the owner of the reseller that has the clients of another one now; the detail is that one's name.</summary>
    ResellersMerged = 152,

    /// <summary>To the owner of the reseller whose clients are another one's now; the detail is that one's name.</summary>
    ResellerMergedAway = 153,

    /// <summary>To who keeps an account's host name: its proof is gone, and it is served for some days yet.</summary>
    HostFailing = 125,

    /// <summary>To the same: it is served no more.</summary>
    HostGivenUp = 126,

    /// <summary>To the administrator of an account from now on, who has a login already.</summary>
    AdministratorNow = 121,

    /// <summary>To the administrator of an account until now.</summary>
    AdministratorNoMore = 122,

    /// <summary>To somebody who has a login: an account was opened with it by sign-up, whose name is the detail. In the platform's name.</summary>
    AccountOpened = 123,

    // To the account's administrator in its reseller's name, with a copy to the reseller.
    TrialStarted = 130,
    TrialEnding = 131,
    TrialEnded = 132,

    // To whoever pays, in the platform's name.
    SubscriptionTaken = 135,
    SubscriptionChanged = 136,
    SubscriptionRenewed = 137,
    PaymentFailed = 138,
    SubscriptionLapsed = 139,
    SubscriptionCancelled = 140,

    /// <summary>To somebody who has a login: a reseller made an account for them. Details are <see cref="Resellers.ClientNews"/>, as of those that follow.</summary>
    ClientOpened = 110,

    ClientAttached = 111,

    /// <summary>To the owner, in the platform's name.</summary>
    ClientDetached = 112,

    /// <summary>To the reseller that looked after it.</summary>
    ClientDetachedCopy = 113,

    /// <summary>To the former owner, in the reseller's name.</summary>
    ClientDeleted = 114,

    /// <summary>To the reseller.</summary>
    ClientDeletedCopy = 115,

    ResellerReverted = 116,
}

/// <summary>A letter with its delivery, to be stored in the transaction of what it tells of.</summary>
public sealed record PersonLetter
{
    public required int Id { get; init; }

    public required int DeliveryId { get; init; }

    /// <summary>Without angle brackets.</summary>
    public required string MessageId { get; init; }

    public required int PersonId { get; init; }

    /// <summary>In whose name when the person belongs to it; null: chosen from their accounts as it is stored.</summary>
    public required int? AccountId { get; init; }

    public required LetterKind Kind { get; init; }

    public required string Recipient { get; init; }

    public required string Language { get; init; }

    /// <summary>Empty: it carries no link of its own.</summary>
    public string LinkId { get; init; } = "";

    /// <summary>An address that it names, or what it tells of an account; may be empty.</summary>
    public string Detail { get; init; } = "";

    /// <summary>It is about an account that is gone, and in nobody else's name than its details say.</summary>
    public bool IsOfNoAccount => Kind == LetterKind.ClientDeleted;

    /// <summary>It goes out in the account's name although the person does not belong to it, such as a reseller's copy.</summary>
    public bool IsCopy { get; init; }

    /// <summary>Null: at once. Whether it is still wanted then is judged then.</summary>
    public NodaTime.Instant? DueAt { get; init; }
}

/// <summary>Writes letters: numbers them so that their Message-Id is known before they are stored.</summary>
public sealed class LetterDesk(IIds ids, IOptions<PlatformOptions> platform)
{
    private string Domain => platform.Value.NoReplyAddress.Split('@')[^1];

    public async Task<PersonLetter> Write(LetterKind kind, int personId, string recipient, LetterManner manner, string linkId = "", string detail = "")
    {
        ArgumentNullException.ThrowIfNull(manner);
        var (letter, delivery) = (await ids.Next(IdKind.Change), await ids.Next(IdKind.Delivery));
        return new PersonLetter
        {
            Id = letter,
            DeliveryId = delivery,
            MessageId = string.Create(CultureInfo.InvariantCulture, $"{delivery}.{letter}@{Domain}"),
            PersonId = personId,
            AccountId = manner.AccountId,
            Kind = kind,
            Recipient = recipient,
            Language = manner.Language is "en" or "fr" or "nl" ? manner.Language : "en",
            LinkId = linkId,
            Detail = detail,
        };
    }
}
