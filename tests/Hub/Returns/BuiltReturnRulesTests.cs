using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Functions.Returns.Building;
using IntegrationHub.Hub.Tests.Returns.Independent;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>The return of cases that were lived here, as somebody else's reader sees it; that of plans taken over is read in <see cref="RoundTripTests"/>.</summary>
public sealed class BuiltReturnRulesTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("sen2-rules-").FullName;

    [Fact]
    public async Task What_a_case_does_not_know_breaks_rules_and_each_is_named_to_its_officer()
    {
        var cases = new OwnCases();
        await cases.KeepAsync(Disputed.Issued(), "issued");
        await cases.KeepAsync(Disputed.NoPlan(Named("Ada")), "refused");
        await cases.KeepAsync(Life.Assessing(Named("Bea")), "assessing");
        var young = Disputed.Issued(Named("Cleo", new(2011, 5, 1)));
        await cases.KeepAsync(young.Do(new RecordChildFacts(Sex.Female, "QQQQ", NoNumber: NoNumber.Un1)).Do(new RecordPlanTerms([new SchoolPlace { Rank = 1, Setting = SenSetting.Oth, OtherSetting = "A farm" }])), "gaps");
        var gone = Disputed.Issued(Named("Dora"));
        await cases.KeepAsync(gone.Do(new RecordSchoolPlace(new SchoolPlace { Rank = 1, Institution = Cases.School.Id }, gone.Today.AddDays(-20), gone.Today)), "gone");

        await WriteAsync(cases);

        Assert.Equal([], ListedFaults.NotNamed(folder));
        Assert.Superset(
            new HashSet<string> { "W142", "W412", "W514", "W612", "A101b", "A101c", "PERS007A", "R4" }, ListedFaults.Broken(folder).Select(one => one.Rule.Number).ToHashSet(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_child_whose_second_case_knows_a_number_that_the_first_did_not_is_one_person()
    {
        var cases = await new OwnCases().KeepAsync(Disputed.Refused(), "first");
        await cases.KeepAsync(Life.Opened().Do(new CorrectFacts("The school told us.", Child: Cases.Facts.Child with { Upn = Cases.Parse<Upn>("Q330100101501") })), "second");

        var person = Assert.Single(await cases.PersonsAsync());

        Assert.Equal(("Q330100101501", 2), (OwnCases.Items(person, "UPN"), person.Elements("Requests").Count()));
    }

    [Fact]
    public async Task Two_children_of_one_name_and_birthday_with_a_number_each_are_two_and_a_third_without_one_is_neither()
    {
        var cases = new OwnCases();
        foreach (var (name, upn) in new[] { ("one", "Q330100101501"), ("two", "V330000000112") })
        {
            await cases.KeepAsync(Life.Opened().Do(new CorrectFacts("The school told us.", Child: Cases.Facts.Child with { Upn = Cases.Parse<Upn>(upn) })), name);
        }

        await cases.KeepAsync(Life.Opened(), "three");

        Assert.Equal(3, (await cases.PersonsAsync()).Count);
    }

    [Fact]
    public async Task A_place_that_is_no_school_is_in_no_unit_and_of_another_setting_it_is_asked()
    {
        var life = Disputed.Issued();
        life.Do(new RecordSchoolPlace(new SchoolPlace { Rank = 1, Setting = SenSetting.Ehe }, life.Today.AddDays(-20)));
        life.Do(new RecordSchoolPlace(new SchoolPlace { Rank = 2, Setting = SenSetting.Opa }, life.Today.AddDays(-20)));

        var places = (await OwnCases.RequestOfAsync(life)).Descendants("PlacementDetail").Select(place => OwnCases.Items(place, "SENSetting", "SENunitIndicator", "ResourcedProvisionIndicator"));

        Assert.Equal(["EHE 0 0", "OPA - -"], places);
        var asked = Assert.Single(await OwnCases.FaultsOfAsync(life), fault => fault.Finding.Code == "indicator-missing" && fault.Finding.Place.Contains("PlacementDetail", StringComparison.Ordinal));
        Assert.Equal((Sen2Severity.Doubt, "record-school-place"), (asked.Finding.Severity, asked.Step));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private static OpeningFacts Named(string name, DateOnly? born = null) =>
        Cases.Facts with { Child = Cases.Facts.Child with { GivenName = name, DateOfBirth = born ?? Cases.Facts.Child.DateOfBirth } };

    private Task WriteAsync(OwnCases cases) => ReturnFiles.WriteAsync(
        new ReturnBuild(cases.Store, Sen2Layout.Newest, Cases.Council, OwnCases.Year), Sen2Layout.Newest, folder, new(2027, 2, 1, 10, 0, 0, TimeSpan.Zero), TestContext.Current.CancellationToken);
}
