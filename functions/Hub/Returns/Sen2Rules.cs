using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Returns;

/// <summary>
/// Checks that what a return says about one person is consistent: identifiers, the order of dates, outcomes and their dates, placements, needs.
/// The rules follow the kinds of error that openly available checkers report; DfE's own numbered rules were not available.
/// </summary>
/// <param name="file">The return.</param>
/// <param name="schools">The numbers of the schools in the register, or null if no register was given. Without the register, the numbers
/// of schools are not checked.</param>
internal sealed class Sen2Rules(Sen2File file, IReadOnlySet<string>? schools)
{
    internal const string AfterTheEndCode = "after-the-end";
    private const string NoNamedPlan = "no-named-plan";

    private readonly Sen2Doubts doubts = new(file);

    internal IEnumerable<Sen2Finding> Check() => file.Persons.SelectMany(person => Person(person).Concat(doubts.Person(person)));

    private IEnumerable<Sen2Finding> Person(Sen2Item person)
    {
        var known = person["UPN"] is not null || person["UniqueLearnerNumber"] is not null;
        if (known == person["UPNunknown"] is not null)
        {
            yield return Error(person, "UPNunknown", "upn-or-reason", "Give either a UPN or ULN, or the reason why there is none.");
        }

        if (person.All("Requests").Count(request => request["RequestOutcome"] == "A") is > 1 and var open)
        {
            yield return Error(person, "Requests", "several-open-requests", FormattableString.Invariant($"{open} requests are open at the same time."));
        }

        if (person.All("Requests").Count(request => request.First("ActivePlans") is not null) is > 1 and var plans)
        {
            yield return Error(person, "Requests", "several-plans", FormattableString.Invariant($"{plans} plans are in force at the same time."));
        }

        if (person.Date("PersonBirthDate") is { } born && file.ReferenceDate is { } census && !Age.MayKeepPlan(born, census)
            && (born > census || person.Whole().Any(item => item.Block.Name == "ActivePlans")))
        {
            yield return Error(person, "PersonBirthDate", "age", "On census day, the person is not of an age at which a plan can be in force.");
        }

        foreach (var finding in person.All("Requests").SelectMany(request => Request(person, request)))
        {
            yield return finding;
        }
    }

    private IEnumerable<Sen2Finding> Request(Sen2Item person, Sen2Item request)
    {
        var assessment = request.First("Assessment");
        var plan = assessment?.First("NamedPlan");
        var active = request.First("ActivePlans");
        var found = Order(
            (person, "PersonBirthDate"), (request, "ReceivedDate"), (request, "RequestOutcomeDate"), (assessment, "AssessmentOutcomeDate"), (plan, "StartDate"), (plan, "CeaseDate"))
            .Concat(Dated(request, "RequestOutcome", "RequestOutcomeDate", ["Y", "N"]))
            .Concat(assessment is null ? [] : Dated(assessment, "AssessmentOutcome", "AssessmentOutcomeDate", ["N"], mayHave: ["Y"]));
        if (request["RequestOutcome"] is "N" or "A" or "W" && assessment is not null)
        {
            found = found.Append(AfterTheEnd(request, "RequestOutcome", request["RequestMediation"] == "1" || request["RequestTribunal"] == "1", "An assessment must not be given for a request that did not lead to an assessment."));
        }

        if (assessment?["AssessmentOutcome"] is "N" or "A" or "W" && plan is not null)
        {
            found = found.Append(AfterTheEnd(
                assessment, "AssessmentOutcome", assessment["AssessmentMediation"] == "1" || assessment["AssessmentTribunal"] == "1", "A plan must not be given for an assessment that did not lead to a plan."));
        }

        if (active is not null && !IsInForce(plan))
        {
            found = found.Append(active["TransferLA"] is null
                ? Error(active, null, NoNamedPlan, "A plan is active, so the plan that is in force on census day must be given too.")
                : Doubt(active, null, NoNamedPlan, "A plan was transferred, so the plan that was in force on census day must be given too."));
        }

        if (assessment?["AssessmentOutcome"] == "Y" && plan is not null && assessment["AssessmentOutcomeDate"] is null)
        {
            found = found.Append(Doubt(assessment, "AssessmentOutcomeDate", "outcome-without-day", "A plan was issued, so the day on which the family was notified must be given."));
        }

        if (plan is not null && plan["CeaseDate"] is null != plan["CeaseReason"] is null)
        {
            found = found.Append(Error(plan, "CeaseReason", "ceased-without-reason", "CeaseDate and CeaseReason must be given together: if one is given, the other is needed too."));
        }

        if (plan?["CeaseReason"] == "9")
        {
            found = found.Append(Doubt(plan, "CeaseReason", "reason-other", "The reason is not in the list, so DfE may ask for it."));
        }

        return found.Concat(request.Whole().Where(item => item.Block.Name is "PlanDetail" or "PlacementDetail").SelectMany(Placement)).Concat(active is null ? [] : Needs(active))
            .Concat(request.Whole().SelectMany(AfterPeriod));
    }

    private bool IsInForce(Sen2Item? plan) => plan is not null && !(plan.Date("StartDate") > file.ReferenceDate) && !(plan.Date("CeaseDate") < file.ReferenceDate);

    /// <summary>
    /// If mediation or the Tribunal overturned a refusal, the return still contains the refusal, followed by what happened later.
    /// </summary>
    private static Sen2Finding AfterTheEnd(Sen2Item item, string name, bool isOverturned, string words) =>
        isOverturned ? Doubt(item, name, AfterTheEndCode, words) : Error(item, name, AfterTheEndCode, words);

    private static IEnumerable<Sen2Finding> Order(params (Sen2Item? Item, string Name)[] days)
    {
        (DateOnly Day, string Name)? before = null;
        foreach (var (item, name) in days)
        {
            if (item?.Date(name) is not { } day)
            {
                continue;
            }

            if (before is { } earlier && day < earlier.Day)
            {
                yield return Error(item, name, "days-reversed", $"The day must not be before {earlier.Name}.");
            }

            before = before is { } last && last.Day > day ? last : (day, name);
        }
    }

    private static IEnumerable<Sen2Finding> Dated(Sen2Item item, string outcome, string date, string[] with, string[]? mayHave = null)
    {
        if (item[outcome] is { } said && with.Contains(said) && item[date] is null)
        {
            yield return Error(item, date, "outcome-without-day", "This outcome needs a day; give the day.");
        }
        else if (item[outcome] is { } other && !with.Contains(other) && mayHave?.Contains(other) != true && item[date] is not null)
        {
            yield return Error(item, date, "day-without-outcome", "A day is given, but this outcome must not have a day.");
        }
    }

    private IEnumerable<Sen2Finding> Placement(Sen2Item place)
    {
        var named = new[] { "URN", "UKPRN", "SENSetting" }.Count(name => place[name] is not null);
        if (named != 1)
        {
            yield return Error(place, "URN", "one-setting", "Exactly one of URN, UKPRN and SENSetting must be given for the place.");
        }

        if (place["URN"] is { } urn && schools?.Contains(urn) == false)
        {
            yield return Error(place, "URN", "unknown-urn", "This number is not in the register of schools.");
        }

        if ((place["URN"] ?? place["UKPRN"]) is not null && (place["SENunitIndicator"] is null || place["ResourcedProvisionIndicator"] is null))
        {
            yield return Error(place, "SENunitIndicator", "indicator-missing", "State whether the place is in a SEN unit or in resourced provision.");
        }

        if (place["SENSetting"] == "OTH" && place["SENSettingOther"] is null)
        {
            yield return Error(place, "SENSettingOther", "other-not-named", "The other setting must be described.");
        }

        if (place["SENSetting"] is "OTH" or "NIEO")
        {
            yield return Doubt(place, "SENSetting", "setting-other", "The setting is not in the list, so DfE may ask which setting it is.");
        }

        if (place.Date("EntryDate") is { } entry && place.Date("LeavingDate") < entry)
        {
            yield return Error(place, "LeavingDate", "days-reversed", "The day must not be before EntryDate.");
        }
    }

    private static IEnumerable<Sen2Finding> Needs(Sen2Item active)
    {
        var ranks = active.All("SENneed").Select(need => need["SENtypeRank"]).ToList();
        if (ranks.Count > 0 && (!ranks.Contains("1") || ranks.Distinct().Count() != ranks.Count))
        {
            yield return Error(active, "SENneed", "need-ranks", "One need must have rank 1, and each rank must be given only once.");
        }
    }

    /// <summary>Finds dates that are after the calendar year that the return covers (the year before the census).</summary>
    private IEnumerable<Sen2Finding> AfterPeriod(Sen2Item item)
    {
        if (file.ReferenceDate is not { } census || item.Block.Name is "ActivePlans" or "PlacementDetail")
        {
            yield break;
        }

        var last = new DateOnly(census.Year - 1, 12, 31);
        foreach (var field in item.Block.Items.Where(field => field.Type == Sen2Type.Date && item.Date(field.Name) > last))
        {
            yield return Doubt(item, field.Name, "after-period", "The day is after the year that the return covers.");
        }
    }

    private static Sen2Finding Error(Sen2Item item, string? name, string code, string words) => new(item.Place, name, code, Sen2Severity.Error, words);

    private static Sen2Finding Doubt(Sen2Item item, string? name, string code, string words) => new(item.Place, name, code, Sen2Severity.Doubt, words);
}
