using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Slotwright.Accounts;
using Slotwright.Pages;

namespace Slotwright.Tenancy;

/// <summary>
/// The product as it stands on the open net: https with a throw-away certificate, the platform at <see cref="PlatformHost"/>, and two
/// accounts on hosts of their own. Every name leads to it.
/// </summary>
public sealed class HostedProduct : IAsyncDisposable
{
    public const string PlatformHost = "book.example";
    public const string BarberHost = "book.corner-barber.example";
    public const string YogaHost = "yoga.harbour.example";

    private readonly X509Certificate2 certificate;

    private HostedProduct(Product product, X509Certificate2 certificate) => (Product, this.certificate) = (product, certificate);

    public Product Product { get; }

    public static async Task<HostedProduct> Start(params string[] settings)
    {
        var certificate = NewCertificate();
        var product = await Product.Start(
            builder => builder.WebHost.ConfigureKestrel(server => server.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate)),
            ["--urls=https://127.0.0.1:0", "--environment=Staging", $"--Platform:BaseUrl=https://{PlatformHost}", "--Demo:Enabled=true", .. settings]);
        var hosted = new HostedProduct(product, certificate);
        Assert.True(await hosted.Map(BarberHost, "corner-barber"));
        Assert.True(await hosted.Map(YogaHost, "harbour-yoga"));
        return hosted;
    }

    public async Task<bool> Map(string host, string account) =>
        await Accounts.MapHost(host, await Id(account), Product.Clock.GetCurrentInstant());

    public async Task<bool> Unmap(string host, string account) =>
        await Accounts.UnmapHost(host, await Id(account), Product.Clock.GetCurrentInstant());

    /// <summary>A browser that finds this server under every name and port.</summary>
    public Visitor Visitor(string host, string? language = "en") => new(Network, new Uri($"https://{host}/"), language);

    public HttpClient Client(string host) => new(Network()) { BaseAddress = new Uri($"https://{host}/") };

    /// <summary>The address of the page that shows the customer's new appointment, whole.</summary>
    public static async Task<Uri> Book(Visitor visitor, string page, string at, string email = "ada@example.com")
    {
        await visitor.Open($"{page}/book?at={Uri.EscapeDataString(at)}");
        await visitor.Submit("#booking", new Dictionary<string, string> { ["Name"] = "Ada", ["Email"] = email });
        Assert.True(visitor.Status == HttpStatusCode.OK && visitor.Address.AbsolutePath.Contains("/appointment/", StringComparison.Ordinal), $"{visitor.Status} at {visitor.Address}: {visitor.Source}");
        return visitor.Address;
    }

    public async ValueTask DisposeAsync()
    {
        await Product.DisposeAsync();
        certificate.Dispose();
    }

    private IAccountStore Accounts => Product.Services.GetRequiredService<IAccountStore>();

    private async Task<int> Id(string account) => (await Accounts.FindByName(Names.Fold(account)))!.AccountId;

    private SocketsHttpHandler Network()
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
#pragma warning disable CA5359 // The certificate was made a moment ago, for this server.
        handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        handler.ConnectCallback = async (_, cancellation) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, Product.Address.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        };
        return handler;
    }

    private static X509Certificate2 NewCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=throw-away", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        foreach (var name in new[] { PlatformHost, BarberHost, YogaHost, "localhost" })
        {
            names.AddDnsName(name);
        }

        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, new DateTimeOffset(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
