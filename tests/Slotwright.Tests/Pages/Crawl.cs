using System.Text.RegularExpressions;

namespace Slotwright.Pages;

/// <summary>
/// Follows every link of a site from some addresses on: pages, forms that only ask, styles, scripts, pictures. Of addresses that differ in
/// numbers, tokens or values alone, a few stand for all. New pages come by themselves.
/// </summary>
public sealed partial class Crawl(Visitor visitor, params string[] seeds)
{
    private const int OfOneKind = 2;
    private const int MostAddresses = 600;

    private readonly Queue<Uri> waiting = new();
    private readonly Dictionary<string, int> kinds = [];

    /// <summary>The visitor at each address in turn.</summary>
    public async IAsyncEnumerable<Visitor> Walk()
    {
        foreach (var seed in seeds)
        {
            Meet(new Uri(visitor.Address, seed));
        }

        var opened = 0;
        while (waiting.TryDequeue(out var address))
        {
            Assert.True(++opened <= MostAddresses, "The site has no end.");
            await visitor.Open(address.PathAndQuery);
            yield return visitor;
            if (IsPage(visitor))
            {
                foreach (var link in Links(visitor))
                {
                    Meet(link);
                }
            }
        }
    }

    public static bool IsPage(Visitor visitor) => visitor.Answer.Content.Headers.ContentType?.MediaType == "text/html";

    /// <summary>Where the page leads by itself or by a press that changes nothing; other hosts are left out.</summary>
    private static IEnumerable<Uri> Links(Visitor visitor) => visitor.Page
        .QuerySelectorAll("a[href], link[href], script[src], img[src], source[src], form:not([method=post])[action]")
        .Select(element => element.GetAttribute("href") ?? element.GetAttribute("src") ?? element.GetAttribute("action")!)
        .Where(address => !address.StartsWith('#') && !address.StartsWith("mailto:", StringComparison.Ordinal) && !address.StartsWith("tel:", StringComparison.Ordinal) && !address.StartsWith("data:", StringComparison.Ordinal))
        .Select(address => new Uri(visitor.Address, address))
        .Where(address => address.Host == visitor.Address.Host);

    private void Meet(Uri address)
    {
        var path = Token().Replace(Number().Replace(address.AbsolutePath, "/#"), "/*");
        var keys = System.Web.HttpUtility.ParseQueryString(address.Query).AllKeys.Order(StringComparer.Ordinal).ToList();
        var kind = $"{path}?{string.Join('&', keys)}";
        if (keys.Contains("lang"))
        {
            // The same page in another language, and a cookie that keeps it.
            return;
        }

        var met = kinds.GetValueOrDefault(kind);
        if (met < OfOneKind && !waiting.Contains(address))
        {
            kinds[kind] = met + 1;
            waiting.Enqueue(address);
        }
    }

    [GeneratedRegex(@"/\d+")]
    private static partial Regex Number();

    [GeneratedRegex("/[A-Za-z0-9_-]{20,}")]
    private static partial Regex Token();
}
