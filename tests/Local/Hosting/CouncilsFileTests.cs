using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Local.Hosting;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using Microsoft.Extensions.DependencyInjection;

namespace IntegrationHub.Local.Tests.Hosting;

/// <summary>What councils.json says of counting and of the chase ladder reaches the hub's decisions, for that council and for no other.</summary>
public sealed class CouncilsFileTests : IDisposable
{
    private static readonly DateOnly Received = new(2026, 6, 1);

    private readonly string data = Directory.CreateTempSubdirectory("councils-").FullName;

    [Fact]
    public async Task A_councils_counting_moves_its_own_limits()
    {
        await using var hub = Hub("""
            [
              { "code": "330", "name": "One", "socialCare": { "id": "la:330/social-care", "name": "Social care" }, "counting": "DayOne" },
              { "code": "331", "name": "Other", "socialCare": { "id": "la:331/social-care", "name": "Social care" } }
            ]
            """);
        var book = hub.Services.GetRequiredService<RuleBook>();

        Assert.Equal((Received.AddDays(139), Received.AddDays(140)), (FinalPlan(book, "330"), FinalPlan(book, "331")));
    }

    [Fact]
    public async Task A_councils_ladder_takes_the_place_of_the_hubs_where_it_says_something()
    {
        await using var hub = Hub("""
            [
              { "code": "330", "name": "One", "socialCare": { "id": "la:330/social-care", "name": "Social care" },
                "chaseLadder": { "id": "own", "version": "1", "inForceFrom": "2026-01-01", "note": "Of the council.", "ladders": [], "branches": [],
                  "duties": { "leftToLists": ["consultFamily"], "steps": [ { "key": "own-step", "kind": "reminder", "days": -7, "unit": "days", "to": "case officer", "wording": "duty" } ] } } },
              { "code": "331", "name": "Other", "socialCare": { "id": "la:331/social-care", "name": "Social care" } }
            ]
            """);
        var book = hub.Services.GetRequiredService<RuleBook>();
        var (own, other) = (book.For(Case("330")).Chase, book.For(Case("331")).Chase);

        Assert.Equal(["own-step"], own.DutySteps.Select(s => s.Key));
        Assert.Equal((true, false), (own.IsShownOnlyInLists("consultFamily"), own.IsShownOnlyInLists("finalPlan")));
        Assert.DoesNotContain(other.DutySteps, s => s.Key == "own-step");
        Assert.True(other.IsShownOnlyInLists("finalPlan"));
        Assert.All(Enum.GetValues<Orchestrations.Advice.ChaseGroup>(), kind => Assert.Equal(other.StepsFor(kind).Select(s => s.Key), own.StepsFor(kind).Select(s => s.Key)));
    }

    [Fact]
    public void A_ladder_that_nobody_could_climb_stops_the_start_and_names_the_council()
    {
        File.WriteAllText(Path.Combine(data, CouncilsFile.Name), """
            [ { "code": "330", "name": "One", "socialCare": { "id": "la:330/social-care", "name": "Social care" }, "chaseLadder": { "ladders": "none" } } ]
            """);

        var fault = Assert.ThrowsAny<Exception>(() => LocalHub.Build(Options()).Services.GetRequiredService<RuleBook>());

        Assert.Contains("330", fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(data, recursive: true);

    private Microsoft.AspNetCore.Builder.WebApplication Hub(string councils)
    {
        File.WriteAllText(Path.Combine(data, CouncilsFile.Name), councils);
        return LocalHub.Build(Options());
    }

    private LocalHubOptions Options() => new() { DataDirectory = data, Url = "http://127.0.0.1:0", Development = true };

    private static AssessmentId Case(string council) => LocalAuthorityCode.TryParse(council, out var code, out var problem) ? AssessmentId.For(code, "one") : throw new FormatException(problem);

    private static DateOnly? FinalPlan(RuleBook book, string council) =>
        Clock.Limits(new CaseFacts { Received = Received }, book.For(Case(council)).Law, book.For(Case(council)).Counting).Single(l => l.Key == "finalPlan").Due;
}
