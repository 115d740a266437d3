using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Returns.Building;

/// <summary>
/// An error in one case in a return, with the form in which it can be corrected. The text does not name a child or repeat a value.
/// </summary>
/// <param name="Case">The case.</param>
/// <param name="Officer">The officer who is responsible for the case, or null if there is none.</param>
/// <param name="Finding">What is wrong.</param>
/// <param name="Step">The step that corrects the fault, or null if it is corrected on the page of the case.</param>
public sealed record ReturnFault(AssessmentId Case, string? Officer, Sen2Finding Finding, string? Step)
{
    /// <summary>Address of the page on which the fault is corrected, relative to the address of the hub.</summary>
    public string Address => $"/workspace/cases/{Case}{(Step is null ? "" : $"/steps/{Step}")}";

    /// <summary>The step with which an officer records the given item in the given block of the return.</summary>
    internal static string? StepFor(string block, string? item) => (block, item) switch
    {
        (_, "Surname" or "Forename" or "PersonBirthDate" or "PostCode" or "UPN" or "ReceivedDate") => "correct-facts",
        ("Person", _) or (_, "RequestSource" or "RYA" or "SENneed") or ("SENneed", _) => "record-child-facts",
        ("PlanDetail" or "NamedPlan", not "StartDate" and not "CeaseDate" and not "CeaseReason") => "record-plan-terms",
        ("PlacementDetail", _) or (_, "PlacementDetail") => "record-school-place",
        (_, "PlanDetail") => "record-plan-terms",
        (_, "CeaseDate" or "CeaseReason") => "record-plan-ceased",
        (_, "RequestOutcomeDate" or "AssessmentOutcomeDate") => "record-notice-sent",
        _ => null,
    };
}

/// <summary>A person in a return, with the errors and queries (called doubts here) that the checks found.</summary>
/// <param name="Item">The person's entry in the return.</param>
/// <param name="Faults">Errors and doubts about the person.</param>
/// <param name="Cases">The cases from which the person's entry was made.</param>
public sealed record PersonEntry(Sen2Item Item, IReadOnlyList<ReturnFault> Faults, IReadOnlyList<AssessmentId> Cases);
