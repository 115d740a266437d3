using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Local.Tests.Monitoring;
using IntegrationHub.Orchestrations.Assessments;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Workspace;

/// <summary>One officer's browser at the workspace: keeps its cookies, reads pages as a browser does, sends forms as they are on the page.</summary>
internal sealed class Desk : IDisposable
{
    internal static readonly LocalAuthorityCode Own = Code("330");
    internal static readonly LocalAuthorityCode Other = Code("331");

    private readonly HttpClient client;

    private Desk(HttpClient client) => this.client = client;

    /// <summary>Signs in as the development form does.</summary>
    internal static async Task<Desk> SignInAsync(MonitoredHub hub, OfficerRole role, LocalAuthorityCode? council = null)
    {
        var desk = new Desk(hub.Client());
        var page = await desk.OpenAsync("/workspace/sign-in");
        using var entered = await desk.SendAsync(page, "main form", ("role", OfficerRoles.Name(role)), ("council", (council ?? Own).Value));
        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
        return desk;
    }

    /// <summary>A desk of somebody whom an issuer signed in: under an id of their own.</summary>
    internal static async Task<Desk> OfAsync(MonitoredHub hub, string subject, params OfficerRole[] roles)
    {
        await using var scope = hub.Services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        (http.Request.Scheme, http.Request.Host) = ("http", new HostString("127.0.0.1"));
        await http.SignInAsync(OfficerSignIn.Use.Scheme, new Officer(subject, roles, Own, false).ToPrincipal(OfficerSignIn.Use.Scheme));
        var client = hub.Client();
        var cookie = http.Response.Headers.SetCookie.ToString().Split(';')[0].Split('=', 2);
        var handler = new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
        handler.CookieContainer.Add(hub.Address, new Cookie(cookie[0], cookie[1]));
        client.Dispose();
        return new Desk(new HttpClient(handler) { BaseAddress = hub.Address });
    }

    /// <summary>The browser itself.</summary>
    internal HttpClient Client => client;

    /// <summary>A browser of somebody without an account.</summary>
    internal static Desk Of(HttpClient browser) => new(browser);

    /// <summary>Sends a body as it is.</summary>
    internal Task<HttpResponseMessage> PostAsync(string address, HttpContent body) => client.PostAsync(address, body, TestContext.Current.CancellationToken);

    /// <summary>Nobody.</summary>
    internal static Desk SignedOut(MonitoredHub hub) => new(hub.Client());

    internal Task<HttpResponseMessage> GetAsync(string address) => client.GetAsync(address, TestContext.Current.CancellationToken);

    /// <summary>A page that must be there.</summary>
    internal async Task<IHtmlDocument> OpenAsync(string address)
    {
        using var answer = await GetAsync(address);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address}: {(int)answer.StatusCode}");
        return await ReadAsync(answer);
    }

    internal static async Task<IHtmlDocument> ReadAsync(HttpResponseMessage answer) =>
        await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

    /// <summary>Sends a form as it is on a page, with some fields typed over.</summary>
    internal async Task<HttpResponseMessage> SendAsync(IHtmlDocument page, string form, params (string Name, string Value)[] typed)
    {
        var element = (IHtmlFormElement)page.QuerySelector(form)!;
        var fields = FieldsOf(element);
        foreach (var (name, value) in typed)
        {
            fields[name] = value;
        }

        return await ConfirmedAsync(await PostAsync(element.GetAttribute("action")!, fields));
    }

    /// <summary>The answer; where it is the page that shows what will go out, the answer to its confirmation.</summary>
    private async Task<HttpResponseMessage> ConfirmedAsync(HttpResponseMessage answer)
    {
        if (answer.StatusCode != HttpStatusCode.OK || (await ReadAsync(answer)).QuerySelector("#check") is not { } check)
        {
            return answer;
        }

        answer.Dispose();
        var fields = FieldsOf(check);
        fields["_confirmed"] = "yes";
        return await PostAsync(check.GetAttribute("action")!, fields);
    }

    /// <summary>Sends a form with a file, as a browser does.</summary>
    internal async Task<HttpResponseMessage> SendFileAsync(
        IHtmlDocument page, string path, string fileName, string type, byte[] content, IEnumerable<(string Name, string Value)> typed)
    {
        var form = (IHtmlFormElement)page.QuerySelector("#form")!;
        Assert.NotNull(form.QuerySelector($"input[type=file][name='_file/{path}']"));
        var fields = FieldsOf(form);
        foreach (var (name, value) in typed)
        {
            fields[name] = value;
        }

        using var body = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Where(field => !field.Key.StartsWith("_file/", StringComparison.Ordinal)))
        {
            body.Add(new StringContent(value), name);
        }

        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue(type);
        body.Add(file, $"_file/{path}", fileName);
        return await client.PostAsync(form.GetAttribute("action")!, body, TestContext.Current.CancellationToken);
    }

    internal async Task<HttpResponseMessage> PostAsync(string address, IReadOnlyDictionary<string, string> fields)
    {
        using var body = new FormUrlEncodedContent(fields);
        return await client.PostAsync(address, body, TestContext.Current.CancellationToken);
    }

    /// <summary>Sends fields of which several may have one name.</summary>
    internal async Task<HttpResponseMessage> PostAllAsync(string address, IEnumerable<(string Name, string Value)> fields)
    {
        using var body = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        return await client.PostAsync(address, body, TestContext.Current.CancellationToken);
    }

    /// <summary>What a browser would send for a form left unchanged.</summary>
    internal static Dictionary<string, string> FieldsOf(IElement form)
    {
        var fields = new Dictionary<string, string>();
        foreach (var field in form.QuerySelectorAll("input[name], textarea[name], select[name]"))
        {
            var value = field switch
            {
                IHtmlInputElement { Type: "radio" or "checkbox" } choice => choice.IsChecked ? choice.Value : null,
                IHtmlInputElement input => input.Value,
                IHtmlTextAreaElement text => text.Value,
                IHtmlSelectElement select => select.Value ?? "",
                _ => null,
            };
            if (value is not null)
            {
                fields[field.GetAttribute("name")!] = value;
            }
        }

        return fields;
    }

    /// <summary>A case that was decided to be assessed, under a name of its own.</summary>
    internal static async Task<AssessmentId> SeedAsync(MonitoredHub hub, string key)
    {
        var id = AssessmentId.For(Own, key);
        var (open, _) = InputReading.Read(StepCatalogue.Step("open-assessment")!, Encoding.UTF8.GetBytes(InputExamples.Of("open-assessment")!.ToJsonString()));
        await hub.SubmitAsync(id, open!);
        await hub.SubmitAsync(id, new RecordConsultation(new DateOnly(2026, 6, 3), "They wish for it."));
        await hub.SubmitAsync(id, new DecideWhetherToAssess(true, "It may be necessary."));
        return id;
    }

    /// <summary>The API, with an officer's token.</summary>
    internal static async Task<(int Status, string Detail)> CallAsync(MonitoredHub hub, string address, string? body = null, string key = "read")
    {
        using var api = hub.Client();
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, address);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Bearer", hub.Services.GetRequiredService<TokenIssuer>().Issue(new TokenRequest(CallerRole.CouncilOfficer, Council: Own)));
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await api.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var read = System.Text.Json.Nodes.JsonNode.Parse(text)!;
        return ((int)answer.StatusCode, read["detail"]?.GetValue<string>() ?? "");
    }

    public void Dispose() => client.Dispose();

    private static LocalAuthorityCode Code(string text) => LocalAuthorityCode.TryParse(text, out var code, out var problem) ? code : throw new FormatException(problem);
}
