using System.Net.Mail;

namespace Slotwright;

/// <summary>Which e-mail addresses can be stored and written to: one plain address with a dotted domain, 254 characters at most.</summary>
public static class EmailAddresses
{
    public static bool IsValid(string? text)
    {
        var address = text?.Trim();
        return address is { Length: > 2 and <= 254 }
            && !address.Any(character => char.IsControl(character) || char.IsWhiteSpace(character) || character is '<' or '>' or '"' or ',' or ';' or '(' or ')')
            && MailAddress.TryCreate(address, out var parsed)
            && parsed.Address == address
            && parsed.User.Length <= 64
            && parsed.Host.Contains('.', StringComparison.Ordinal)
            && IsHostName(parsed.Host)
            && !parsed.Host.StartsWith('.') && !parsed.Host.EndsWith('.') && !parsed.Host.Contains("..", StringComparison.Ordinal);
    }

    /// <summary>A name, not an address in brackets or digits: those lead past name servers, into networks that are not the public's.</summary>
    public static bool IsHostName(string host) =>
        Uri.CheckHostName(host) == UriHostNameType.Dns
        && host.Split('.').All(label => !label.StartsWith('-') && !label.EndsWith('-'));
}
