using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;

namespace IntegrationHub.Azure.Tests;

/// <summary>A key vault as the real client speaks to it: its challenge, pages of versions, disabled versions, and refusals.</summary>
internal sealed class FakeVault : HttpMessageHandler
{
    private const string Address = "https://kv-test.vault.azure.net";
    private const int PageSize = 2;

    private readonly List<(string Name, string Version, string Value, bool Enabled)> secrets = [];

    /// <summary>Answers every signed-in call so, where it is not null.</summary>
    internal HttpStatusCode? Refuses { get; set; }

    /// <summary>Nobody answers.</summary>
    internal bool IsGone { get; set; }

    internal ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>Adds a version; each is a second younger than the one before.</summary>
    internal string Add(string name, string value, bool enabled = true)
    {
        var version = $"{secrets.Count:x32}";
        secrets.Add((name, version, value, enabled));
        return version;
    }

    internal void Disable(string version)
    {
        var at = secrets.FindIndex(secret => secret.Version == version);
        secrets[at] = secrets[at] with { Enabled = false };
    }

    /// <summary>The real client, over this vault.</summary>
    internal SecretClient Client()
    {
        var options = new SecretClientOptions { Transport = new HttpClientTransport(new HttpClient(this, disposeHandler: false)) };
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = options.Retry.MaxDelay = TimeSpan.FromMilliseconds(1);
        return new SecretClient(new Uri(Address), new Identity(), options);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        IsGone ? throw new HttpRequestException("no such host") : Task.FromResult(Answer(request));

    private HttpResponseMessage Answer(HttpRequestMessage request)
    {
        var uri = request.RequestUri!;
        Calls.Enqueue(uri.PathAndQuery);
        if (request.Headers.Authorization?.Parameter != "the-apps-own")
        {
            var challenge = new HttpResponseMessage(HttpStatusCode.Unauthorized);
            challenge.Headers.WwwAuthenticate.ParseAdd("Bearer authorization=\"https://login.microsoftonline.com/00000000-0000-0000-0000-000000000001\", resource=\"https://vault.azure.net\"");
            return challenge;
        }

        if (Refuses is { } status)
        {
            return Json(status, new { error = new { code = status.ToString(), message = "The user, group or application does not have secrets get permission." } });
        }

        return uri.AbsolutePath.Trim('/').Split('/') switch
        {
            ["secrets", var name, "versions"] => Versions(name, uri.Query),
            ["secrets", var name] => secrets.LastOrDefault(s => s.Name == name) is { Name: not null } newest ? Secret(newest) : Missing(name),
            ["secrets", var name, ""] => secrets.LastOrDefault(s => s.Name == name) is { Name: not null } newest ? Secret(newest) : Missing(name),
            ["secrets", var name, var version] => secrets.Find(s => s.Name == name && s.Version == version) is { Name: not null } one ? Secret(one) : Missing(name),
            _ => Missing(uri.AbsolutePath),
        };
    }

    private HttpResponseMessage Versions(string name, string query)
    {
        var all = secrets.Where(s => s.Name == name).ToList();
        var from = query.Contains("skip=", StringComparison.Ordinal) ? int.Parse(query[(query.IndexOf("skip=", StringComparison.Ordinal) + 5)..], System.Globalization.CultureInfo.InvariantCulture) : 0;
        return Json(HttpStatusCode.OK, new
        {
            value = all.Skip(from).Take(PageSize).Select(s => new { id = $"{Address}/secrets/{s.Name}/{s.Version}", attributes = Attributes(s) }),
            nextLink = from + PageSize < all.Count ? $"{Address}/secrets/{name}/versions?api-version=7.6&skip={from + PageSize}" : null,
        });
    }

    private HttpResponseMessage Secret((string Name, string Version, string Value, bool Enabled) secret) => secret.Enabled
        ? Json(HttpStatusCode.OK, new { value = secret.Value, id = $"{Address}/secrets/{secret.Name}/{secret.Version}", attributes = Attributes(secret) })
        : Json(HttpStatusCode.Forbidden, new { error = new { code = "Forbidden", message = "Operation get is not allowed on a disabled secret." } });

    private object Attributes((string Name, string Version, string Value, bool Enabled) secret) =>
        new { enabled = secret.Enabled, created = 1_700_000_000 + secrets.IndexOf(secret), updated = 1_700_000_000 + secrets.IndexOf(secret), recoveryLevel = "Recoverable+Purgeable" };

    private static HttpResponseMessage Missing(string name) =>
        Json(HttpStatusCode.NotFound, new { error = new { code = "SecretNotFound", message = $"A secret with (name/id) {name} was not found in this key vault." } });

    private static HttpResponseMessage Json(HttpStatusCode status, object body) =>
        new(status) { Content = new StringContent(JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json") };

    private sealed class Identity : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("the-apps-own", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
