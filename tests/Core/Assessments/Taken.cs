using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>Cases whose plan was issued elsewhere.</summary>
internal static class Taken
{
    internal static readonly TakenPlan Plan = new() { IssuedOn = new(2023, 5, 3), LastReviewedOn = new(2025, 5, 5), Source = "return.xml, Person 12/Requests 1" };

    /// <summary>The same, transferred by another council ten days before it is taken over.</summary>
    internal static readonly TakenPlan Transferred = Plan with { FromCouncil = Cases.Parse<LocalAuthorityCode>("331"), TransferredOn = new(2026, 2, 20) };

    internal static readonly EnterPlanText Text = new(
        [
            new("a1", PlanSectionLetter.A, "Likes drawing."),
            new("b1", PlanSectionLetter.B, "Finds it hard to follow spoken instructions."),
            new("e1", PlanSectionLetter.E, "By July 2027 follows two-step instructions in a lesson.", Answers: ["b1"]),
            new("f1", PlanSectionLetter.F, "Direct teaching of listening in a group of three.", "A teaching assistant trained to level 3", "4 times a week", "30 minutes", ["e1"]),
        ],
        ["Educational advice of the head teacher, 12 January 2023"],
        "The signed plan of 3 May 2023.");

    /// <summary>What a return of an earlier system says: nobody who speaks for the child.</summary>
    internal static OpeningFacts Facts => Cases.Facts with { ReceivedOn = new(2022, 12, 1), Family = new FamilyContact { Name = "", Relationship = "" } };

    internal static Life Over(DateOnly day, TakenPlan? plan = null, FamilyContact? family = null)
    {
        var life = new Life().StoodStillUntil(day);
        return life.Do(new OpenAssessment(Facts with { Family = family ?? Facts.Family, TakenOver = plan ?? Plan }));
    }
}
