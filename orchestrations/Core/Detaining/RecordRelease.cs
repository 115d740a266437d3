using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// Record that a detained person was released. The ordinary rules apply again from that day: an assessment continues from its original
/// start, and a plan is maintained and is reviewed as soon as reasonably practicable (CFA 2014 s48).
/// </summary>
/// <param name="On">Day of the release.</param>
public sealed record RecordRelease(DateOnly On) : AssessmentInput, IStep<RecordRelease>
{
    public static StepDefinition<RecordRelease> Definition { get; } = new("record-release", "Record the release from detention")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 s48; SI 2015/62 reg 15",
        Example = """{ "on": "2027-06-01" }""",
        Days = x =>
        [
            x.Past(
                "On", "The day of the release", i => i.On,
                (s, _) => new(Detentions.Current(s)?.From, "the first day of the detention"), (s, _) => new(Detentions.Current(s)?.MovedOn, "the day of the last move")),
        ],
    };

    internal override void Decide(Deciding d)
    {
        if (!d.Require(Detentions.Current(d.State) is not null, "not-detained", "No detention is on record."))
        {
            return;
        }

        var ended = Detentions.Current(d.State)!;
        d.Happened(new Released(ended.Number, On));
        foreach (var over in d.State.Attention.Where(a => a.Id is Detentions.ProvisionTask or Detentions.MonitoringTask).ToList())
        {
            d.Happened(new AttentionResolved(over.Id, "released"));
        }

        if (MaintainedPlan.IsMaintainedHere(d.State))
        {
            DetentionLetters.TellOfRelease(d, ended);
            AskForReview(d, On);
        }
    }

    internal static void AskForReview(Deciding d, DateOnly released) => d.AskAttention(
        Detentions.ReviewTask,
        $"Released on {Words.Day(released, true)}. The plan is maintained again, with all the help in it. Arrange a meeting to review the plan as soon as reasonably practicable (arrange-review).");
}

/// <summary>The detained person was released.</summary>
/// <param name="Number">Number of the detention.</param>
/// <param name="On">Day of the release.</param>
public sealed record Released(int Number, DateOnly On) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("releasedFromDetention", "The detained child or young person was released.")
    {
        Told = Audience.Council | Audience.Family,
    };

    public override AssessmentState Apply(AssessmentState state) => state with
    {
        Detentions = Lists.Change(state.Detentions, one => one.Number == Number, one => one with { ReleasedOn = On }),
    };

    public override string Describe(TimelineContext context) => $"Released from detention on {Day(On)}. The ordinary rules apply again.";
}
