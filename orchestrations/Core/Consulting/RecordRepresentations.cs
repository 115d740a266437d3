using IntegrationHub.Contracts.Parties;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The family's representations on the draft (reg 13(1)) or on proposed amendments (reg 22(2)).</summary>
/// <param name="Version">The version that the representations are about: the draft, or the proposed amended plan.</param>
/// <param name="On">Day on which the representations were received.</param>
/// <param name="Text">What the family says about the plan in general; can be empty if another part is given.</param>
/// <param name="RequestedInstitution">The institution that the family asks for, s38(2)(b).</param>
/// <param name="Comments">Comments on specific lines of the plan.</param>
/// <param name="PreferredPlace">The school or college that the family asks for, in the family's own words, if the school's number is not
/// known.</param>
/// <param name="Agrees">Whether the family agrees with the draft.</param>
/// <param name="Person">Who makes the representations, if the family has several people; null means the first contact.</param>
public sealed record RecordRepresentations(
    int Version, DateOnly On, string Text, Agency? RequestedInstitution = null, IReadOnlyList<LineComment>? Comments = null, string? PreferredPlace = null, bool? Agrees = null, string? Person = null)
    : AssessmentInput, IStep<RecordRepresentations>
{
    // No plan has this many lines; the number is limited because the state stores every comment.
    private const int MaxComments = 300;
    private const int MaxRepresentations = 100;

    public static StepDefinition<RecordRepresentations> Definition { get; } = new("record-representations", "Record the family's representations")
    {
        Senders = [ActorRole.CouncilOfficer, ActorRole.Family],
        Law = "SEND Regs 2014 reg 13(1)",
        Example = """
            {
              "version": 1,
              "on": "2026-09-20",
              "text": "We ask for the school that Alex attends now.",
              "requestedInstitution": { "id": "urn:100001", "name": "Example Primary School" }
            }
            """,
        Days = x => [x.Past(
            "On", "The day of the representations", i => i.On,
            (s, i) => DatedFacts.DraftWithFamily(s, i.Version))],
    };

    private static bool IsServed(AssessmentState state) => Amendments.Answerable(state) is { } proposal
        ? Amendments.ProposalNoticesToFamily(state, proposal).Any(n => n.ServedOn is not null)
        : ClockFacts.NewestDraftNotice(state) is { ServedOn: not null };

    internal override void Decide(Deciding d)
    {
        var ended = Amendments.Open(d.State) is null && Amendments.Answerable(d.State) is not null;
        if ((ended || Amendments.Consulted(d, "Recording representations"))
            && d.Require(IsServed(d.State), "draft-not-served", "No draft or proposal has been served on the family yet.")
            && d.Require(Version == VersionAnswered(d.State), "not-the-newest-draft", $"The family is considering version {VersionAnswered(d.State)}. Give the number of that version.")
            && IsWellFormed(d)
            && d.Require(d.State.Representations.All(r => !SaysTheSame(r)), "already-recorded", "These representations are already on record.")
            && d.Require(d.State.Representations.Count < MaxRepresentations, "too-many-representations", $"A case can have at most {MaxRepresentations} representations."))
        {
            d.Happened(new RepresentationsReceived(Version, On, Text, RequestedInstitution, Comments, PreferredPlace, Agrees, Person, LateAfter(d)));
            if (ended)
            {
                d.AskAttention(
                    $"late-answer-{Version}-{d.State.Representations.Count}",
                    FormattableString.Invariant($"The family answered the proposed changes of version {Version} after the council had decided. Read the answer in the timeline, and tell the family what follows."));
            }
            else if (Comments is { Count: > 0 })
            {
                d.AskAttention($"comments-{Version}-{d.State.Representations.Count}", FormattableString.Invariant($"The family commented on {Comments.Count} line(s) of the draft, version {Version}. Read the comments in the timeline, and change the plan or say why not."));
            }
            else if (Agrees != true && Amendments.Open(d.State) is not null)
            {
                d.AskAttention($"answer-{Version}-{d.State.Representations.Count}", FormattableString.Invariant($"The family answered the proposed changes of version {Version}. Read the answer in the timeline before you decide on the plan."));
            }

            if (PreferredPlace is not null && RequestedInstitution is null)
            {
                d.AskAttention(
                    $"preferred-{Version}-{d.State.Representations.Count}",
                    $"The family asks in its own words for a school or college. Read the request in the timeline, find the institution's URN and consult the institution ({d.Rules.CitationFor(d.State, "institutionResponse")}).");
            }

            if (RequestedInstitution is { } asked && d.State.Institutions.All(i => i.Institution.Id != asked.Id || i.On < Amendments.Open(d.State)?.ProposedOn))
            {
                d.AskAttention($"consult-{asked.Id.Code}", $"The family asks for {asked.Name}. Consult this institution ({d.Rules.CitationFor(d.State, "institutionResponse")}).");
            }
        }
    }

    private bool IsWellFormed(Deciding d) =>
        d.Require(Person is null || d.State.People.Any(p => p.Id == Person), "unknown-person", "Nobody with this id is on record.")
        && (Text.Length == 0 && (Comments is { Count: > 0 } || PreferredPlace is not null || Agrees is not null) || InputChecks.Text(d, Text, "What the family says"))
        && (PreferredPlace is null || InputChecks.Text(d, PreferredPlace, "The school or college"))
        && d.Require((Comments?.Count ?? 0) <= MaxComments, "too-many-comments", $"Representations can have at most {MaxComments} comments.")
        && (Comments ?? []).All(c =>
            d.Require(IsLine(d, c.Line), "unknown-line", $"The draft has no line {(c.Line.Length > 100 ? c.Line[..100] : c.Line)}.")
            && (c.Text.Length == 0 && c.Proposed is not null || InputChecks.Text(d, c.Text, "The comment on a line"))
            && (c.Proposed is null || InputChecks.Text(d, c.Proposed, "The proposed wording")));

    // Comments on a proposal can be about lines of the proposal or of the plan in force, which the proposal changes.
    private bool IsLine(Deciding d, string id) =>
        (d.State.NewestPlan is { } plan && plan.Sections.Any(s => s.Lines.Any(l => l.Id == id)))
        || Amendments.Answerable(d.State)?.Changes.Any(change => change.Line == id) == true;

    private static int? VersionAnswered(AssessmentState state) => Amendments.Answerable(state)?.Version ?? Amendments.VersionConsulted(state);

    // The last day is calculated by the rule that sets the family's time to respond. If an officer makes the entry, the day of receipt
    // counts, not the day of the entry.
    private DateOnly? LateAfter(Deciding d)
    {
        var proposal = Amendments.Answerable(d.State);
        var last = Limits.All(d.State, d.Rules).FirstOrDefault(l => l.RuleKey == (proposal is null ? "familyRepresentations" : "reviewRepresentations"))?.Due ?? proposal?.OutcomeOn;
        return last < On ? last : null;
    }

    private bool SaysTheSame(Representation said) =>
        said with { Comments = null, LateAfter = null } == new Representation(Version, On, Text, RequestedInstitution, null, PreferredPlace, Agrees, Person)
        && (said.Comments ?? []).SequenceEqual(Comments ?? []);
}

/// <summary>The family made representations.</summary>
public sealed record RepresentationsReceived(
    int Version, DateOnly On, string Text, Agency? RequestedInstitution = null, IReadOnlyList<LineComment>? Comments = null, string? PreferredPlace = null, bool? Agrees = null, string? Person = null,
    DateOnly? LateAfter = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("representationsReceived", "The family made representations.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Representations = With(state.Representations, Said) };

    public override string Describe(TimelineContext context) => FormattableString.Invariant($"The family's representations on version {Version} were received on {Day(On)}{(LateAfter is { } last ? $", late: the last day was {Day(last)}" : "")}.");

    public override string? Note() => Said.InWords();

    private Representation Said => new(Version, On, Text, RequestedInstitution, Comments, PreferredPlace, Agrees, Person, LateAfter);
}
