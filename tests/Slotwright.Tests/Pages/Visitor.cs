using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Slotwright.Pages;

/// <summary>A browser without scripts: follows redirects and links, keeps cookies, fills in and sends forms as they stand in the page.</summary>
public sealed class Visitor(Func<HttpMessageHandler> network, Uri start, string? language)
{
    private readonly Dictionary<string, string> cookies = [];

    public HttpResponseMessage Answer { get; private set; } = new();

    public IHtmlDocument Page { get; private set; } = new HtmlParser().ParseDocument("");

    /// <summary>As it came.</summary>
    public string Source { get; private set; } = "";

    public Uri Address { get; private set; } = start;

    public HttpStatusCode Status => Answer.StatusCode;

    public IReadOnlyDictionary<string, string> Cookies => cookies;

    /// <summary>Every Set-Cookie header so far.</summary>
    public List<string> SetCookies { get; } = [];

    /// <summary>Addresses without a host mean this one from now on.</summary>
    public void Via(string origin) => Address = new Uri(origin);

    public void Keep(string name, string value) => cookies[name] = value;

    public string Heading => Text("h1");

    public string Text(string selector) => (Page.QuerySelector(selector) ?? throw new InvalidOperationException($"{Address} has no {selector}")).TextContent.Trim();

    public Task<Visitor> Open(string address) => Send(HttpMethod.Get, new Uri(Address, address), null);

    public Task<Visitor> Follow(string selector) =>
        Open(Page.QuerySelector(selector)?.GetAttribute("href") ?? throw new InvalidOperationException($"{Address} has no link {selector}"));

    /// <summary>Fills in the form of a page by field name, and sends it by its button or another one of it.</summary>
    public Task<Visitor> Submit(string form, IReadOnlyDictionary<string, string>? typed = null, string? button = null)
    {
        var element = Page.QuerySelector(form) as IHtmlFormElement ?? throw new InvalidOperationException($"{Address} has no form {form}");
        var fields = element.QuerySelectorAll("input[name]:not([type=checkbox]), textarea[name], select[name]")
            .Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field switch
            {
                IHtmlTextAreaElement area => area.Value,
                IHtmlSelectElement select => select.Value ?? "",
                _ => field.GetAttribute("value") ?? "",
            }))
            .Concat(element.QuerySelectorAll("input[type=checkbox]").Where(box => box.HasAttribute("checked") || typed?.ContainsKey(box.GetAttribute("name")!) == true)
                .Select(box => KeyValuePair.Create(box.GetAttribute("name")!, box.GetAttribute("value") ?? "on")))
            .Select(field => typed is not null && typed.TryGetValue(field.Key, out var value) ? KeyValuePair.Create(field.Key, value) : field)
            .ToList();
        var pressed = button is null ? null : Page.QuerySelector(button) ?? throw new InvalidOperationException($"{Address} has no button {button}");
        if (pressed?.GetAttribute("name") is { } name)
        {
            fields.Add(KeyValuePair.Create(name, pressed.GetAttribute("value") ?? ""));
        }

        return Post(pressed?.GetAttribute("formaction") ?? element.GetAttribute("action") ?? Address.PathAndQuery, fields);
    }

    public Task<Visitor> Post(string address, IEnumerable<KeyValuePair<string, string>> fields) =>
        Send(HttpMethod.Post, new Uri(Address, address), new FormUrlEncodedContent(fields));

    public Task<Visitor> PostRaw(string address, string body) =>
        Send(HttpMethod.Post, new Uri(Address, address), new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/x-www-form-urlencoded")));

    public async Task<Visitor> SignIn(string login, string password)
    {
        await Open("/signin");
        return await Submit("main form", new Dictionary<string, string> { ["login"] = login, ["password"] = password });
    }

    /// <summary>One request, no redirect followed.</summary>
    public async Task<HttpResponseMessage> Ask(HttpMethod method, Uri address, HttpContent? body = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = body };
        if (cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }

        if (language is not null)
        {
            request.Headers.Add("Accept-Language", language);
        }

        using var client = new HttpClient(network());
        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        foreach (var set in answer.Headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            SetCookies.Add(set);
            var (name, value) = (set[..set.IndexOf('=', StringComparison.Ordinal)], set[(set.IndexOf('=', StringComparison.Ordinal) + 1)..].Split(';')[0]);
            if (value.Length == 0)
            {
                cookies.Remove(name);
            }
            else
            {
                cookies[name] = value;
            }
        }

        return answer;
    }

    /// <summary>One request with its redirects followed.</summary>
    public async Task<Visitor> Send(HttpMethod method, Uri address, HttpContent? body)
    {
        var answer = await Ask(method, address, body);
        for (var hops = 0; hops < 6 && (int)answer.StatusCode is 302 or 303 or 308; hops++)
        {
            address = new Uri(address, answer.Headers.Location!);
            answer = await Ask(HttpMethod.Get, address);
        }

        (Answer, Address, Source) = (answer, address, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Page = new HtmlParser().ParseDocument(Source);
        return this;
    }
}
