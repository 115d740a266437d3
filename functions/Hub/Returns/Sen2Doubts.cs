using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Returns;

/// <summary>
/// Finds values about one person that the guide's text, or openly available checkers of the return, would question. The values may be
/// correct, so no row is left out because of such a doubt. docs/sen2.md names the source of each check.
/// </summary>
/// <param name="file">The return.</param>
internal sealed class Sen2Doubts(Sen2File file)
{
    private readonly HashSet<string> ethnicities = [.. (file.Layout.Rules?.GetValueOrDefault("ethnicities")?.Value ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries)];

    internal IEnumerable<Sen2Finding> Person(Sen2Item person)
    {
        if (person["Ethnicity"] is { } ethnicity && ethnicities.Count > 0 && !ethnicities.Contains(ethnicity))
        {
            yield return Doubt(person, "Ethnicity", "ethnicity-not-listed", "The value is not a known code of the school census.");
        }

        if (person.Date("PersonBirthDate") is { } born && file.ReferenceDate is { } census)
        {
            foreach (var doubt in OfAge(person, born, census))
            {
                yield return doubt;
            }
        }

        foreach (var doubt in person.All("Requests").SelectMany(Request))
        {
            yield return doubt;
        }
    }

    private static IEnumerable<Sen2Finding> OfAge(Sen2Item person, DateOnly born, DateOnly census)
    {
        var hasPlan = person.All("Requests").Any(request => request.First("ActivePlans") is not null);
        if (hasPlan && Age.MayKeepPlan(born, census) && (!Age.IsWithinRange(born, census) || born > new DateOnly(Age.SchoolYear(census), 8, 31)))
        {
            yield return Doubt(person, "PersonBirthDate", "age-at-the-edge", "A plan is in force for a person who is 25, or who was born in this school year.");
        }

        if (person["UPNunknown"] == "UN1" && Age.On(born, census) > 5)
        {
            yield return Doubt(person, "UPNunknown", "reason-of-the-young", "The reason is for children under school age, but the person is older.");
        }
    }

    private IEnumerable<Sen2Finding> Request(Sen2Item request)
    {
        var assessment = request.First("Assessment");
        var places = request.Whole().Where(item => item.Block.Name is "PlanDetail" or "PlacementDetail");
        foreach (var place in places.Where(place => place["SENSetting"] is not null && (place["SENunitIndicator"] is null || place["ResourcedProvisionIndicator"] is null)))
        {
            yield return Doubt(place, "SENunitIndicator", "indicator-missing", "State whether the place is in a SEN unit or in resourced provision.");
        }

        if (request.First("ActivePlans") is not { } active)
        {
            yield break;
        }

        if (active["TransferLA"] is not null && assessment?["AssessmentOutcome"] is not (null or "H"))
        {
            yield return Doubt(assessment, "AssessmentOutcome", "transferred-not-old", "The plan was transferred from another council, so the assessment is treated as decided before the year of the return.");
        }

        if (active.Date("LastReview") < assessment?.First("NamedPlan")?.Date("StartDate"))
        {
            yield return Doubt(active, "LastReview", "review-before-plan", "The day is before StartDate.");
        }

        foreach (var name in new[] { "ReviewMeeting", "ReviewDraft", "LastReview" }.Where(name => active.Date(name) > file.ReferenceDate))
        {
            yield return Doubt(active, name, "after-census", "The day is after census day.");
        }

        if (active.All("PlacementDetail").Any() && !active.All("PlacementDetail").Any(IsOnCensusDay))
        {
            yield return Doubt(active, "PlacementDetail", "no-place-on-census-day", "The place that the child attends on census day is not given.");
        }
    }

    private bool IsOnCensusDay(Sen2Item place) => !(place.Date("EntryDate") > file.ReferenceDate) && !(place.Date("LeavingDate") < file.ReferenceDate);

    private static Sen2Finding Doubt(Sen2Item item, string name, string code, string words) => new(item.Place, name, code, Sen2Severity.Doubt, words);
}
