using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace Slotwright.Processes;

/// <summary>A person with a browser's cookies, who fills forms as they stand.</summary>
public sealed class DemoPerson : IDisposable
{
    private readonly HttpClient http;

    public DemoPerson(Uri address) =>
        http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = true }) { BaseAddress = address };

    /// <summary>The status of a page.</summary>
    public async Task<HttpStatusCode> Open(Uri page)
    {
        // A page that asks to sign in first is not the page.
        using var answer = await http.GetAsync(page);
        return answer.RequestMessage!.RequestUri!.AbsolutePath == page.AbsolutePath ? answer.StatusCode : HttpStatusCode.Unauthorized;
    }

    /// <summary>Fills the form of /signin and sends it; the status of the page it leads to.</summary>
    public async Task<HttpStatusCode> SignIn(string login, string password)
    {
        var page = await new HtmlParser().ParseDocumentAsync(await http.GetStringAsync(new Uri("/signin", UriKind.Relative)));
        var form = page.QuerySelectorAll("form").OfType<IHtmlFormElement>().Single(form => form.QuerySelector("input[type=password]") is not null);
        var fields = form.QuerySelectorAll("input").OfType<IHtmlInputElement>().Where(input => !string.IsNullOrEmpty(input.Name)).Select(input =>
            KeyValuePair.Create(input.Name!, input.Type switch { "password" => password, "hidden" => input.Value, "checkbox" or "submit" => input.Value, _ => login }));
        using var answer = await http.PostAsync(new Uri("/signin", UriKind.Relative), new FormUrlEncodedContent(fields));
        return answer.RequestMessage!.RequestUri!.AbsolutePath == "/signin" ? HttpStatusCode.Unauthorized : answer.StatusCode;
    }

    public void Dispose() => http.Dispose();
}
