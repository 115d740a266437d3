using System.Net;
using System.Net.Sockets;
using System.Text;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>A body that cannot be read as a form is answered by a page that says what is wrong, at every address that takes one, and never with 500.</summary>
public sealed class UnreadableFormTests
{
    private const string UrlEncoded = "application/x-www-form-urlencoded";

    private static readonly (string What, HttpStatusCode Status, Func<HttpContent> Body)[] Bodies =
    [
        ("too many fields", HttpStatusCode.RequestEntityTooLarge, () => Of(UrlEncoded, string.Join('&', Enumerable.Range(0, ReadableForms.MaxFields + 1).Select(n => $"f{n}=x")))),
        ("too long a name", HttpStatusCode.RequestEntityTooLarge, () => Of(UrlEncoded, $"{new string('n', 3000)}=x")),
        ("too many files", HttpStatusCode.RequestEntityTooLarge, () => Of("multipart/form-data; boundary=b", string.Concat(Enumerable.Repeat("--b\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n\r\n", ReadableForms.MaxFields + 1)) + "--b--\r\n")),
        ("no boundary", HttpStatusCode.BadRequest, () => Of("multipart/form-data", "--b\r\n\r\n--b--\r\n")),
        ("a part cut off", HttpStatusCode.BadRequest, () => Of("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=f\r\n\r\nhalf of wh")),
        ("a disposition that is none", HttpStatusCode.BadRequest, () => Of("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: ;;=\"\r\n\r\nx\r\n--b--\r\n")),
        ("a character that is none", HttpStatusCode.BadRequest, () => Of(UrlEncoded, "f=%00")),
        ("no form", HttpStatusCode.UnsupportedMediaType, () => Of("text/plain", "hello")),
        ("JSON", HttpStatusCode.UnsupportedMediaType, () => Of("application/json", "{}")),
        ("no type", HttpStatusCode.UnsupportedMediaType, () => Of("", "x")),
        ("a type that is none", HttpStatusCode.UnsupportedMediaType, () => Of("///;;;", "x")),
    ];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/workspace/new")]
    [InlineData("/workspace/bulk")]
    [InlineData("/workspace/cases/{id}/steps/record-document")]
    [InlineData("/workspace/cases/{id}/plan/word")]
    public async Task A_page_says_what_is_wrong_with_the_form_and_that_nothing_was_saved(string address)
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.TeamManager);
        foreach (var (what, status, body) in Bodies)
        {
            using var content = body();
            using var answer = await desk.PostAsync(address.Replace("{id}", hub.Late.Value, StringComparison.Ordinal), content);

            Assert.Equal((what, status), (what, answer.StatusCode));
            var page = await Desk.ReadAsync(answer);
            Assert.Contains("othing was saved or sent", page.QuerySelector("main")!.TextContent, StringComparison.Ordinal);
            Assert.StartsWith("Error: ", page.Title, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/ask/330")]
    [InlineData("/ask/330/file")]
    [InlineData("/ask/330/request")]
    public async Task A_family_without_an_account_is_told_the_same(string address)
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var family = Desk.SignedOut(hub);
        foreach (var (what, status, body) in Bodies.Where(one => one.Status != HttpStatusCode.UnsupportedMediaType))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = body() };
            request.Headers.ConnectionClose = true;
            using var answer = await family.Client.SendAsync(request, Stop);

            Assert.Equal((what, status), (what, answer.StatusCode));
            Assert.Contains("othing was saved or sent", (await Desk.ReadAsync(answer)).QuerySelector("main")!.TextContent, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_form_of_more_fields_than_the_framework_takes_by_itself_is_read()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.TeamManager);
        using var content = Of(UrlEncoded, $"reason=Kept&{string.Join('&', Enumerable.Range(0, 3000).Select(n => $"f{n}=x"))}");

        using var answer = await desk.PostAsync($"/workspace/cases/{hub.Late}/steps/record-note", content);

        // Sent without the page's token, so the form is shown again.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
    }

    [Fact]
    public async Task No_address_that_takes_a_body_answers_any_of_these_with_a_fault_of_the_hub()
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var desk = await Desk.SignInAsync(hub, OfficerRole.TeamManager);
        using var stranger = Desk.SignedOut(hub);
        var wrong = new List<string>();
        var routes = hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .SelectMany(route => (route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["POST"]).Where(method => method is "POST" or "PUT" or "PATCH").Select(method => (route, method))).ToList();
        Assert.True(routes.Count > 60, $"{routes.Count} routes");
        foreach (var (route, method) in routes)
        {
            foreach (var by in new[] { desk, stranger })
            {
                foreach (var (what, _, body) in Bodies.Where((_, n) => by == desk || n is 0 or 3 or 4 or 7))
                {
                    using var request = new HttpRequestMessage(HttpMethod.Parse(method), AddressOf(route, hub)) { Content = body() };

                    // The hub closes a connection whose body it has not read to its end, so the next request needs one of its own.
                    request.Headers.ConnectionClose = true;
                    try
                    {
                        using var answer = await by.Client.SendAsync(request, Stop);
                        if ((int)answer.StatusCode >= 500)
                        {
                            wrong.Add($"{method} {route.RoutePattern.RawText}, {what}: {(int)answer.StatusCode}");
                        }
                    }
                    catch (HttpRequestException none)
                    {
                        wrong.Add($"{method} {route.RoutePattern.RawText}, {what}: {none.InnerException?.Message}");
                    }
                }
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Theory]
    [InlineData("GET /workspace HTTP/1.1\r\nHost: h\r\nX-Long: {40000}\r\n\r\n", 431)]
    [InlineData("GET /workspace?q={40000} HTTP/1.1\r\nHost: h\r\n\r\n", 414)]
    [InlineData("POST /workspace/new HTTP/1.1\r\nHost: h\r\nContent-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400)]
    [InlineData("POST /v1/cases HTTP/1.1\r\nHost: h\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 401)]
    public async Task What_breaks_the_rules_of_HTTP_is_refused_as_that(string request, int status)
    {
        await using var hub = await MonitoredHub.StartAsync();
        using var socket = new TcpClient();
        await socket.ConnectAsync(hub.Address.Host, hub.Address.Port, Stop);
        await using var stream = socket.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes(request.Replace("{40000}", new string('x', 40_000), StringComparison.Ordinal).Replace("Host: h", $"Host: {hub.Address.Authority}", StringComparison.Ordinal)), Stop);
        using var reader = new StreamReader(stream);

        Assert.StartsWith($"HTTP/1.1 {status} ", await reader.ReadLineAsync(Stop), StringComparison.Ordinal);
    }

    private static ByteArrayContent Of(string type, string body)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (type.Length > 0)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        return content;
    }

    private static string AddressOf(RouteEndpoint route, MonitoredHub hub) => string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "id" or "case" } => hub.Late.Value,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "council" } => "330",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "step" } => "record-note",
        _ => "1",
    }))).Prepend(""));
}
