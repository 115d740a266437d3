using IntegrationHub.Contracts.Advice;
using IntegrationHub.Local.Simulation.Population;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Simulation.Conduct;

/// <summary>What advisers write: short, but whole, so that a plan can be made of it.</summary>
internal static class Letters
{
    internal static AdviceContent Advice(Person person, AdviceKind kind, DateOnly on) => kind switch
    {
        AdviceKind.FamilyViews => new AdviceContent
        {
            Author = "Sam Example",
            AuthorRole = "Family",
            WrittenOn = on,
            Views = [new AdviceView("v1", "Robin likes drawing and wants to have friends.")],
        },
        AdviceKind.Medical => Written("C. Paediatrician", "Consultant community paediatrician", on, NeedArea.Health, person.Draw.Chance("health provision", 0.45) ? ProvisionKind.Health : null, false),
        AdviceKind.SocialCare => Written("D. Social", "Social worker", on, NeedArea.SocialCare, person.Draw.Chance("social provision", 0.3) ? ProvisionKind.SocialCareOther : null, false),
        AdviceKind.PreparationForAdulthood => Written("E. Adviser", "Transition adviser", on, NeedArea.Education, ProvisionKind.Education, true),
        _ => Written("F. Teacher", "Professional", on, NeedArea.Education, ProvisionKind.Education, Age.InOrBeyondYear9(person.Facts.Child.DateOfBirth, on)),
    };

    /// <summary>No advice at all: neither a line nor a document.</summary>
    internal static AdviceContent Empty(DateOnly on) => new() { Author = "A. Author", AuthorRole = "Professional", WrittenOn = on };

    private static AdviceContent Written(string author, string role, DateOnly on, NeedArea area, ProvisionKind? provided, bool forAdulthood) => new()
    {
        Author = author,
        AuthorRole = role,
        WrittenOn = on,
        Views = [new AdviceView("v1", "Robin works best in a small group.")],
        Needs = provided is null ? [] : [new AdviceNeed("n1", area, "Robin finds it hard to follow instructions of more than one step.")],
        Outcomes = provided is null ? [] : [new AdviceOutcome("o1", "By July 2028 Robin follows three steps in four lessons of five.", ["n1"])],
        Provision = provided is not { } kind ? [] :
        [
            new AdviceProvision
            {
                Id = "p1",
                Kind = kind,
                Text = "Direct teaching in a group of three.",
                Who = "Assistant trained to level 3",
                HowOften = "4 times a week",
                HowLong = "30 minutes",
                PreparesForAdulthood = forAdulthood,
                Outcomes = ["o1"],
            },
        ],
    };
}
