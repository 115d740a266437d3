using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Functions.Returns.Building;

/// <summary>Something wrong with a case in a return, with the form in which it is corrected. It names no child and repeats no value.</summary>
/// <param name="Case">The case.</param>
/// <param name="Officer">Who holds the case; null where nobody does.</param>
/// <param name="Finding">What is wrong.</param>
/// <param name="Step">The step that corrects it; null where it is corrected on the page of the case.</param>
public sealed record ReturnFault(AssessmentId Case, string? Officer, Sen2Finding Finding, string? Step)
{
    /// <summary>Where it is corrected, below the address of the hub.</summary>
    public string Address => $"/workspace/cases/{Case}{(Step is null ? "" : $"/steps/{Step}")}";

    /// <summary>The step that records an item of a block.</summary>
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

/// <summary>A person of a return with what is wrong.</summary>
/// <param name="Item">The person.</param>
/// <param name="Faults">Errors and doubts.</param>
/// <param name="Cases">The cases from which it was made.</param>
public sealed record BuiltPerson(Sen2Item Item, IReadOnlyList<ReturnFault> Faults, IReadOnlyList<AssessmentId> Cases);
