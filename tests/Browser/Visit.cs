using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Slotwright.Browser;

/// <summary>One visitor's tab. Notes whatever the browser complains about while pages are opened.</summary>
public sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> complaints = new();

    private Visit(IBrowserContext context, IPage page, Mails mails)
    {
        this.context = context;
        Mails = mails;
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                complaints.Enqueue($"{message.Text} ({page.Url})");
            }
        };
        page.Request += (_, request) =>
        {
            // The first request of a page names its host; whatever else it asks for comes from there too.
            if (Uri.TryCreate(request.Url, UriKind.Absolute, out var asked) && asked.Scheme is "http" or "https" or "ws" or "wss"
                && !request.IsNavigationRequest && Uri.TryCreate(page.Url, UriKind.Absolute, out var shown) && asked.Authority != shown.Authority)
            {
                complaints.Enqueue($"A third party is asked: {request.Url} ({page.Url})");
            }
        };
        page.PageError += (_, error) => complaints.Enqueue($"{error} ({page.Url})");
    }

    public IPage Page { get; }

    /// <summary>Origin of another product than the shared one, without a slash at its end; null: the shared one.</summary>
    public string? Base { get; set; }

    /// <summary>What the product mails, to whomever.</summary>
    public Mails Mails { get; }

    /// <summary>Errors and warnings of scripts, the content policy and missing files; empty on a sound page.</summary>
    public IReadOnlyCollection<string> Complaints => complaints;

    public static async Task<Visit> Begin(IBrowserContext context, Mails mails) => new(context, await context.NewPageAsync(), mails);

    /// <summary>Opens a path of the site and answers the status.</summary>
    public async Task<int> Open(string path)
    {
        var answer = await Page.GotoAsync(Base + path, new() { WaitUntil = WaitUntilState.Load });
        return answer!.Status;
    }

    /// <summary>Signs in by the form, as a person does.</summary>
    public async Task SignIn(string login, string password)
    {
        await Open("/signin");
        await Page.FillAsync("[name=login]", login);
        await Page.FillAsync("[name=password]", password);
        await Tour.Submit(Page, "main form.fields", "main form.fields button[type=submit]");
    }

    /// <summary>
    /// What WCAG 2.2 AA, as far as axe can judge it, holds against the page as it stands: one line a rule with the elements; empty
    /// when nothing.
    /// </summary>
    public async Task<IReadOnlyList<string>> AccessibilityFaults()
    {
        var result = await Page.RunAxe(new AxeRunOptions
        {
            RunOnly = new RunOnlyOptions
            {
                Type = "tag",
                Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
            },
        });
        return [.. result.Violations.Select(fault => $"{fault.Id}: {fault.Help} — {string.Join(" | ", fault.Nodes.Select(node => node.Html))}")];
    }

    /// <summary>Pixels by which the page is wider than the window; 0 when nothing scrolls sideways.</summary>
    public Task<int> SidewaysOverflow() =>
        Page.EvaluateAsync<int>("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)");

    public async ValueTask DisposeAsync() => await context.DisposeAsync();
}
