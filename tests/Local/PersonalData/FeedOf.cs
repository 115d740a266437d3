using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using IntegrationHub.Functions.Access;
using IntegrationHub.Local.Demo;
using IntegrationHub.Local.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IntegrationHub.Local.Tests.PersonalData;

/// <summary>The council's feed of events as another system reads it, from a hub over a data directory.</summary>
internal static class FeedOf
{
    /// <summary>Starts the hub and reads until every case of the council has come as far as the hub knows it.</summary>
    internal static async Task<IReadOnlyList<(string Id, string Case, string What)>> ReadAsync(string data, CancellationToken cancellationToken)
    {
        await using var hub = LocalHub.Build(new LocalHubOptions
        {
            Development = true,
            DataDirectory = data,
            Url = "http://127.0.0.1:0",
            StartEngine = false,
            RequestsPerMinute = 0,
            Councils = [Cast.Council],
            Settings = new Dictionary<string, string?> { ["EventsFeed:Councils"] = Cast.CouncilCode.Value, ["EventsFeed:KeepDays"] = "3650" },
            Add = builder => builder.Logging.ClearProviders(),
        });
        await hub.StartAsync(cancellationToken);
        using var http = new HttpClient { BaseAddress = LocalHub.AddressOf(hub) };
        var versions = await VersionsAsync(http, Token(hub, CallerRole.CouncilOfficer), cancellationToken);
        var reader = Token(hub, CallerRole.EventsReader);
        var events = new List<(string Id, string Case, string What)>();
        var reached = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var (address, before) = ("/v1/events?limit=1000", ""); address != before || !versions.All(one => reached.GetValueOrDefault(one.Key) >= one.Value);)
        {
            using var page = await GetAsync(http, address, reader, cancellationToken);
            foreach (var one in (await page.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).EnumerateArray())
            {
                var about = one.GetProperty("subject").GetString()!;
                events.Add((one.GetProperty("id").GetString()!, about, one.GetProperty("data").GetProperty("what").GetString()!));
                reached[about] = one.GetProperty("data").GetProperty("version").GetInt64();
            }

            (before, address) = (address, page.Headers.GetValues("Link").Single().Split('<', '>')[1]);
        }

        await hub.StopAsync(cancellationToken);
        return events;
    }

    private static string Token(WebApplication hub, CallerRole role) => hub.Services.GetRequiredService<TokenIssuer>().Issue(new TokenRequest(role, "warehouse", Cast.CouncilCode));

    private static async Task<Dictionary<string, long>> VersionsAsync(HttpClient http, string officer, CancellationToken cancellationToken)
    {
        using var list = await GetAsync(http, "/v1/cases?limit=500", officer, cancellationToken);
        return (await list.Content.ReadFromJsonAsync<JsonElement>(cancellationToken)).GetProperty("items").EnumerateArray()
            .ToDictionary(one => one.GetProperty("id").GetString()!, one => one.GetProperty("version").GetInt64(), StringComparer.Ordinal);
    }

    private static async Task<HttpResponseMessage> GetAsync(HttpClient http, string address, string token, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        var answer = await http.SendAsync(request, cancellationToken);
        return answer.EnsureSuccessStatusCode();
    }
}
