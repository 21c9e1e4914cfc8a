namespace Slotwright.Pages.Booking;

/// <summary>Hosts of mail addresses that nearly everyone means when they type something close to them.</summary>
public static class MailHosts
{
    private static readonly string[] Known =
    [
        "gmail.com", "googlemail.com", "hotmail.com", "hotmail.fr", "hotmail.nl", "hotmail.be", "hotmail.co.uk", "outlook.com", "outlook.fr", "outlook.be",
        "live.com", "live.nl", "live.be", "live.fr", "yahoo.com", "yahoo.fr", "yahoo.co.uk", "icloud.com", "me.com", "msn.com", "aol.com", "gmx.net", "gmx.com",
        "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "sfr.fr", "ziggo.nl", "kpnmail.nl", "planet.nl", "telenet.be", "skynet.be", "proximus.be",
        "btinternet.com", "proton.me", "protonmail.com",
    ];

    /// <summary>The address with the host that it is one slip away from; null when it is a known one, or near none.</summary>
    public static string? Meant(string email)
    {
        var at = email.LastIndexOf('@');
        var host = email[(at + 1)..].ToLowerInvariant();
        return at < 1 || Known.Contains(host) || Array.Find(Known, known => IsOneSlip(host, known)) is not { } meant ? null : email[..(at + 1)] + meant;
    }

    /// <summary>One letter too many, too few or another, or two of them changed over. Short names are too close to one another to tell.</summary>
    private static bool IsOneSlip(string typed, string known)
    {
        if (known.Length < 8 || Math.Abs(typed.Length - known.Length) > 1)
        {
            return false;
        }

        var same = 0;
        while (same < typed.Length && same < known.Length && typed[same] == known[same])
        {
            same++;
        }

        var left = typed.AsSpan(same);
        var right = known.AsSpan(same);
        return typed.Length > known.Length ? left[1..].SequenceEqual(right)
            : typed.Length < known.Length ? left.SequenceEqual(right[1..])
            : left.Length > 0 && (left[1..].SequenceEqual(right[1..])
                || (left.Length > 1 && left[0] == right[1] && left[1] == right[0] && left[2..].SequenceEqual(right[2..])));
    }
}
