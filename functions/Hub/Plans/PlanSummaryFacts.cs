using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Plans;

/// <summary>One of the steps that happen next.</summary>
/// <param name="What">The step, in plain words.</param>
/// <param name="By">The last day for the step, or null if none is fixed.</param>
/// <param name="Who">Who takes the step, for example "You" or "The council".</param>
/// <param name="When">How the time is counted if the last day is not known when the plan is written, or null if no time is fixed.</param>
public sealed record NextStep(string What, DateOnly? By, string Who, string? When = null)
{
    /// <summary>The last day, or how the time is counted, in the text that the family reads.</summary>
    internal string Time => By is { } day ? PlainText.Day(day) : When ?? "No fixed day";
}

/// <summary>The person or team that the family can ask. A detail that is null is not shown.</summary>
/// <param name="Name">The name of the person or the team.</param>
/// <param name="Telephone">The telephone number.</param>
/// <param name="Email">The e-mail address.</param>
public sealed record PlanContact(string Name, string? Telephone = null, string? Email = null);

/// <summary>The content of the first page of a plan: what was decided, what happens next and by when, and who to ask.</summary>
public sealed record PlanSummaryFacts
{
    /// <summary>Name of the council, for example "Example Council".</summary>
    public string CouncilName { get; init; } = "The council";

    /// <summary>The decision, with one paragraph for each sentence.</summary>
    public required IReadOnlyList<string> Decided { get; init; }

    /// <summary>What happens next, earliest first.</summary>
    public required IReadOnlyList<NextStep> Next { get; init; }

    /// <summary>The person or team that answers questions.</summary>
    public PlanContact Contact { get; init; } = new("The council's special educational needs team");

    /// <summary>Where free and independent help is available.</summary>
    public string IndependentHelp { get; init; } =
        "Your local SEND Information, Advice and Support Service (SENDIASS) gives free, impartial and confidential help. The council will tell you how to contact this service.";

    /// <summary>
    /// The facts that do not depend on the individual plan, for each kind of plan. The facts state a date only if the caller gives one,
    /// because a wrong date could cost a family a right.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="law">The rules that apply to the assessment. If no date is given, the length of time is taken from these rules.</param>
    /// <param name="representationsUntil">The last day for the family's representations (reg 13(1)), for a draft.</param>
    /// <param name="finalBy">The day by which the final plan is due (reg 13(2)), for a draft.</param>
    /// <param name="appealUntil">The last day to appeal or to contact a mediation adviser, for a final plan.</param>
    public static PlanSummaryFacts For(PlanDocument plan, RuleSet law, DateOnly? representationsUntil = null, DateOnly? finalBy = null, DateOnly? appealUntil = null) =>
        plan.Kind == PlanKind.Draft ? Draft(Words.Length(law.Rule("familyRepresentations")), representationsUntil, finalBy) : Final(plan.Kind, law, appealUntil);

    // The draft is sent after it is written, so its dates can only be counted then.
    private static PlanSummaryFacts Draft(string time, DateOnly? representationsUntil, DateOnly? finalBy) => new()
    {
        Decided =
        [
            "We have decided that an education, health and care plan is needed. This is our draft of the plan.",
            "This draft is not final. You can ask for changes. The draft does not name a school or college yet, because the law leaves that until we have heard from you.",
        ],
        Next =
        [
            new($"Read the draft and tell us what is wrong or missing. You can write to us or ask for a meeting. You have at least {time}, counting the day we sent it.", representationsUntil, "You", Within(time)),
            new("Tell us which school or college you would like the plan to name. You have the same time to do this.", representationsUntil, "You", Within(time)),
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
                ? "This is the final education, health and care plan. The plan is in force from the day it was sent."
                : "This is the amended final education, health and care plan. This plan replaces the earlier plan.",
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
        + (appeal.OrIfLater is { } later ? $" For an appeal, the time ends {Words.Length(later.Length, later.Unit)} after the mediation certificate, if that is later" : "");
}
