using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using QRCoder;
using Slotwright.Team;

namespace Slotwright.Pages.Me;

/// <summary>An authenticator's secret as apps take it: a QR code as vector drawing, and groups of letters for typing.</summary>
public static class AppCode
{
    /// <summary>As authenticator apps read it.</summary>
    public static string Address(AuthenticatorSetUp setUp, string issuer)
    {
        ArgumentNullException.ThrowIfNull(setUp);
        var name = Uri.EscapeDataString(issuer);
        return $"otpauth://totp/{name}:{Uri.EscapeDataString(setUp.Account)}?secret={setUp.Secret}&issuer={name}&algorithm=SHA1&digits=6&period=30";
    }

    /// <summary>"ABCD EFGH …".</summary>
    public static string InGroups(string secret) => string.Join(' ', secret.Chunk(4).Select(group => new string(group)));

    /// <summary>The code of <see cref="Address"/>; dark on light in both schemes, for cameras.</summary>
    public static IHtmlContent Picture(AuthenticatorSetUp setUp, string issuer, string label)
    {
        using var data = QRCodeGenerator.GenerateQrCode(Address(setUp, issuer), QRCodeGenerator.ECCLevel.M);
        var rows = data.ModuleMatrix;
        var path = new StringBuilder();
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows[y].Count; x++)
            {
                if (rows[y][x])
                {
                    path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
                }
            }
        }

        return new HtmlString(string.Create(
            CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 {rows.Count} {rows.Count}\" role=\"img\" aria-label=\"{HtmlEncoder.Default.Encode(label)}\" shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{rows.Count}v{rows.Count}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"));
    }
}
