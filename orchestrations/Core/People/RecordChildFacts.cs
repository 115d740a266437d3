using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record what the SEN2 return asks about the child. A fact that is not given stays as it was.</summary>
/// <param name="Sex">Sex.</param>
/// <param name="Ethnicity">Ethnicity code of the school census, four letters. REFU means refused, and NOBT means not obtained.</param>
/// <param name="Uln">Unique learner number.</param>
/// <param name="NoNumber">Why there is neither a UPN nor a ULN.</param>
/// <param name="LookedAfter">Whether the child is looked after.</param>
/// <param name="AskedBy">Who asked for the assessment, if the route does not say so.</param>
/// <param name="InYouthAccommodation">Whether the child was in youth accommodation on the day of the request.</param>
/// <param name="Needs">Types of need, with the primary need first.</param>
/// <param name="Clear">Whether everything recorded so far is wrong, so that only the facts given here apply.</param>
public sealed record RecordChildFacts(
    Sex? Sex = null,
    string? Ethnicity = null,
    Uln? Uln = null,
    NoNumber? NoNumber = null,
    bool? LookedAfter = null,
    AskedBy? AskedBy = null,
    bool? InYouthAccommodation = null,
    IReadOnlyList<SenNeed>? Needs = null,
    bool Clear = false) : AssessmentInput, IStep<RecordChildFacts>
{
    private const int LettersOfEthnicity = 4;

    public static StepDefinition<RecordChildFacts> Definition { get; } = new("record-child-facts", "Record what the SEN2 return asks about the child")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "Education Act 1996 s537A",
        Example = """{ "ethnicity": "WBRI", "needs": [ "asd", "slcn" ] }""",
    };

    internal override void Decide(Deciding d)
    {
        var before = (Clear ? null : d.State.ChildFacts) ?? new ChildFacts();
        var now = before with
        {
            Sex = Sex ?? before.Sex,
            Ethnicity = Ethnicity ?? before.Ethnicity,
            Uln = Uln ?? before.Uln,
            NoNumber = NoNumber ?? before.NoNumber,
            LookedAfter = LookedAfter ?? before.LookedAfter,
            AskedBy = AskedBy ?? before.AskedBy,
            InYouthAccommodation = InYouthAccommodation ?? before.InYouthAccommodation,
            Needs = Needs ?? before.Needs,
        };

        // Facts can also be recorded after the case has ended, because the return for a year is corrected when the year is over.
        if (d.Require(
                Ethnicity is null || (Ethnicity.Length == LettersOfEthnicity && Ethnicity.All(char.IsAsciiLetterUpper)), "ethnicity-not-a-code", "Ethnicity must be four capital letters, for example WBRI.")
            && d.Require(now.Needs.Distinct().Count() == now.Needs.Count, "need-twice", "A type of need must not be given twice.")
            && d.Require(
                NoNumber is null || (now.Uln ?? (object?)d.Facts.Child.Upn) is null, "number-known", "A UPN or ULN is on record. Leave out the reason for having no number.")
            && d.Require(!IsSame(now, d.State.ChildFacts ?? new ChildFacts()), "nothing-changed", "This step would change nothing."))
        {
            // Once there is a number, the reason for having none no longer applies.
            d.Happened(new ChildFactsRecorded(Uln is null ? now : now with { NoNumber = null }));
        }
    }

    private static bool IsSame(ChildFacts one, ChildFacts other) => one.Needs.SequenceEqual(other.Needs) && one with { Needs = other.Needs } == other;
}

/// <summary>The facts that the SEN2 return asks for about the child were recorded.</summary>
/// <param name="Facts">All facts that are now known.</param>
public sealed record ChildFactsRecorded(ChildFacts Facts) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("childFactsRecorded", "The facts that the SEN2 return asks for about the child were recorded or changed.")
    {
        // Ethnicity is special category data. Neither an agency nor a family member is told that ethnicity was recorded, and the
        // timeline does not state the value.
        Told = Audience.Council,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { ChildFacts = Facts };

    public override string Describe(TimelineContext context) => "The facts that the SEN2 return asks for about the child were recorded.";
}
