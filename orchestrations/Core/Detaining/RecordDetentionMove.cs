using IntegrationHub.Contracts.Parties;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record that a detained person was moved to other youth accommodation. The new person in charge is notified and sent the
/// documents that the previous person in charge had.</summary>
/// <param name="Accommodation">The new accommodation.</param>
/// <param name="On">Day of the move.</param>
/// <param name="HealthServicesCommissioner">The health services commissioner, if this has changed.</param>
/// <param name="YouthOffendingTeam">The youth offending team, if this has changed.</param>
/// <param name="ExpectedRelease">The expected day of the release, if that has changed.</param>
public sealed record RecordDetentionMove(
    Agency Accommodation, DateOnly On, Agency? HealthServicesCommissioner = null, Agency? YouthOffendingTeam = null, DateOnly? ExpectedRelease = null)
    : AssessmentInput, IStep<RecordDetentionMove>
{
    public static StepDefinition<RecordDetentionMove> Definition { get; } = new("record-detention-move", "Record a move to other youth accommodation")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 s74; SI 2015/62",
        Example = """{ "accommodation": { "id": "urn:100010", "name": "Example Young Offender Institution" }, "on": "2027-03-15" }""",
        Days = x =>
        [
            x.Past(
                "On", "The day of the move", i => i.On,
                (s, _) => new(Detentions.Current(s)?.From, "the first day of the detention"), (s, _) => new(Detentions.Current(s)?.MovedOn, "the day of the last move")),
            x.Planned("ExpectedRelease", "The expected day of the release", i => i.ExpectedRelease, (_, i) => new(i.On, "the day of the move")),
        ],
    };

    internal override void Decide(Deciding d)
    {
        if (!d.Require(Detentions.Current(d.State) is not null, "not-detained", "No detention is on record. Record the detention first (record-detention).")
            || !InputChecks.Text(d, Accommodation.Name, "The name of the accommodation")
            || !(HealthServicesCommissioner is null || InputChecks.Text(d, HealthServicesCommissioner.Name, "The health services commissioner's name"))
            || !(YouthOffendingTeam is null || InputChecks.Text(d, YouthOffendingTeam.Name, "The youth offending team's name"))
            || !d.Require(Accommodation.Id != Detentions.Current(d.State)!.Accommodation.Id, "nothing-changed", "This accommodation is already on record."))
        {
            return;
        }

        var before = Detentions.Current(d.State)!;
        d.Happened(new DetentionMoved(Accommodation, On, HealthServicesCommissioner, YouthOffendingTeam, ExpectedRelease));
        var told = new List<RecipientRole> { RecipientRole.PersonInCharge };
        if (HealthServicesCommissioner is { } commissioner && commissioner.Id != before.HealthServicesCommissioner.Id)
        {
            told.Add(RecipientRole.HealthServicesCommissioner);
        }

        if (YouthOffendingTeam is { } team && team.Id != before.YouthOffendingTeam.Id)
        {
            told.Add(RecipientRole.YouthOffendingTeam);
        }

        DetentionLetters.Tell(d, told);
        if (MaintainedPlan.IsMaintainedHere(d.State))
        {
            d.AskAttention(
                Detentions.ProvisionTask,
                "The plan is kept. Arrange appropriate special educational provision at the new accommodation, and record that (record-act: keptProvisionArranged).");
        }
    }
}

/// <summary>The detained person was moved to other accommodation.</summary>
/// <param name="Accommodation">The new accommodation.</param>
/// <param name="On">Day of the move.</param>
/// <param name="HealthServicesCommissioner">The health services commissioner, if this has changed.</param>
/// <param name="YouthOffendingTeam">The youth offending team, if this has changed.</param>
/// <param name="ExpectedRelease">The expected day of the release, if that has changed.</param>
public sealed record DetentionMoved(
    Agency Accommodation, DateOnly On, Agency? HealthServicesCommissioner = null, Agency? YouthOffendingTeam = null, DateOnly? ExpectedRelease = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("detentionMoved", "The detained child or young person was moved to other accommodation.")
    {
        Told = Audience.Council | Audience.Family,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Detentions =
        [
            .. state.Detentions.SkipLast(1),
            state.Detentions[^1] with
            {
                Accommodation = Accommodation,
                MovedOn = On,
                HealthServicesCommissioner = HealthServicesCommissioner ?? state.Detentions[^1].HealthServicesCommissioner,
                YouthOffendingTeam = YouthOffendingTeam ?? state.Detentions[^1].YouthOffendingTeam,
                ExpectedRelease = ExpectedRelease ?? state.Detentions[^1].ExpectedRelease,
            },
        ],
    };

    public override string Describe(TimelineContext context) => $"Detained at {Accommodation.Name} since {Day(On)}{(ExpectedRelease is { } end ? $", expected until {Day(end)}" : "")}.";
}
