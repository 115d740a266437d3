using static IntegrationHub.Orchestrations.Assessments.Lists;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record that the Tribunal set a day in place of the day under its rules (HESC Rules r12(4)). The day set last for each purpose
/// applies.</summary>
/// <param name="For">What the day is for.</param>
/// <param name="Day">The day that the Tribunal set.</param>
/// <param name="On">Day of the Tribunal's direction.</param>
public sealed record RecordTribunalDay(TribunalDayFor For, DateOnly Day, DateOnly On) : AssessmentInput, IStep<RecordTribunalDay>
{
    public static StepDefinition<RecordTribunalDay> Definition { get; } = new("record-tribunal-day", "Record a day that the Tribunal set")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "Tribunal Procedure (FTT) (HESC) Rules 2008 r12(4)",
        Example = """
            { "for": "response", "day": "2026-11-20", "on": "2026-10-26" }
            """,
        Days = x =>
        [
            x.Planned("Day", "The day that the Tribunal set", i => i.Day, (s, _) => DatedFacts.Request(s)),
            x.Past("On", "The day of the Tribunal's direction", i => i.On, (s, _) => DatedFacts.Request(s)),
        ],
    };

    internal override void Decide(Deciding d)
    {
        if (Disputes.IsDisputable(d)
            && d.Require(d.State.TribunalDays.LastOrDefault(set => set.For == For)?.Day != Day, "nothing-changed", "This day is already recorded."))
        {
            d.Happened(new TribunalDaySet(For, Day, On));
        }
    }
}

/// <summary>The Tribunal set a day.</summary>
/// <param name="For">What the day is for.</param>
/// <param name="Day">The day that the Tribunal set.</param>
/// <param name="On">Day of the Tribunal's direction.</param>
public sealed record TribunalDaySet(TribunalDayFor For, DateOnly Day, DateOnly On) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("tribunalDaySet", "The Tribunal set a day in place of the day under its rules.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { TribunalDays = With(state.TribunalDays, new TribunalDay(For, Day)) };

    public override string Describe(TimelineContext context) =>
        $"The Tribunal set {TimelineWords.Day(Day)} for {(For == TribunalDayFor.Appeal ? "the notice of appeal" : "the council's response")} on {TimelineWords.Day(On)}.";
}
