using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.LocalOffer;
using IntegrationHub.Functions.Plans.Keeping;
using Microsoft.Extensions.Time.Testing;

namespace IntegrationHub.Hub.Tests.LocalOffer;

/// <summary>A Local Offer in Open Referral UK 3.0: what is read, what is refused, what is reported about a newer one, and what a search finds.</summary>
public sealed class LocalOfferTests : IDisposable
{
    private const string Club = """
        { "id": "a1", "name": "Saturday club", "status": "active", "description": "Play for autistic children.", "url": "https://club.example/", "minimum_age": 5, "maximum_age": 11,
          "last_modified": "2026-05-01T10:00:00Z", "organization": { "name": "Club Trust" }, "phones": [ { "number": "01632 960001" } ],
          "service_at_locations": [ { "location": { "name": "Hall", "addresses": [ { "city": "Exampleton", "postal_code": "ZZ99 1AA" } ] } } ],
          "attributes": [ { "taxonomy_term": { "id": "t1", "name": "Autism" } } ], "unknown_member": 1 }
        """;

    private static readonly LocalAuthorityCode Council = LocalAuthorityCode.TryParse("330", out var code, out var problem) ? code : throw new FormatException(problem);

    private readonly string folder = Directory.CreateTempSubdirectory("local-offer-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("[ CLUB ]")]
    [InlineData("""{ "total_items": 1, "contents": [ CLUB ] }""")]
    [InlineData("CLUB")]
    public void A_service_is_read_from_a_list_a_page_and_alone(string form)
    {
        var extract = Read(form.Replace("CLUB", Club, StringComparison.Ordinal));

        Assert.Empty(extract.Findings);
        var one = Assert.Single(extract.Services);
        Assert.Equal(("a1", "Saturday club", "Club Trust", "https://club.example/", 5, 11), (one.Id, one.Name, one.Organisation, one.Url, one.FromAge, one.ToAge));
        Assert.Equal(new DateOnly(2026, 5, 1), one.UpdatedOn);
        Assert.Equal(["Hall", "Exampleton", "ZZ99 1AA"], one.Places);
        Assert.Equal(["Autism"], one.Terms);
        Assert.Equal(["01632 960001"], one.Phones);
    }

    [Fact]
    public void What_cannot_be_used_is_named_and_nothing_is_dropped_in_silence()
    {
        var extract = Read("""
            [ { "name": "No id" }, { "id": "b1", "name": "B", "status": "maybe" }, 7, { "id": "b2", "name": "Gone", "status": "defunct" },
              { "id": "b3", "name": "C", "url": "javascript:alert(1)", "minimum_age": "five", "last_modified": "soon", "phones": 3 }, { "id": "b3", "name": "Again" } ]
            """);

        Assert.Equal("C", Assert.Single(extract.Services).Name);
        Assert.Null(extract.Services[0].Url);
        Assert.Equal(1, extract.Inactive);
        Assert.Equal(["", "b1", "", "b3"], extract.Findings.Where(one => one.IsRefused).Select(one => one.Id));
        Assert.Equal(4, extract.Findings.Count(one => !one.IsRefused && one.Id == "b3"));
    }

    [Theory]
    [InlineData("{", "feed.json is not valid JSON")]
    [InlineData("""{ "items": [] }""", "feed.json contains neither")]
    public void What_is_no_feed_is_refused_as_a_whole(string text, string said) =>
        Assert.StartsWith(said, Assert.Throws<InvalidDataException>(() => Read(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_not_utf_8_or_no_text_is_refused_and_a_byte_order_mark_is_not()
    {
        var latin = Assert.Throws<InvalidDataException>(() => OfferFile.Read([("feed.json", Encoding.Latin1.GetBytes("""[{ "id": "a", "name": "Café" }]"""))]));
        Assert.Equal("feed.json is not encoded in UTF-8.", latin.Message);

        var half = Read("""[{ "id": "a", "name": "Half \ud800" }, { "id": "b", "name": "Whole" }]""");
        Assert.Equal(("feed.json, service 1", true), (Assert.Single(half.Findings).Place, half.Findings[0].IsRefused));
        Assert.Equal("b", Assert.Single(half.Services).Id);

        Assert.Single(OfferFile.Read([("feed.json", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Club)])]).Services);
    }

    [Fact]
    public void A_search_knows_needs_ages_and_places()
    {
        var one = Assert.Single(Read(Club).Services);

        Assert.True(one.AcceptsAge(5) && one.AcceptsAge(11) && !one.AcceptsAge(4) && !one.AcceptsAge(12));
        Assert.True(one.ContainsAll(["autism", "club"]) && one.ContainsAll([]) && !one.ContainsAll(["autism", "swimming"]));
        Assert.True(one.IsAt("exampleton") && one.IsAt("ZZ99") && one.IsAt("") && !one.IsAt("Elsewhere"));
        Assert.True((one with { Places = [], FromAge = null, ToAge = null }).IsAt("Elsewhere") && (one with { FromAge = null, ToAge = null }).AcceptsAge(25));
    }

    [Fact]
    public async Task A_newer_offer_is_told_apart_and_a_short_one_is_refused()
    {
        var store = new OfferStore(new FolderDocuments(folder, new KeepingRules(), new FakeTimeProvider()));
        var many = string.Join(',', Enumerable.Range(0, 9).Select(n => FormattableString.Invariant($$"""{ "id": "s{{n}}", "name": "Service {{n}}" }""")));

        Assert.True((await ImportAsync(store, $"[ {Club}, {many} ]")).IsKept);
        Assert.Contains("Nothing was written", (await ImportAsync(store, $"[ {Club}, {many} ]")).Words, StringComparison.Ordinal);
        var newer = await ImportAsync(store, $"[ {Club.Replace("Saturday club", "Sunday club", StringComparison.Ordinal)}, {many.Replace("\"s0\"", "\"s10\"", StringComparison.Ordinal)} ]");
        Assert.Equal(["new s10", "gone s0", "renamed a1"], newer.Changes.Select(change => $"{change.What} {change.Id}").OrderBy(text => text[0] == 'n' ? 0 : text[0] == 'g' ? 1 : 2));

        var cut = await ImportAsync(store, Club);
        Assert.False(cut.IsKept);
        Assert.Contains("--smaller", cut.Words, StringComparison.Ordinal);
        Assert.Equal(10, (await store.ReadAsync(Council, null, Stop)).Value.Offer!.Services.Count);
        Assert.True((await ImportAsync(store, Club, smaller: true)).IsKept);
        Assert.Equal("Saturday club", Assert.Single((await store.ReadAsync(Council, null, Stop)).Value.Offer!.Services).Name);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static OfferExtract Read(string text) => OfferFile.Read([("feed.json", Encoding.UTF8.GetBytes(text))]);

    private static Task<OfferResult> ImportAsync(OfferStore store, string text, bool smaller = false) =>
        OfferImport.RunAsync("feed.json", [("feed.json", Encoding.UTF8.GetBytes(text))], Council, new DateOnly(2026, 8, 20), store, smaller, Stop);
}
