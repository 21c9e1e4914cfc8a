using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Slotwright.Accounts;

namespace Slotwright.Processes;

/// <summary>
/// Debian's Caddy with the file of <c>deploy/</c> and its own authority stands before the product: it makes certificates for hosts that are
/// proven and for no others. <c>tests/run.sh</c> installs it.
/// </summary>
public sealed class CaddyTests
{
    private const string Own = "book.corner-barber.example";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact, Trait("Requirement", "16"), Trait("Fault", "41")]
    public async Task A_proven_host_gets_a_certificate_as_the_first_visitor_comes_and_nobody_elses_does()
    {
        await using var product = await Product.Start(null, "--environment=Staging", "--Platform:BaseUrl=https://book.example", "--Demo:Enabled=true");
        var accounts = product.Services.GetRequiredService<IAccountStore>();
        Assert.True(await accounts.MapHost(Own, (await accounts.FindByName(Names.Fold("corner-barber")))!.AccountId, product.Clock.GetCurrentInstant()));
        using var folder = new TemporaryFolder();
        var port = ProductProcess.FreePort();
        using var caddy = Start(folder.Path, product.Address, port);
        try
        {
            Assert.Equal((HttpStatusCode.OK, true), await Answers("book.example", port));
            Assert.Equal((HttpStatusCode.OK, true), await Answers(Own, port));

            // Not for anybody's name that leads here, and the proxy hands no question of that kind on.
            foreach (var host in new[] { "nobody.example", "x.book.example", "yoga.harbour.example" })
            {
                await Assert.ThrowsAsync<HttpRequestException>(() => Ask(host, port, "/"));
            }

            Assert.Equal(HttpStatusCode.NotFound, (await Ask("book.example", port, $"/internal/tls-allowed?domain={Own}")).Status);
        }
        finally
        {
            caddy.Kill(entireProcessTree: true);
            await caddy.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
    }

    private static Process Start(string folder, Uri upstream, int port)
    {
        var start = new ProcessStartInfo("caddy") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { "run", "--config", Path.Combine(ProductProcess.Sources, "deploy", "Caddyfile"), "--adapter", "caddyfile" })
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["PLATFORM_HOST"] = "book.example",
            ["UPSTREAM"] = upstream.Authority,
            ["TLS_ISSUER"] = "internal",
            ["HTTPS_PORT"] = port.ToString(CultureInfo.InvariantCulture),
            ["HTTP_PORT"] = ProductProcess.FreePort().ToString(CultureInfo.InvariantCulture),
            ["ADMIN"] = "off",
            ["HOME"] = folder,
            ["XDG_DATA_HOME"] = folder,
            ["XDG_CONFIG_HOME"] = folder,
        })
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;

        // Nobody reads along; a full pipe would stop it.
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Once it listens.</summary>
    private static async Task<(HttpStatusCode Status, bool ByCaddy)> Answers(string host, int port)
    {
        (HttpStatusCode, bool) answer = default;
        await Eventually.Holds(
            async () =>
            {
                try
                {
                    answer = await Ask(host, port, "/");
                    return true;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            },
            Patience,
            $"{host} answers");
        return answer;
    }

    private static async Task<(HttpStatusCode Status, bool ByCaddy)> Ask(string host, int port, string path)
    {
        var byCaddy = false;
        using var network = new SocketsHttpHandler { AllowAutoRedirect = true };
        network.SslOptions.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
#pragma warning disable CA5359 // Its authority is as old as this test.
        network.SslOptions.RemoteCertificateValidationCallback = (_, certificate, _, _) =>
        {
            byCaddy = certificate!.Issuer.Contains("Caddy Local Authority", StringComparison.Ordinal);
            return true;
        };
#pragma warning restore CA5359
        network.ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        };
        using var client = new HttpClient(network);
        using var answer = await client.GetAsync(new Uri($"https://{host}{path}"), TestContext.Current.CancellationToken);
        return (answer.StatusCode, byCaddy);
    }
}
