using System.Globalization;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Returns;

/// <summary>
/// What a return states about a plan, apart from the plan itself, recorded as facts of the case that is created from the return. A fact
/// that the return does not give stays unknown.
/// </summary>
internal static class EarlierFacts
{
    internal static ReturnTaken Of(int year, Sen2Item person, Sen2Item request)
    {
        var (assessment, active) = (request.First("Assessment"), request.First("ActivePlans"));
        var plan = assessment?.First("NamedPlan");
        return new(Child(person, request, active), [.. active?.All("PlacementDetail").Select(Attended).OfType<AttendedPlace>() ?? []], Terms(plan), new EarlierReturn
        {
            Year = year,
            Request = Outcome(request, "Request"),
            Assessment = assessment is null ? new("", null, false, false) : Outcome(assessment, "Assessment"),
            OtherMediation = Flag(assessment, "OtherMediation") == true,
            OtherTribunal = Flag(assessment, "OtherTribunal") == true,
            Exception = Flag(assessment, "Week20") == true,
            ReviewMeeting = active?.Date("ReviewMeeting"),
            ReviewOutcome = active?["ReviewOutcome"],
            ReviewDraft = active?.Date("ReviewDraft"),
            PhaseTransferDue = active?.Date("PhaseTransferDueDate"),
            PhaseTransferFinal = active?.Date("PhaseTransferFinalDate"),
        });
    }

    private static ChildFacts Child(Sen2Item person, Sen2Item request, Sen2Item? active) => new()
    {
        Sex = person["Sex"] switch { "F" => Sex.Female, "M" => Sex.Male, _ => null },
        Ethnicity = person["Ethnicity"],
        Uln = Uln.TryParse(person["UniqueLearnerNumber"], out var uln, out _) ? uln : null,
        NoNumber = Word<NoNumber>(person["UPNunknown"]),
        AskedBy = int.TryParse(request["RequestSource"], NumberStyles.None, CultureInfo.InvariantCulture, out var source) && Enum.IsDefined((AskedBy)source) ? (AskedBy)source : null,
        InYouthAccommodation = Flag(request, "RYA"),
        Needs = [.. active?.All("SENneed").OrderBy(need => need["SENtypeRank"], StringComparer.Ordinal).Select(need => Word<SenNeed>(need["SENtype"])).OfType<SenNeed>() ?? []],
    };

    private static PlanTerms Terms(Sen2Item? plan) => new()
    {
        Named = [.. plan?.All("PlanDetail").Select(Place) ?? []],
        Residential = plan?["PlanRes"],
        WorkBased = plan?["PlanWBP"],
        PersonalBudget = Flag(plan, "PB"),
        OrganisedArrangement = Flag(plan, "OA"),
        DirectPayment = plan?["DP"],
    };

    private static AttendedPlace? Attended(Sen2Item placement) => placement.Date("EntryDate") is { } from
        ? new AttendedPlace(Place(placement), from, placement.Date("LeavingDate"), placement["Res"], placement["WBP"])
        : null;

    private static SchoolPlace Place(Sen2Item placement) => new()
    {
        Rank = placement["PlacementRank"] == "2" ? 2 : 1,
        Institution = Urn.TryParse(placement["URN"], out var urn, out _) ? AgencyId.Of(urn) : Ukprn.TryParse(placement["UKPRN"], out var ukprn, out _) ? AgencyId.Of(ukprn) : null,
        Setting = Word<SenSetting>(placement["SENSetting"]),
        OtherSetting = placement["SENSettingOther"],
        SenUnit = Flag(placement, "SENunitIndicator"),
        ResourcedProvision = Flag(placement, "ResourcedProvisionIndicator"),
    };

    private static EarlierOutcome Outcome(Sen2Item item, string what) =>
        new(item[$"{what}Outcome"] ?? "", item.Date($"{what}OutcomeDate"), Flag(item, $"{what}Mediation") == true, Flag(item, $"{what}Tribunal") == true);

    private static bool? Flag(Sen2Item? item, string name) => item?[name] switch { "1" => true, "0" => false, _ => null };

    /// <summary>Reads a code of the return as a value of an enum whose members are named after the codes.</summary>
    private static T? Word<T>(string? code)
        where T : struct, Enum => code is not null && !char.IsAsciiDigit(code[0]) && Enum.TryParse<T>(code, ignoreCase: true, out var word) ? word : null;
}
