namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record where the child is actually educated. A record with the same rank and first day replaces the earlier one.</summary>
/// <param name="Place">The place.</param>
/// <param name="From">First day at the place.</param>
/// <param name="To">Last day at the place, or null if the child still attends.</param>
/// <param name="Residential">Code of the SEN2 return for a residential place.</param>
/// <param name="WorkBased">Code of the SEN2 return for a work-based place.</param>
public sealed record RecordSchoolPlace(SchoolPlace Place, DateOnly From, DateOnly? To = null, string? Residential = null, string? WorkBased = null)
    : AssessmentInput, IStep<RecordSchoolPlace>
{
    private const int MostPlaces = 50;

    public static StepDefinition<RecordSchoolPlace> Definition { get; } = new("record-school-place", "Record where the child is actually educated")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "Education Act 1996 s537A",
        Example = """{ "place": { "rank": 1, "institution": "urn:100001" }, "from": "2026-01-05" }""",
        Days = x =>
        [
            x.Planned("From", "The first day at the place", i => i.From, (s, _) => DatedFacts.Birth(s)),
            x.Planned("To", "The last day at the place", i => i.To, (_, i) => new(i.From, "the first day at the place")),
        ],
    };

    internal override void Decide(Deciding d)
    {
        var place = new AttendedPlace(Place, From, To, Residential, WorkBased);
        if (SchoolPlaces.AreLawful(d, [Place])
            && SchoolPlaces.IsCode(d, Residential)
            && SchoolPlaces.IsCode(d, WorkBased)
            && d.Require(d.State.SchoolPlaces.Count < MostPlaces, "too-many-places", $"A case can have at most {MostPlaces} places.")
            && d.Require(!d.State.SchoolPlaces.Contains(place), "nothing-changed", "This step would change nothing."))
        {
            d.Happened(new SchoolPlaceRecorded(place));
        }
    }
}

/// <summary>A place where the child is actually educated was recorded.</summary>
/// <param name="Attended">The place.</param>
public sealed record SchoolPlaceRecorded(AttendedPlace Attended) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("schoolPlaceRecorded", "A place where the child is actually educated was recorded.")
    {
        // A member of the family may not be allowed to know where a child is taught.
        Told = Audience.Council,
    };

    public override AssessmentState Apply(AssessmentState state) =>
        state with { SchoolPlaces = [.. state.SchoolPlaces.Where(one => (one.Place.Rank, one.From) != (Attended.Place.Rank, Attended.From)), Attended] };

    public override string Describe(TimelineContext context) => $"A place where the child is actually educated was recorded, from {Words.Day(Attended.From, true)}.";
}
