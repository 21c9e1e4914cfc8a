using Slotwright.Accounts;

namespace Slotwright.Branding;

/// <summary>Whom a visitor of an account's pages may turn to. Addresses are links where they are of a known shape, else text.</summary>
public sealed record Contact
{
    /// <summary>The business itself, in its own words; empty when it gave none.</summary>
    public required string Business { get; init; }

    /// <summary>Who helps: the reseller of the account; null for a regular account.</summary>
    public required SupportDetails? Support { get; init; }

    /// <summary>The administrator's address: used only where there is nothing else.</summary>
    public required string LastResort { get; init; }

    public static Contact Of(AccountFace account) => new()
    {
        Business = account.Brand.Contact,
        Support = account.Support,
        LastResort = account.Brand.Contact.Length > 0 || account.Support is not null ? "" : account.OwnerEmail,
    };

    /// <summary>Null when the text is no web address that a page may link to.</summary>
    public static string? Website(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
            ? address.AbsoluteUri
            : null;

    /// <summary>Digits and a leading plus only, for a <c>tel:</c> link.</summary>
    public static string Dial(string phone) => string.Concat(phone.Where(character => char.IsAsciiDigit(character) || character == '+'));
}
