using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Intake.Matching;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Intake;

/// <summary>To which cases a message may belong. A message about one child must not be suggested for another without saying what is doubtful.</summary>
public sealed class MailMatchingTests
{
    private static readonly DateOnly Born = new(2015, 5, 5);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_ground_is_said_and_the_strongest_comes_first()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var zubin = await SeedAsync(hub, "a", "Zubin", "Plimwod", Born, "9434765919", null);
        var kesh = await SeedAsync(hub, "b", "Kesh", "Vexjor", Born.AddYears(1), null, "Q330100101501");
        var namesake = await SeedAsync(hub, "c", "Zubin", "Plimwod", Born.AddYears(2), null, null);

        Assert.Equal([(zubin, "CaseNumber")], await FindAsync(hub, $"Case {zubin}"));
        Assert.Equal([(zubin, "NhsNumber")], await FindAsync(hub, "943 476 5919"));
        Assert.Equal([(kesh, "Upn")], await FindAsync(hub, "Q330100101501"));
        Assert.Equal([(zubin, "NameAndBirth"), (namesake, "NameAlone")], await FindAsync(hub, "Zubin PLIMWOD, born 5 May 2015"));
        Assert.Equal([(kesh, "GivenNameAndBirth")], await FindAsync(hub, "Kesh, born 5/5/2016"));
        Assert.Equal([(zubin, "NhsNumber"), (kesh, "NameAlone")], await FindAsync(hub, "Vexjor, Kesh. NHS 9434765919"));
        Assert.Empty(await FindAsync(hub, "Zubin went to Plimwod. Kesh and Vexjory, 5 May 2014. 9434765918"));

        var alone = await new MailMatching(hub.Part<KnownChildren>()).FindAsync("About Zubin Plimwod", HubUnderTest.Own, "officer-1", Stop);
        Assert.All(alone.Suggestions, one => Assert.True(one is { MatchesByNameOnly: true, Namesakes: 2 }));
        Assert.Equal(2, alone.Suggestions.Count);
    }

    [Fact]
    public async Task A_number_of_another_child_is_not_that_of_this_one_and_another_case_of_the_same_child_is_no_contradiction()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var first = await SeedAsync(hub, "a", "Zubin", "Plimwod", Born, "9434765919", null);
        var again = await SeedAsync(hub, "b", "Zubin", "Plimwod", Born, "9434765919", null);
        var sister = await SeedAsync(hub, "c", "Kesh", "Plimwod", Born.AddYears(1), null, "Q330100101501");
        var found = await new MailMatching(hub.Part<KnownChildren>()).FindAsync($"Case {first}, NHS 9434765919, 9990000018; UPN Q330100101501", HubUnderTest.Own, "officer-1", Stop);

        Assert.Equal([IdentifierComparison.Same, IdentifierComparison.Same, IdentifierComparison.Differs, IdentifierComparison.Differs], await VerdictsAsync(first));
        Assert.Equal([IdentifierComparison.OtherCase, IdentifierComparison.Same, IdentifierComparison.Differs, IdentifierComparison.Differs], await VerdictsAsync(again));

        // The sister has no NHS number on record: one that is her brother's is not hers, and one that nobody has may be.
        Assert.Equal([IdentifierComparison.Differs, IdentifierComparison.Differs, IdentifierComparison.NotOnRecord, IdentifierComparison.Same], await VerdictsAsync(sister));

        async Task<IEnumerable<IdentifierComparison>> VerdictsAsync(AssessmentId id) =>
            found.CompareWith(id, (await hub.Store.LoadAsync(id, Stop)).State.Facts!.Child).Select(one => one.Verdict);
    }

    [Fact]
    public async Task Nobody_learns_of_a_case_of_another_council_or_one_restricted_to_others()
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await SeedAsync(hub, "a", "Zubin", "Plimwod", Born, "9434765919", null);
        await hub.SubmitAsync(id, new RestrictCase(["named"], "A colleague's child."));
        var text = $"Zubin Plimwod, 5 May 2015, 9434765919, {id}";

        Assert.Single((await new MailMatching(hub.Part<KnownChildren>()).FindAsync(text, HubUnderTest.Own, "named", Stop)).Suggestions);
        var hidden = await new MailMatching(hub.Part<KnownChildren>()).FindAsync(text, HubUnderTest.Own, "not-named", Stop);
        Assert.Empty(hidden.Suggestions);
        Assert.Empty(hidden.Owners);
        Assert.Empty((await new MailMatching(hub.Part<KnownChildren>()).FindAsync(text, HubUnderTest.Other, "named", Stop)).Suggestions);
    }

    private static async Task<IEnumerable<(AssessmentId, string)>> FindAsync(HubUnderTest hub, string text) =>
        (await new MailMatching(hub.Part<KnownChildren>()).FindAsync(text, HubUnderTest.Own, "officer-1", Stop)).Suggestions.Select(one => (one.Case, string.Join(' ', one.Grounds)));

    private static async Task<AssessmentId> SeedAsync(HubUnderTest hub, string key, string given, string family, DateOnly born, string? nhs, string? upn)
    {
        var id = await hub.SeedAsync(key);
        var child = (await hub.Store.LoadAsync(id, Stop)).State.Facts!.Child;
        await hub.SubmitAsync(id, new CorrectFacts("Misread.", Child: child with
        {
            GivenName = given,
            FamilyName = family,
            DateOfBirth = born,
            NhsNumber = nhs is null ? null : NhsNumber.TryParse(nhs, out var number, out _) ? number : throw new FormatException(nhs),
            Upn = upn is null ? null : Upn.TryParse(upn, out var pupil, out _) ? pupil : throw new FormatException(upn),
        }));
        return id;
    }
}
