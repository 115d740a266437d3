using System.Text.RegularExpressions;
using IntegrationHub.Hub.Tests.Access;
using Microsoft.AspNetCore.Routing;

namespace IntegrationHub.Hub.Tests.Routing;

/// <summary>Behind one trigger that takes every path, as on Azure Functions, the hub answers as it does on its own.</summary>
public sealed partial class HubPipelineTests
{
    [Fact]
    public async Task Every_address_answers_alike_to_everybody()
    {
        await using var own = await HubUnderTest.StartAsync();
        await using var behind = await HubUnderTest.StartAsync(behindOneTrigger: true);
        var ownId = await own.SeedAsync("one");
        Assert.Equal(ownId, await behind.SeedAsync("one"));

        var asked = 0;
        foreach (var endpoint in own.Endpoints)
        {
            var path = "/" + Placeholder().Replace(endpoint.RoutePattern.RawText!.Trim('/'), name => name.Groups[1].Value switch
            {
                "id" => ownId.Value,
                "documentName" => "v1",
                "sha256" => new string('a', 64),
                _ => "1",
            });
            foreach (var method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods)
            {
                foreach (var who in new Func<HubUnderTest, string?>[] { _ => null, hub => hub.Officer(), hub => hub.Family(ownId) })
                {
                    var (a, b) = (await AskAsync(own, method, path, who), await AskAsync(behind, method, path, who));
                    Assert.Equal(a, b);
                    asked++;
                }
            }
        }

        Assert.True(asked > 100, $"Only {asked} requests were compared.");
    }

    [Theory]
    [InlineData("GET", "/nowhere")]
    [InlineData("GET", "/")]
    [InlineData("DELETE", "/v1/cases")]
    public async Task An_address_that_is_none_is_answered_alike(string method, string path)
    {
        await using var own = await HubUnderTest.StartAsync();
        await using var behind = await HubUnderTest.StartAsync(behindOneTrigger: true);

        Assert.Equal(await AskAsync(own, method, path, hub => hub.Officer()), await AskAsync(behind, method, path, hub => hub.Officer()));
    }

    /// <summary>Message ids that the seeding drew, which differ from hub to hub.</summary>
    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Chance();

    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Placeholder();

    private static async Task<(int Status, string? Type, string Headers, string Body)> AskAsync(HubUnderTest hub, string method, string path, Func<HubUnderTest, string?> token)
    {
        using var answer = await hub.SendAsync(new HttpMethod(method), path, token(hub), method == "POST" ? "{}" : null, method == "POST" ? "key-1" : null);
        var headers = string.Join("; ", answer.Headers.Where(h => h.Key is not "Date").Select(h => $"{h.Key}={string.Join(',', h.Value)}").Order(StringComparer.Ordinal));
        var address = hub.Client.BaseAddress!.ToString();
        var body = (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Replace(address, "http://hub/", StringComparison.Ordinal);
        return ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString(), headers.Replace(address, "http://hub/", StringComparison.Ordinal), Chance().Replace(body, "id"));
    }
}
