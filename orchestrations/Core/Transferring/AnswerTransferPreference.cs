using IntegrationHub.Contracts.Parties;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The family answers the letter that asks which institution it prefers after the phase transfer.</summary>
/// <param name="On">Day on which the answer was received.</param>
/// <param name="Place">The school or college that the family prefers, in the family's words.</param>
/// <param name="Institution">The institution, if its number is known.</param>
/// <param name="Text">What else the family says.</param>
/// <param name="Person">Who answers, if the family has several people; null means the first contact.</param>
public sealed record AnswerTransferPreference(DateOnly On, string? Place = null, Agency? Institution = null, string? Text = null, string? Person = null)
    : AssessmentInput, IStep<AnswerTransferPreference>
{
    private const int MaxAnswers = 100;

    public static StepDefinition<AnswerTransferPreference> Definition { get; } = new("answer-transfer-preference", "The family says which institution it prefers")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Family],
        Law = "CFA 2014 ss19, 38; SEND Regs 2014 reg 18",
        Example = """{ "on": "2026-10-09", "place": "The school by the river" }""",
        Days = x => [x.Past("On", "The day of the answer", i => i.On, (s, i) => DatedFacts.PreferenceAsked(s, i.Person))],
    };

    internal override void Decide(Deciding d)
    {
        if (!MaintainedPlan.Require(d, "Answering which institution is preferred")
            || !d.Require(Person is null || d.State.People.Any(p => p.Id == Person), "unknown-person", "Nobody with this id is on record.")
            || !d.Require(PhaseTransfers.Awaited(d.State) is null || PhaseTransfers.SentOn(d.State) is null, "plan-sent", "The plan that names the place has already been sent.")
            || !d.Require(PhaseTransfers.PreferenceLetterFor(d.State, Person) is not null, "not-asked", "No letter that asks this person for a preference has been sent.")
            || !(Place is null || InputChecks.Text(d, Place, "The school or college"))
            || !(Text is null || InputChecks.Text(d, Text, "What the family says"))
            || !d.Require((Place ?? Text ?? Institution?.Name) is not null, "text-missing", "Name the school or college that the family prefers, or give another answer."))
        {
            return;
        }

        var transfer = PhaseTransfers.Current(d.State)!;
        var letter = PhaseTransfers.PreferenceLetterFor(d.State, Person)!;
        var answer = new PreferenceAnswer(On, Place, Institution, Text, Person, letter.Day < On ? letter.Day : null);
        if (d.Require(transfer.Answers?.LastOrDefault(a => a.Person == Person) != answer, "already-recorded", "This answer is already on record.")
            && d.Require((transfer.Answers?.Count ?? 0) < MaxAnswers, "too-many-answers", $"A phase transfer can have at most {MaxAnswers} answers."))
        {
            d.Happened(new TransferPreferenceAnswered(On, Place, Institution, Text, Person, answer.LateAfter));
            var now = PhaseTransfers.Current(d.State)!;
            d.AskAttention(
                FormattableString.Invariant($"preference-{letter.Occasion}-{now.Answers!.Count}"),
                PhaseTransfers.HasDifferentPreferences(now)
                    ? "The people who speak for the child prefer different institutions after the phase transfer. Read every answer in the timeline, and talk to all of these people before you name the place."
                    : "The family says which institution it prefers after the phase transfer. Read the answer in the timeline, and consult the institution.");
        }
    }
}

/// <summary>The family answered which institution it prefers after the phase transfer. The answer does not replace an earlier
/// answer.</summary>
public sealed record TransferPreferenceAnswered(DateOnly On, string? Place = null, Agency? Institution = null, string? Text = null, string? Person = null, DateOnly? LateAfter = null)
    : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("transferPreferenceAnswered", "The family answered which institution it prefers after the phase transfer.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state.PhaseTransfers is not [.., var last] ? state : state with
    {
        PhaseTransfers = [.. state.PhaseTransfers.SkipLast(1), last with { Answers = [.. last.Answers ?? [], Answer] }],
    };

    public override string Describe(TimelineContext context) =>
        $"The family's answer about which institution it prefers was received on {Day(On)}{(LateAfter is { } last ? $", late: the last day was {Day(last)}" : "")}.";

    public override string? Note() => Answer.InWords();

    private PreferenceAnswer Answer => new(On, Place, Institution, Text, Person, LateAfter);
}
