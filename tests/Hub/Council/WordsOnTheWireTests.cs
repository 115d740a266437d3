using System.Net;
using System.Text.Json.Nodes;
using IntegrationHub.Hub.Tests.Access;

namespace IntegrationHub.Hub.Tests.Council;

/// <summary>One spelling of words in the HTTP API: camelCase out, and in both as the document says and as before version 1.</summary>
public sealed class WordsOnTheWireTests
{
    private const string Opening = """
        { "route": "WORD", "receivedOn": "2026-06-01", "child": { "givenName": "Wexa", "familyName": "Quill", "dateOfBirth": "2016-03-14" },
          "family": { "name": "Sorrel Quill", "relationship": "mother" }, "settingKind": "none",
          "icb": { "id": "ods:QHL", "name": "Example Integrated Care Board" } }
        """;

    [Fact]
    public async Task No_answer_about_a_case_has_a_word_with_a_capital_letter()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("words");

        foreach (var tail in new[] { "", "/timeline", "/limits", "/events", "/effects", "/plans", "/plans/findings", "/letters" })
        {
            using var answer = await hub.GetAsync($"/v1/cases/{id}{tail}", hub.Officer());
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.DoesNotContain(Words(JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))), IsOfAnEnumeration);
        }
    }

    [Theory]
    [InlineData("becameResponsible", HttpStatusCode.Created)]
    [InlineData("BecameResponsible", HttpStatusCode.Created)]
    [InlineData("became-responsible", HttpStatusCode.BadRequest)]
    [InlineData("1", HttpStatusCode.BadRequest)]
    [InlineData("youngPerson,school", HttpStatusCode.BadRequest)]
    [InlineData("parent ", HttpStatusCode.BadRequest)]
    public async Task A_word_is_read_in_its_spelling_and_in_the_one_before(string word, HttpStatusCode status)
    {
        await using var hub = await HubUnderTest.StartAsync();
        using var http = new HttpClient { BaseAddress = hub.Client.BaseAddress };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/cases") { Content = new StringContent(Opening.Replace("WORD", word, StringComparison.Ordinal), null, "application/json") };
        request.Headers.Authorization = new("Bearer", hub.Officer());
        request.Headers.Add("Idempotency-Key", "opening");

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(status, answer.StatusCode);
    }

    private static IEnumerable<string> Words(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Words(member.Value)),
        JsonArray items => items.SelectMany(Words),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    /// <summary>Whether a word is one of the hub's enumerations as C# writes it.</summary>
    private static bool IsOfAnEnumeration(string word) => Enumerated.Contains(word);

    private static readonly HashSet<string> Enumerated =
    [
        .. new[] { typeof(IntegrationHub.Contracts.Api.Stage).Assembly, typeof(IntegrationHub.Orchestrations.Assessments.Stage).Assembly }
            .SelectMany(assembly => assembly.GetExportedTypes()).Where(type => type.IsEnum).SelectMany(Enum.GetNames).Where(name => name.Length > 1),
    ];
}
