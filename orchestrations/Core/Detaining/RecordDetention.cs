using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.StatutoryClock;
using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Record that the child or young person is detained in relevant youth accommodation. The rules for detained people apply from the first
/// day: an assessment under way is not restarted, a plan is kept, and everybody who must be notified is notified.
/// </summary>
/// <param name="Accommodation">Where the person is detained. Letters go to the person in charge there.</param>
/// <param name="DetainedOn">First day of the detention.</param>
/// <param name="BecameAwareOn">Day on which the council became aware of the detention.</param>
/// <param name="YouthOffendingTeam">The youth offending team responsible for the detained person.</param>
/// <param name="HealthServicesCommissioner">The health services commissioner.</param>
/// <param name="ExpectedRelease">Day on which the detention is expected to end, or null if that day is not known or is far off.</param>
public sealed record RecordDetention(
    Agency Accommodation, DateOnly DetainedOn, DateOnly BecameAwareOn, Agency YouthOffendingTeam, Agency HealthServicesCommissioner, DateOnly? ExpectedRelease = null)
    : AssessmentInput, IStep<RecordDetention>
{
    private const int OldestDetained = 18;

    public static StepDefinition<RecordDetention> Definition { get; } = new("record-detention", "Record that the child or young person is detained")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 ss70, 71, 74; SI 2015/62 regs 4(2), 15",
        Example = """
            {
              "accommodation": { "id": "urn:100009", "name": "Example Secure Children's Home" },
              "detainedOn": "2027-02-01",
              "becameAwareOn": "2027-02-03",
              "youthOffendingTeam": { "id": "la:330/youth-offending-team", "name": "Example Youth Offending Team" },
              "healthServicesCommissioner": { "id": "ods:Q71", "name": "Example Health and Justice Commissioner" }
            }
            """,
        Days = x =>
        [
            x.Past("DetainedOn", "The first day of the detention", i => i.DetainedOn, (s, _) => DatedFacts.Birth(s), (s, _) => DatedFacts.Released(s)),
            x.Past("BecameAwareOn", "The day on which the council became aware", i => i.BecameAwareOn, (_, i) => new(i.DetainedOn, "the first day of the detention")),
            x.Planned("ExpectedRelease", "The expected day of the release", i => i.ExpectedRelease, (_, i) => new(i.DetainedOn, "the first day of the detention")),
        ],
    };

    internal override void Decide(Deciding d)
    {
        if (!InputChecks.InHand(d)
            || !d.Require(Detentions.Current(d.State) is null, "already-detained", "A detention is already on record. Record a move (record-detention-move) or the release (record-release).")
            || !InputChecks.Text(d, Accommodation.Name, "The name of the accommodation")
            || !InputChecks.Text(d, YouthOffendingTeam.Name, "The youth offending team's name")
            || !InputChecks.Text(d, HealthServicesCommissioner.Name, "The health services commissioner's name")
            || !RequireAge(d, DetainedOn))
        {
            return;
        }

        var overdue = IsReviewOverdue(d.State, DetainedOn, d.Rules);
        d.Happened(new DetentionRecorded(
            (d.State.Detentions.Count > 0 ? d.State.Detentions[^1].Number : 0) + 1, Accommodation, DetainedOn, BecameAwareOn, YouthOffendingTeam, HealthServicesCommissioner, ExpectedRelease));
        DetentionLetters.Tell(d, [RecipientRole.PersonInCharge, RecipientRole.HealthServicesCommissioner, RecipientRole.YouthOffendingTeam, RecipientRole.Family]);
        if (!MaintainedPlan.IsMaintainedHere(d.State))
        {
            return;
        }

        AskForProvision(d);
        if (overdue)
        {
            AskForMonitoring(d);
        }
    }

    internal static void AskForProvision(Deciding d) => d.AskAttention(
        Detentions.ProvisionTask,
        "The plan is kept. Arrange appropriate special educational provision for the time of detention, and record that (record-act: keptProvisionArranged). Ask the health services commissioner to arrange appropriate health care provision under the plan.");

    internal static bool RequireAge(Deciding d, DateOnly detained) => d.Require(
        Age.On(d.Facts.Child.DateOfBirth, detained) <= OldestDetained, "too-old", $"These rules are for people aged {OldestDetained} or under. Take legal advice on the plan of an older person.");

    /// <summary>Whether a review of the plan was overdue on the first day of a detention.</summary>
    /// <param name="state">The case without that detention.</param>
    /// <param name="detained">The first day of the detention.</param>
    /// <param name="rules">The rules.</param>
    internal static bool IsReviewOverdue(AssessmentState state, DateOnly detained, Rules rules) => Limits.Of(state, detained, rules)
        .Any(l => l is { Standing: LimitStatus.Missed, Limit.Rule.Starts: StartEvent.PlanIssued or StartEvent.PlanMadeOrReviewed or StartEvent.TransferredPlanMadeOrReviewed });

    internal static void AskForMonitoring(Deciding d) => d.AskAttention(
        Detentions.MonitoringTask, "The review of the plan was overdue when the detention began. Hold a monitoring meeting soon, and record the meeting (record-act: monitoringMeetingHeld).");
}

/// <summary>The child or young person is detained.</summary>
/// <param name="Number">Number of the detention.</param>
/// <param name="Accommodation">The accommodation.</param>
/// <param name="From">First day of the detention.</param>
/// <param name="AwareOn">Day on which the council became aware of the detention.</param>
/// <param name="YouthOffendingTeam">The youth offending team.</param>
/// <param name="HealthServicesCommissioner">The health services commissioner.</param>
/// <param name="ExpectedRelease">Day on which the detention is expected to end.</param>
public sealed record DetentionRecorded(
    int Number, Agency Accommodation, DateOnly From, DateOnly AwareOn, Agency YouthOffendingTeam, Agency HealthServicesCommissioner, DateOnly? ExpectedRelease = null)
    : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("detentionRecorded", "The child or young person is detained in youth accommodation.")
    {
        // The timeline does not show a detention to people who only run the hub, or to agencies.
        Told = Audience.Council | Audience.Family,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Detentions = With(state.Detentions, new Detention
        {
            Number = Number,
            Accommodation = Accommodation,
            YouthOffendingTeam = YouthOffendingTeam,
            HealthServicesCommissioner = HealthServicesCommissioner,
            From = From,
            AwareOn = AwareOn,
            ExpectedRelease = ExpectedRelease,
            HadPlan = MaintainedPlan.IsMaintainedHere(state),
        }),
    };

    public override string Describe(TimelineContext context) =>
        $"Detained at {Accommodation.Name} since {Day(From)}{(ExpectedRelease is { } end ? $", expected until {Day(end)}" : "")}. The rules for detained people apply.";
}
