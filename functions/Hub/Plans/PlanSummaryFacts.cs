using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Plans;

/// <summary>One thing that happens next.</summary>
/// <param name="What">What happens, in plain words.</param>
/// <param name="By">The last day for it; null where none is fixed.</param>
/// <param name="Who">Who does it, for instance "You" or "The council".</param>
/// <param name="When">How the time is counted, where the day itself is not known when the plan is written; null where no time is fixed.</param>
public sealed record NextStep(string What, DateOnly? By, string Who, string? When = null)
{
    /// <summary>The day, or how it is counted, in words for the family.</summary>
    internal string Time => By is { } day ? PlainText.Day(day) : When ?? "No fixed day";
}

/// <summary>Whom the family can ask. Parts that are null are not shown.</summary>
/// <param name="Name">Name of the person or the team.</param>
/// <param name="Telephone">Telephone number.</param>
/// <param name="Email">E-mail address.</param>
public sealed record PlanContact(string Name, string? Telephone = null, string? Email = null);

/// <summary>The content of the first page: what was decided, what happens next and by when, and who to ask.</summary>
public sealed record PlanSummaryFacts
{
    /// <summary>Name of the council, for instance "Example Council".</summary>
    public string CouncilName { get; init; } = "The council";

    /// <summary>What was decided, one sentence a paragraph.</summary>
    public required IReadOnlyList<string> Decided { get; init; }

    /// <summary>What happens next, earliest first.</summary>
    public required IReadOnlyList<NextStep> Next { get; init; }

    /// <summary>Who answers questions.</summary>
    public PlanContact Contact { get; init; } = new("The council's special educational needs team");

    /// <summary>Where free and independent help is available.</summary>
    public string IndependentHelp { get; init; } =
        "Your local SEND Information, Advice and Support Service (SENDIASS) gives free, impartial and confidential help. The council will tell you how to reach it.";

    /// <summary>
    /// Facts that are true of every plan of this kind. They state a date only when it is given, because a family could lose a right over a
    /// wrong date.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="law">The rules that apply to the assessment; where no date is given, the facts state the length of time.</param>
    /// <param name="representationsUntil">For a draft: the last day for the family's representations (reg 13(1)).</param>
    /// <param name="finalBy">For a draft: the day by which the final plan is due (reg 13(2)).</param>
    /// <param name="appealUntil">For a final: the last day to appeal or to contact a mediation adviser.</param>
    public static PlanSummaryFacts For(PlanDocument plan, RuleSet law, DateOnly? representationsUntil = null, DateOnly? finalBy = null, DateOnly? appealUntil = null) =>
        plan.Kind == PlanKind.Draft ? Draft(Words.Length(law.Rule("familyRepresentations")), representationsUntil, finalBy) : Final(plan.Kind, law, appealUntil);

    // The draft is sent after it is written, so its dates can only be counted then.
    private static PlanSummaryFacts Draft(string time, DateOnly? representationsUntil, DateOnly? finalBy) => new()
    {
        Decided =
        [
            "We have decided that an education, health and care plan is needed. This is our draft of it.",
            "It is not final. You can ask for changes. It names no school or college yet, because the law leaves that until we have heard you.",
        ],
        Next =
        [
            new($"Read the draft and tell us what is wrong or missing. You can write to us or ask for a meeting. You have at least {time}, counting the day we sent it.", representationsUntil, "You", Within(time)),
            new("Tell us which school or college you would like the plan to name. You have the same time for this.", representationsUntil, "You", Within(time)),
            new("Ask for a personal budget, if you would like one.", representationsUntil, "You", Within(time)),
            new("Ask the school or college whether it can meet the needs in this plan.", null, "The council", "Before the final plan"),
            new("Send you the final plan.", finalBy, "The council"),
        ],
    };

    private static PlanSummaryFacts Final(PlanKind kind, RuleSet law, DateOnly? appealUntil) => new()
    {
        Decided =
        [
            kind == PlanKind.Final
                ? "This is the final education, health and care plan. It is in force from the day it was sent."
                : "This is the amended final education, health and care plan. It takes the place of the one before it.",
            "The council must secure the special educational provision in section F. The NHS integrated care board must arrange the health provision in section G.",
        ],
        Next =
        [
            new("Start the provision that this plan sets out.", null, "The council, the NHS and the school or college named in section I", "Now, without delay"),
            new("If you do not agree with sections B, F or I, contact a mediation adviser, or appeal to the First-tier Tribunal (Special Educational Needs and Disability). You need a mediation certificate first, unless you appeal about section I only.", appealUntil, "You", ToAppeal(law.Rule("appeal"))),
            new("Review the plan with you.", null, "The council", $"Within {Words.Length(law.Rule("firstReview"))} of this plan"),
        ],
    };

    private static string Within(string time) => $"Within {time}, counting the day we sent it";

    private static string ToAppeal(Rule appeal) =>
        $"Within {Words.Length(appeal)} of the day we sent it."
        + (appeal.OrIfLater is { } later ? $" For an appeal: or within {Words.Length(later.Length, later.Unit)} of the mediation certificate, if that is later" : "");
}
