namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record where the child is educated in fact. A record of the same rank and first day replaces the earlier one.</summary>
/// <param name="Place">The place.</param>
/// <param name="From">First day there.</param>
/// <param name="To">Last day there; absent while it goes on.</param>
/// <param name="Residential">Code of the return.</param>
/// <param name="WorkBased">Code of the return.</param>
public sealed record RecordSchoolPlace(SchoolPlace Place, DateOnly From, DateOnly? To = null, string? Residential = null, string? WorkBased = null)
    : AssessmentInput, IStep<RecordSchoolPlace>
{
    private const int MostPlaces = 50;

    public static StepDefinition<RecordSchoolPlace> Definition { get; } = new("record-school-place", "Record where the child is educated in fact")
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
            && d.Require(d.State.SchoolPlaces.Count < MostPlaces, "too-many-places", $"A case takes at most {MostPlaces} places.")
            && d.Require(!d.State.SchoolPlaces.Contains(place), "nothing-changed", "Nothing would be different."))
        {
            d.Happened(new SchoolPlaceRecorded(place));
        }
    }
}

/// <summary>Where the child is educated in fact was recorded.</summary>
/// <param name="Attended">The place.</param>
public sealed record SchoolPlaceRecorded(AttendedPlace Attended) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("schoolPlaceRecorded", "Where the child is educated in fact was recorded.")
    {
        // Where a child is taught may be what a member of the family must not learn.
        Told = Audience.Council,
    };

    public override AssessmentState Apply(AssessmentState state) =>
        state with { SchoolPlaces = [.. state.SchoolPlaces.Where(one => (one.Place.Rank, one.From) != (Attended.Place.Rank, Attended.From)), Attended] };

    public override string Tell(Telling telling) => $"Where the child is educated in fact was recorded, from {Words.Day(Attended.From, true)}.";
}
