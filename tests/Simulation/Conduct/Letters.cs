using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>
/// What advisers write: short, but whole, so that a plan can be made from it. No two letters say the same: each line names its case, its
/// request and its edition, so that words in the wrong place can be told.
/// </summary>
internal static class Letters
{
    /// <summary>The letter of a request for advice.</summary>
    /// <param name="person">The child or young person.</param>
    /// <param name="request">The request that it answers.</param>
    /// <param name="letter">Which letter.</param>
    /// <param name="on">Day on which it is written.</param>
    internal static AdviceContent Advice(Person person, string request, Letter letter, DateOnly on)
    {
        var mark = MarkOf(person, request, letter);
        return letter.Kind switch
        {
            AdviceKind.FamilyViews => new AdviceContent
            {
                Author = "Sam Example",
                AuthorRole = "Family",
                WrittenOn = on,
                Views = [new AdviceView("v1", $"Robin likes drawing and wants to have friends. {mark}"), new AdviceView("v2", $"Robin sleeps badly before a school day. {mark}")],
            },
            AdviceKind.Medical => Written("C. Paediatrician", "Consultant community paediatrician", NeedArea.Health, person.Draw.Chance("health provision", 0.45) ? ProvisionKind.Health : null, false) with
            {
                Notes = [new AdviceNote("Allergies", $"Peanuts. {mark}")],
            },
            AdviceKind.SocialCare => Written("D. Social", "Social worker", NeedArea.SocialCare, person.Draw.Chance("social provision", 0.3) ? SocialProvision(person) : null, false),
            AdviceKind.PreparationForAdulthood => Written("E. Adviser", "Transition adviser", NeedArea.Education, ProvisionKind.Education, true),
            _ => Written("F. Teacher", "Professional", NeedArea.Education, ProvisionKind.Education, Age.InOrBeyondYear9(person.Facts.Child.DateOfBirth, on)),
        };

        AdviceContent Written(string author, string role, NeedArea area, ProvisionKind? provided, bool forAdulthood) => new()
        {
            Author = author,
            AuthorRole = role,
            WrittenOn = on,
            Views = [new AdviceView("v1", $"Robin works best in a small group. {mark}")],
            Needs = provided is null ? [] : [new AdviceNeed("n1", area, $"Robin finds it hard to follow instructions of more than one step. {mark}")],
            Outcomes = provided is null ? [] : [new AdviceOutcome("o1", $"By July 2028 Robin follows three steps in four lessons of five. {mark}", ["n1"])],
            Provision = provided is not { } kind ? [] :
            [
                new AdviceProvision
                {
                    Id = "p1",
                    Kind = kind,
                    Text = $"Direct teaching in a group of three. {mark}",
                    Who = "Assistant trained to level 3",
                    HowOften = "4 times a week",
                    HowLong = "30 minutes",
                    PreparesForAdulthood = forAdulthood,
                    Outcomes = ["o1"],
                },
            ],
        };
    }

    /// <summary>The words by which a letter is told from every other.</summary>
    internal static string MarkOf(Person person, string request, Letter letter) => FormattableString.Invariant($"Case {person.Number}, {request}, edition {letter.Edition}.");

    /// <summary>No advice at all: neither a line nor a document.</summary>
    internal static AdviceContent Empty(DateOnly on) => new() { Author = "A. Author", AuthorRole = "Professional", WrittenOn = on };

    private static ProvisionKind SocialProvision(Person person) => person.Draw.Chance("section 2 of 1970", 0.4) ? ProvisionKind.SocialCareSection2 : ProvisionKind.SocialCareOther;
}
