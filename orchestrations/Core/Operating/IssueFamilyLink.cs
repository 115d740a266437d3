using static IntegrationHub.Orchestrations.Assessments.Lists;
using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Give the family a link to its page.</summary>
/// <param name="LinkId">Id of the link, chosen by the sender and unique in the assessment.</param>
/// <param name="ExpiresOn">Last day on which the link works, at most a year ahead.</param>
/// <param name="Person">Whose link it is, if the family has several people; null means the first contact.</param>
public sealed record IssueFamilyLink(string LinkId, DateOnly ExpiresOn, string? Person = null) : AssessmentInput, IStep<IssueFamilyLink>
{
    private const int LongestLinkDays = 366;

    public static StepDefinition<IssueFamilyLink> Definition { get; } = new("issue-family-link", "Give the family a link to its page")
    {
        // The hub itself gives a link to a person who has opened a letter or made a request on the web.
        Senders = [ActorRole.CouncilOfficer, ActorRole.Hub],
        Example = """{ "linkId": "link-1", "expiresOn": "2026-12-31" }""",
        Days = x => [x.Planned("ExpiresOn", "The link's last day", i => i.ExpiresOn)],
    };

    internal override void Decide(Deciding d)
    {
        if (InputChecks.Id(d, LinkId, "The link's id")
            && d.Require(d.State.FamilyLinks.All(l => l.Id != LinkId), "already-issued", "A link with this id has already been issued.")
            && d.Require(Person is null || d.State.People.Any(p => p.Id == Person), "unknown-person", "Nobody with this id is on record.")
            && d.Require(ExpiresOn >= d.Today, "day-in-past", "The link's last day has passed. Choose a later last day.")
            && d.Require(ExpiresOn <= d.Today.AddDays(LongestLinkDays), "link-too-long", $"A link can work for at most {LongestLinkDays} days. Choose an earlier last day."))
        {
            d.Happened(new FamilyLinkIssued(LinkId, d.Today, ExpiresOn, Person));
        }
    }
}

/// <summary>The family was given a link to its page.</summary>
public sealed record FamilyLinkIssued(string LinkId, DateOnly On, DateOnly ExpiresOn, string? Person = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("familyLinkIssued", "The family was given a link to its page.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { FamilyLinks = With(state.FamilyLinks, new FamilyLink(LinkId, On, ExpiresOn, false, Person)) };

    public override string Describe(TimelineContext context) => $"The family was given a link to its page on {Day(On)}. The link works until {Day(ExpiresOn)}.";
}
