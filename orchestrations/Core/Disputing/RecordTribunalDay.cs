using static IntegrationHub.Orchestrations.Assessments.Lists;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record that the Tribunal set a day in place of the day under its rules (HESC Rules r12(4)). The day set last for each purpose
/// applies.</summary>
/// <param name="For">What the day is for.</param>
/// <param name="Day">The day that the Tribunal set.</param>
/// <param name="On">Day of the Tribunal's direction.</param>
/// <param name="Appeal">Number of the appeal.</param>
public sealed record RecordTribunalDay(TribunalDayFor For, DateOnly Day, DateOnly On, int? Appeal = null) : AssessmentInput, IStep<RecordTribunalDay>
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
        int? appeal = null;
        if (Disputes.IsDisputable(d)
            && d.Require(Appeal is null || For == TribunalDayFor.Response, "appeal-unclear", "Give the number of an appeal only for a day that was set for the council's response.")
            && (For != TribunalDayFor.Response || AppealNumbers.Find(d, Appeal, On, out appeal))
            && d.Require(d.State.TribunalDays.LastOrDefault(set => set.For == For && set.Appeal == appeal)?.Day != Day, "nothing-changed", "This day is already recorded."))
        {
            d.Happened(new TribunalDaySet(For, Day, On, appeal));
        }
    }
}

/// <summary>The Tribunal set a day.</summary>
/// <param name="For">What the day is for.</param>
/// <param name="Day">The day that the Tribunal set.</param>
/// <param name="On">Day of the Tribunal's direction.</param>
/// <param name="Appeal">The number of the appeal; null if there is only one.</param>
public sealed record TribunalDaySet(TribunalDayFor For, DateOnly Day, DateOnly On, int? Appeal = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("tribunalDaySet", "The Tribunal set a day in place of the day under its rules.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { TribunalDays = With(state.TribunalDays, new TribunalDay(For, Day, Appeal)) };

    public override string Describe(TimelineContext context) =>
        $"The Tribunal set {TimelineWords.Day(Day)} for {(For == TribunalDayFor.Appeal ? "the notice of appeal" : $"the council's response{(Appeal is { } number ? FormattableString.Invariant($" to appeal {number}") : "")}")} on {TimelineWords.Day(On)}.";
}
