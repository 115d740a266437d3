using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.StatutoryClock;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Open a case: a request was received, or the council became responsible for an assessment or (with <c>takenOver</c>) a plan that was
/// issued elsewhere.
/// </summary>
/// <param name="Facts">What is known about the case.</param>
/// <param name="Earlier">What the SEN2 return says about a plan that is taken over; only the import sets this.</param>
/// <param name="RestrictedTo">The ids of the only people at the council who may see the case, or null if it is not restricted; set only if a
/// plan is taken over from a package.</param>
public sealed record OpenAssessment(OpeningFacts Facts, ReturnTaken? Earlier = null, IReadOnlyList<string>? RestrictedTo = null) : AssessmentInput, IOpensCase, IStep<OpenAssessment>
{
    public static StepDefinition<OpenAssessment> Definition { get; } = new("open-assessment", "Open an assessment")
    {
        // If a family makes a request on the web, the hub itself opens the case.
        Senders = [ActorRole.CouncilOfficer, ActorRole.Hub],
        Law = "CFA 2014 s36(1), s24; SEND Regs 2014 regs 4(2), 15",
        Example = """
            {
              "route": "parent",
              "receivedOn": "2026-06-01",
              "child": {
                "givenName": "Alex",
                "familyName": "Example",
                "dateOfBirth": "2016-03-14",
                "nhsNumber": "9990000018",
                "upn": "Q330100101501"
              },
              "family": {
                "name": "Sam Example",
                "relationship": "mother",
                "email": "sam@example.org",
                "electronicServiceAgreedOn": "2026-06-01"
              },
              "settingKind": "school",
              "setting": { "id": "urn:100001", "name": "Example Primary School" },
              "icb": { "id": "ods:QHL", "name": "Example Integrated Care Board" },
              "sensoryImpairment": "hearing",
              "advisers": [{"kind": "medical", "agency": {"id": "ods:RX1", "name": "Example Community NHS Trust"}}]
            }
            """,
        Days = x => [
            x.Past("Facts.Child.DateOfBirth", "The child's date of birth", i => i.Facts.Child.DateOfBirth),
            x.Past(
                "Facts.ReceivedOn", "The day on which the request was received", i => i.Facts.ReceivedOn,
                (_, i) => DatedFacts.Birth(i.Facts)),
            x.Past(
                "Facts.Family.ElectronicServiceAgreedOn", "The day on which the family agreed to electronic service", i => i.Facts.Family.ElectronicServiceAgreedOn),
            x.Past(
                "Facts.Capacity.AssessedOn", "The day of the capacity assessment", i => i.Facts.Capacity?.AssessedOn,
                (_, i) => DatedFacts.Birth(i.Facts)),
            x.Past(
                "Facts.TakenOver.IssuedOn", "The day on which the plan was issued", i => i.Facts.TakenOver?.IssuedOn,
                (_, i) => new(i.Facts.ReceivedOn, DatedFacts.TheRequest)),
            x.Past(
                "Facts.TakenOver.TransferredOn", "The day of the transfer", i => i.Facts.TakenOver?.TransferredOn,
                (_, i) => new(i.Facts.TakenOver?.IssuedOn, "the day on which the plan was issued")),
            x.Past(
                "Facts.TakenOver.LastReviewedOn", "The day of the last review", i => i.Facts.TakenOver?.LastReviewedOn,
                (_, i) => new(i.Facts.TakenOver?.IssuedOn, "the day on which the plan was issued")),
            x.Planned(
                "Facts.TakenOver.Placement.From", "The first day at the place that the plan names", i => i.Facts.TakenOver?.Placement?.From,
                (_, i) => DatedFacts.Birth(i.Facts)),
            .. EarlierDays.Of(x),
        ],
    };

    /// <summary>Name of the council's service that stands in for a school or setting whose number is not known yet.</summary>
    public const string UnidentifiedSchool = "/place-in-words";

    internal override void Decide(Deciding d)
    {
        if (!d.Require(d.State.Facts is null, "already-open", "This assessment is already open.")
            || !OpeningChecks.AreLawful(d, Facts)
            || !OpeningChecks.AdvisersCanBeAsked(d, Facts)
            || (RestrictedTo is { } only && !RestrictCase.AreNamed(d, only)))
        {
            return;
        }

        d.Happened(new AssessmentOpened(d.State.Id, Facts with { TakenOver = null }));
        if (RestrictedTo is { } named)
        {
            // The case is never open to everybody, not even until a second step: the restriction is recorded together with the opening.
            d.Happened(new CaseRestricted(named, "The case was restricted to these people when its plan was taken over."));
            d.AskAttention("restricted-at-opening", "The case is restricted to the people who were named when its plan was taken over. Check who else at this council needs to see the case, and name them, or lift the restriction.");
        }

        if (Facts.Setting is { Id.Code: var code } && code.EndsWith(UnidentifiedSchool, StringComparison.Ordinal))
        {
            d.AskAttention("place-in-words", "The family has named the school or other place in its own words. Find the number of this place, and correct the facts. Until the facts are corrected, the hub contacts nobody at this place.");
        }

        if (Facts.TakenOver is { } plan)
        {
            TakingOver.Take(d, plan, Earlier);
            return;
        }

        Notices.TellFamily(d, NoticeKind.RequestAcknowledged);
        Notices.TellAll(d, LegalNotice.AssessmentConsidered);
        d.AddEffect(new PublishStatus(d.State.Stage));
    }
}

/// <summary>The assessment was opened.</summary>
public sealed record AssessmentOpened(AssessmentId Assessment, OpeningFacts Facts) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("assessmentOpened", "The assessment was opened.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Facts = Facts, Stage = Stage.Considering, Advisers = Facts.Advisers };

    public override string Describe(TimelineContext context) => context.IsForOperations
        ? $"Assessment opened. The request was received on {Day(Facts.ReceivedOn)}."
        : $"Assessment opened: {Of(Facts.Route)} on {Day(Facts.ReceivedOn)}.";
}
