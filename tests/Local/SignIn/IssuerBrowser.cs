using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace IntegrationHub.Local.Tests.SignIn;

/// <summary>
/// A browser that goes between the hub and an issuer: it keeps cookies for each of them, follows redirects, and sends the form with which an
/// issuer hands a token on. It reaches the hub under its public address, as people do behind a TLS proxy.
/// </summary>
internal sealed class IssuerBrowser(Uri hub) : IDisposable
{
    private const int MaxSteps = 20;

    private readonly HttpClient client = new(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
    private readonly Dictionary<(string Host, string Name), string> cookies = [];

    /// <summary>Where the last answer came from.</summary>
    internal Uri At { get; private set; } = new(SignInHub.Address);

    /// <summary>Names of the hub's cookies that it holds.</summary>
    internal IEnumerable<string> Cookies => cookies.Keys.Where(key => key.Host == new Uri(SignInHub.Address).Host).Select(key => key.Name);

    /// <summary>Opens a page and follows whatever leads on from it.</summary>
    internal async Task<(HttpStatusCode Status, IHtmlDocument Page)> OpenAsync(string address)
    {
        using var answer = await FollowAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(At, address)));
        return (answer.StatusCode, await ReadAsync(answer));
    }

    /// <summary>Opens one address and follows nothing.</summary>
    internal Task<HttpResponseMessage> OnceAsync(string address) => SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri(At, address)));

    /// <summary>Sends a form of a page with some fields typed over, and follows whatever leads on.</summary>
    internal async Task<(HttpStatusCode Status, IHtmlDocument Page)> PostAsync(IHtmlDocument page, string form, params (string Name, string Value)[] typed)
    {
        var element = (IHtmlFormElement)page.QuerySelector(form)!;
        var fields = Workspace.Desk.FieldsOf(element);
        foreach (var (name, value) in typed)
        {
            fields[name] = value;
        }

        using var answer = await FollowAsync(new HttpRequestMessage(HttpMethod.Post, new Uri(At, element.GetAttribute("action")!)) { Content = new FormUrlEncodedContent(fields) });
        return (answer.StatusCode, await ReadAsync(answer));
    }

    /// <summary>Takes the cookies of another one.</summary>
    internal void Take(IssuerBrowser other)
    {
        foreach (var (key, value) in other.cookies)
        {
            cookies[key] = value;
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<HttpResponseMessage> FollowAsync(HttpRequestMessage request)
    {
        for (var step = 0; step < MaxSteps; step++)
        {
            var answer = await SendAsync(request);
            if ((int)answer.StatusCode is 301 or 302 or 303 && answer.Headers.Location is { } to)
            {
                answer.Dispose();
                request = new HttpRequestMessage(HttpMethod.Get, new Uri(At, to));
                continue;
            }

            if (At.Host == "127.0.0.1" && answer.Content.Headers.ContentType?.MediaType == "text/html")
            {
                // The issuer's form, which a browser sends at once.
                var form = (IHtmlFormElement)(await ReadAsync(answer)).QuerySelector("form")!;
                request = new HttpRequestMessage(HttpMethod.Post, form.GetAttribute("action")) { Content = new FormUrlEncodedContent(Workspace.Desk.FieldsOf(form)) };
                answer.Dispose();
                continue;
            }

            return answer;
        }

        throw new InvalidOperationException($"After {MaxSteps} steps it still leads on: {At.AbsolutePath}");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request)
    {
        At = request.RequestUri!;
        var host = At.Host;
        request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", cookies.Where(cookie => cookie.Key.Host == host).Select(cookie => $"{cookie.Key.Name}={cookie.Value}")));
        if (host == new Uri(SignInHub.Address).Host)
        {
            request.RequestUri = new Uri(hub, At.PathAndQuery);
        }

        var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        foreach (var line in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var pair = line.Split(';')[0].Split('=', 2);
            if (line.Contains("expires=Thu, 01 Jan 1970", StringComparison.OrdinalIgnoreCase))
            {
                cookies.Remove((host, pair[0]));
            }
            else
            {
                cookies[(host, pair[0])] = pair[1];
            }
        }

        return answer;
    }

    private static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) =>
        await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}
