using Microsoft.Playwright;
using Slotwright.Browser;
using Slotwright.Processes;

[assembly: AssemblyFixture(typeof(Site))]

namespace Slotwright.Browser;

/// <summary>The running product with its demo world, and one Chromium, shared by every test of the assembly.</summary>
public sealed class Site : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    ];

    private readonly TemporaryFolder folder = new();
    private ProductProcess? product;
    private IPlaywright? playwright;
    private IBrowser? browser;

    public Uri Address => product!.Address!;

    public async ValueTask InitializeAsync()
    {
        product = ProductProcess.StartWeb(new Dictionary<string, string>
        {
            ["Storage__Directory"] = folder.Path,
            ["RateLimits__Enabled"] = "false",
        });
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Environment.GetEnvironmentVariable("SLOTWRIGHT_CHROMIUM") ?? "/usr/bin/chromium",
            Headless = true,
            Args = Flags,
        });
        await product.Ready(TestContext.Current.CancellationToken);
    }

    /// <summary>A visitor of their own: no cookies, the look's width and scheme, the language as the browser's only one.</summary>
    public async Task<Visit> Visit(Look look, string language = "en", bool scripts = true)
    {
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = Address.AbsoluteUri,
            ViewportSize = new() { Width = look.Width, Height = look.Width < 600 ? 740 : 900 },
            ColorScheme = look.Dark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = language,
            JavaScriptEnabled = scripts,
        });
        return await Browser.Visit.Begin(context, new Mails(Path.Combine(folder.Path, "outbox-mail")));
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null)
        {
            await browser.DisposeAsync();
        }

        playwright?.Dispose();
        if (product is not null)
        {
            await product.DisposeAsync();
        }

        folder.Dispose();
    }
}
