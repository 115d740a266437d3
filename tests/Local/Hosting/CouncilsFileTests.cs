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

    /// <summary>Somebody who writes the file for the first time learns where the slip is and what is expected there.</summary>
    [Theory]
    [InlineData("\"code\": 330", "$[0].code, line 1: text is expected")]
    [InlineData("\"code\": \"E09000001\"", "$[0].code, line 1: a local authority code is three digits, 201 or above")]
    [InlineData("\"code\": \"330\", \"code\": \"331\"", "$[0].code, line 1: this member appears more than once")]
    [InlineData("\"code\": \"330\", \"mediationAdvisor\": \"x\"", "$[0].mediationAdvisor, line 1: this member does not exist here")]
    [InlineData("\"code\": \"330\", \"counting\": \"DayTwo\"", "$[0].counting, line 1: one of afterTheDay, dayOne is expected")]
    [InlineData("\"code\": \"330\", \"counting\": 7", "Council 330: counting must be afterTheDay or dayOne.")]
    [InlineData("\"code\": \"330\", \"postalAddress\": [\"a\", null]", "$[0].postalAddress[1], line 1: a list must not contain null")]
    [InlineData("\"code\": \"330\", \"tellsIcbOfReviews\": \"yes\"", "$[0].tellsIcbOfReviews, line 1: true or false is expected")]
    [InlineData("\"tellsIcbOfReviews\": true", "$[0], line 1: missing: code")]
    [InlineData("\"code\": \"330\", \"sendLead\": \" \"", "Council 330: sendLead must be a text in one line.")]
    [InlineData("\"code\": \"330\", \"icb\": { \"id\": \"urn:100001\", \"name\": \"Board\" }", "Council 330: icb.id must be the board's ODS code, for example ods:QHL.")]
    [InlineData("\"code\": \"330\", \"educationalPsychology\": { \"id\": \"la:330/ep\", \"name\": \"\" }", "Council 330: educationalPsychology.name must be a text in one line.")]
    [InlineData("\"code\": \"330\", \"chaseLadder\": {}", "Council 330: The chase ladder cannot be read at $.")]
    public void A_slip_is_refused_with_its_place_and_what_is_expected(string members, string problem)
    {
        File.WriteAllText(Path.Combine(data, CouncilsFile.Name), $$"""[{ "name": "One", "socialCare": { "id": "la:330/social-care", "name": "Social care" }, {{members}} }]""");

        var fault = Assert.ThrowsAny<Exception>(() => LocalHub.Build(Options()));

        Assert.Contains(problem, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("IntegrationHub.", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"id\": \"RX1\", \"reach\": \"web\"", "agencies.json cannot be read at $[0].id, line 1: an agency is written as ods:CODE")]
    [InlineData("\"id\": \"ods:RX1\"", "agencies.json cannot be read at $[0], line 1: missing: reach")]
    [InlineData("\"id\": \"ods:RX1\", \"reach\": \"email\"", "agencies.json cannot be read at $[0].reach, line 1: one of portal, bus, fhirPull, fhirPush, web is expected")]
    [InlineData("\"id\": \"ods:RX1\", \"reach\": 9", "agencies.json: ods:RX1: reach must be one of portal, bus, fhirPull, fhirPush, web.")]
    [InlineData("\"id\": \"ods:RX1\", \"reach\": \"bus\", \"reach\": \"web\"", "agencies.json cannot be read at $[0].reach, line 1: this member appears more than once")]
    [InlineData("\"id\": \"ods:RX1\", \"reach\": \"web\", \"fhirEndpoint\": \"https://fhir.example.org/r4\"", "agencies.json: ods:RX1: fhirEndpoint and fhirAccess can be given only with the reach fhirPush.")]
    [InlineData("\"id\": \"ods:RX1\", \"reach\": \"fhirPush\", \"fhirEndpoint\": \"https://fhir.example.org/r4?x=1\"", "agencies.json: ods:RX1: fhirEndpoint must be a base address")]
    [InlineData("\"id\": \"ods:RX1\", \"reach\": \"fhirPush\", \"fhirEndpoint\": \"https://fhir.example.org/r4\", \"fhirAccess\": { \"clientId\": \"hub\" }", "agencies.json: ods:RX1: clientId, keyFile, keyId and scope need tokenEndpoint.")]
    public void A_slip_in_the_agencies_is_refused_too(string members, string problem)
    {
        File.WriteAllText(Path.Combine(data, AgenciesFile.Name), $$"""[{ {{members}} }]""");

        Assert.StartsWith(problem, Assert.ThrowsAny<Exception>(() => LocalHub.Build(Options())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"of\": \"urn:100001\", \"mail\": \"a@school.example\" }", "notice-directory.json cannot be read at $[0], line 1: missing: role")]
    [InlineData("{ \"of\": \"330\", \"role\": \"x\", \"mail\": \"a@school.example\" }, { \"of\": \"330\", \"role\": \"X\", \"mail\": \"b@school.example\" }", "notice-directory.json lists the same role of one agency or council twice.")]
    public void A_slip_in_the_notice_directory_is_refused_too(string contacts, string problem)
    {
        File.WriteAllText(Path.Combine(data, "notice-directory.json"), $"[{contacts}]");

        Assert.StartsWith(problem, Assert.ThrowsAny<Exception>(() => LocalHub.Build(Options())).Message, StringComparison.Ordinal);
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
