using IntegrationHub.Contracts.Advice;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Share with the family a list of schools and colleges for the child, by letter and on the family's page. A new list replaces the
/// earlier list.</summary>
/// <param name="Schools">The schools and colleges.</param>
/// <param name="Note">A note to the family.</param>
public sealed record ShareSchoolList(IReadOnlyList<ListedSchool> Schools, string? Note = null) : AssessmentInput, IStep<ShareSchoolList>
{
    /// <summary>The largest number of schools on one list.</summary>
    public const int MaxSchools = 20;

    private const int MaxSentences = 20;

    public static StepDefinition<ShareSchoolList> Definition { get; } = new("share-school-list", "Share a list of schools with the family")
    {
        Senders = [ActorRole.CouncilOfficer],
        Example = """
            {
              "schools": [
                {
                  "institution": {"id": "urn:100001", "name": "Example Primary School"},
                  "why": ["It takes children of 7."],
                  "notKnown": ["Whether it has a free place."]
                }
              ]
            }
            """,
    };

    // A list can also be shared while the plan is maintained, because a list is needed before a phase transfer and after a move.
    internal override void Decide(Deciding d)
    {
        if (InputChecks.InHand(d)
            && d.Require(Schools is { Count: > 0 }, "no-school", "The list has no schools. Add at least one school.")
            && d.Require(Schools.Count <= MaxSchools, "too-many-schools", $"A list can have at most {MaxSchools} schools.")
            && d.Require(Schools.DistinctBy(one => one.Institution.Id).Count() == Schools.Count, "institution-twice", "An institution is on the list twice.")
            && Schools.All(one => IsSaid(d, one))
            && (Note is null || InputChecks.Text(d, Note, "The note")))
        {
            d.Happened(new SchoolListShared(new SharedSchools(Schools, d.Today, Note)));
            WorkingLetters.ToFamily(d, WorkingLetters.Next(d, NoticeKind.SchoolListShared, RecipientRole.Family));
        }
    }

    private static bool IsSaid(Deciding d, ListedSchool one) =>
        InputChecks.Text(d, one.Institution.Name, "The institution's name")
        && d.Require(one.Why is { Count: > 0 }, "reasons-missing", $"Say why {one.Institution.Name} is on the list.")
        && d.Require(one.NotKnown is { Count: > 0 }, "not-known-missing", $"Say what is not known about {one.Institution.Name}.")
        && d.Require(one.Why.Count <= MaxSentences && one.NotKnown.Count <= MaxSentences, "too-many-sentences", $"Give at most {MaxSentences} reasons why {one.Institution.Name} is on the list, and at most {MaxSentences} things that are not known about it.")
        && d.Require(one.Why.Concat(one.NotKnown).All(text => !AdviceFaults.IsBlank(text) && AdviceFaults.Fits(text)), "text-missing", "A sentence on the list is empty or too long.")
        && (one.Note is null || InputChecks.Text(d, one.Note, "The note"));
}

/// <summary>A list of schools was shared with the family.</summary>
/// <param name="List">The list.</param>
public sealed record SchoolListShared(SharedSchools List) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("schoolListShared", "A list of schools was shared with the family.")
    {
        Told = Audience.Council | Audience.Family,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { SchoolList = List };

    public override string Describe(TimelineContext context) => $"A list of {List.Schools.Count} {(List.Schools.Count == 1 ? "school" : "schools")} was shared with the family on {Day(List.On)}.";

    public override string? Note() =>
        string.Join('\n', List.Schools.Select(one => one.Note is { } note ? $"{one.Institution.Name}: {note}" : one.Institution.Name).Concat(List.Note is { } said ? [said] : []));
}
