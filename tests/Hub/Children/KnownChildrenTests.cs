using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Children;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Children;

/// <summary>Whoever asks for children by number, birthday or name gets every one that a search through all of them would find.</summary>
public sealed class KnownChildrenTests
{
    private static readonly string[] Given = ["Zubin", "zubin-Ray", "Ray Zubin", "Kesh", "Késh", "Ax", "'"];
    private static readonly string[] Family = ["Plimwod", "plim wod", "O'Plimwod", "Vexjor", "Ng", "Vexjor-Plimwod"];
    private static readonly string[] Schools = ["", "Quastrow School", "St Zubin’s"];
    private static readonly string[] Asked = ["zubin", "ZUB plim", "kesh", "a", "ng", "quastrow", "st zubins", "oplimwod", "vexjor ray", "plimwod vexj", "nobody"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_found_by_key_is_what_a_search_through_all_finds()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var like = (await hub.Store.LoadAsync(await hub.SeedAsync("a"), Stop)).State;
        var random = new Random(22);
        var index = new ChildIndex();
        var now = new Dictionary<AssessmentId, KnownChild>();
        for (var n = 1; n <= 600; n++)
        {
            // Some cases are told again, as somebody else's or as they were, and some with an older version, which says nothing.
            var id = AssessmentId.For(HubUnderTest.Own, $"{random.Next(200)}");
            var facts = like.Facts! with { Child = ChildOf(random), Setting = Schools[random.Next(3)] is { Length: > 0 } name ? like.Facts!.Icb with { Name = name } : null };
            var state = like with { Id = id, Version = random.Next(10) == 0 ? 1 : n + 1, Facts = facts };
            index.Take(state);
            var before = now.GetValueOrDefault(id);
            now[id] = before?.Version >= state.Version ? before : KnownChild.Of(state, facts, null);
        }

        for (var n = 0; n < 100; n++)
        {
            var child = ChildOf(random);
            var expected = now.Values.Where(one => one.Child.DateOfBirth == child.DateOfBirth || (child.NhsNumber is { } number && one.Child.NhsNumber == number)
                || (child.Upn is { } upn && one.Child.Upn == upn) || NameComparison.Packed(one.Child.FamilyName) == NameComparison.Packed(child.FamilyName));
            Assert.Equal(Ids(expected), Ids(index.With(ChildKeys.OfPerson(child))));
        }

        foreach (var asked in Asked)
        {
            var words = SearchWords.Of(SearchWords.Folded(asked));
            var found = index.WithRarest([.. words.Select(ChildKeys.OfBeginning).OfType<ulong>()]);
            Assert.Equal(Ids(now.Values.Where(one => BeginsAll(one, words))), Ids(found.Where(one => BeginsAll(one, words))));
        }

        foreach (var word in Given.SelectMany(SearchWords.Runs).Append(""))
        {
            var expected = now.Values.Where(one => (SearchWords.Runs(one.Child.GivenName).FirstOrDefault() ?? "").Equals(word, StringComparison.OrdinalIgnoreCase));
            Assert.Equal(Ids(expected), Ids(index.With([ChildKeys.OfGivenName(word)])));
        }
    }

    [Fact]
    public async Task A_correction_is_found_at_once_and_what_it_corrected_no_longer()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        var children = hub.Part<KnownChildren>();
        var child = (await hub.Store.LoadAsync(id, Stop)).State.Facts!.Child;
        Assert.Equal([id], Ids(await children.LikeAsync(child, HubUnderTest.Own, true, Stop)));

        var corrected = child with { GivenName = "Zubin", FamilyName = "Plimwod", DateOfBirth = child.DateOfBirth.AddDays(1), NhsNumber = null, Upn = null };
        await hub.SubmitAsync(id, new CorrectFacts("Misread.", Child: corrected));

        Assert.Equal([id], Ids(await children.LikeAsync(corrected with { FamilyName = "Vexjor" }, HubUnderTest.Own, true, Stop)));
        Assert.Equal([id], Ids(await children.GivenAsync(["zubin"], HubUnderTest.Own, Stop)));
        Assert.Empty(await children.GivenAsync([child.GivenName], HubUnderTest.Own, Stop));
        Assert.Empty(await children.LikeAsync(child, HubUnderTest.Own, null, Stop));
    }

    private static List<AssessmentId> Ids(IEnumerable<KnownChild> children) => [.. children.Select(one => one.Case).OrderBy(id => id.Value, StringComparer.Ordinal)];

    private static bool BeginsAll(KnownChild one, string[] words) =>
        words.All(word => SearchWords.Of(one.Name).Any(part => part.StartsWith(word, StringComparison.Ordinal)))
        || words.All(word => SearchWords.Of(one.School).Any(part => part.StartsWith(word, StringComparison.Ordinal)));

    private static Child ChildOf(Random random) => new()
    {
        GivenName = Given[random.Next(Given.Length)],
        FamilyName = Family[random.Next(Family.Length)],
        DateOfBirth = new DateOnly(2016, 3, 14).AddDays(random.Next(40)),
        NhsNumber = random.Next(3) == 0 ? HubUnderTest.Parse<NhsNumber>(random.Next(2) == 0 ? "9990000018" : "9000000009") : null,
        Upn = random.Next(3) == 0 ? HubUnderTest.Parse<Upn>("Q330100101501") : null,
    };
}
