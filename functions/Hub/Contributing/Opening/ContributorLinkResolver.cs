using System.Runtime.CompilerServices;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Contributing.SigningIn;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Monitoring.Wording;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Visiting.Opening;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Contributing.Opening;

/// <summary>A request for advice that somebody opened by a link or by signing in.</summary>
/// <param name="State">The case to which the request belongs.</param>
/// <param name="Request">The request.</param>
/// <param name="Colleague">The colleague to whom the request was passed on and who has this link, or null for the agency's own
/// contact.</param>
/// <param name="Path">The path of the request's pages within the hub: the link's own path, or the path for people who signed in.</param>
/// <param name="OpensUntil">The last day on which the link opens the request. After that day, an answered request cannot be opened by
/// signing in either.</param>
/// <param name="Rules">The rules of the case.</param>
/// <param name="Today">Today's date in London.</param>
/// <param name="Address">The address of the person with the link, or null if none is known.</param>
public sealed record OpenedRequest(
    AssessmentState State, AdviceRequest Request, Colleague? Colleague, string Path, DateOnly OpensUntil, Rules Rules, DateOnly Today, NoticeAddress? Address) : IAccessCodePage
{
    /// <summary>The request is opened only by signing in, not by a link or a code.</summary>
    public bool RequiresSignIn { get; init; }

    /// <summary>The person who is signed in, or null if nobody is.</summary>
    public Contributor? SignedIn { get; init; }

    /// <inheritdoc/>
    public string Key => Path;

    /// <inheritdoc/>
    public string Reference => $"{State.Id}/{Request.Id}";

    /// <inheritdoc/>
    public string Role => NoticeDirectory.Contributor;

    /// <inheritdoc/>
    public string DraftName => PageDrafts.NameOf(State.Id, Request.Id);

    /// <inheritdoc/>
    public AssessmentId? Case => State.Id;

    /// <inheritdoc/>
    public string Reader => $"{Actor.Agency}/{Actor.Id}";

    /// <inheritdoc/>
    public CodeWords Words => new(
        "Open the request for your advice",
        $"The council asks for {Orchestrations.Assessments.Words.Of(Request)} by {MonitorWords.Day(Due)}. To keep the child’s details private, we will send a code to the address that the council has for you.",
        "Open the request");

    /// <inheritdoc/>
    public (string Subject, string Text) Message(string code) => NoticeWording.Default.CodeToAnswer(State.Id.Value, code);

    /// <inheritdoc/>
    public AssessmentInput Revoke(string reason) => new RevokeAnswerLinks(Request.Id, reason);

    /// <summary>The person who opened the request, as an actor for the agency that was asked for advice.</summary>
    public Actor Actor => new() { Role = ActorRole.Agency, Id = SignedIn?.Id ?? $"contributor/{Request.Id}{(Colleague is null ? "" : $"/{Colleague.Id}")}", Agency = Request.Agency!.Id };

    /// <summary>Whether an answer is awaited or can still be corrected, because no plan has been prepared from it yet.</summary>
    public bool MayWrite => Request.IsOpen || (AdviceRounds.MayBeChanged(State, Request) && Standing is not null);

    /// <summary>The current advice, or null while there is none.</summary>
    public ReceivedAdvice? Standing => State.Advice.LastOrDefault(a => a.RequestId == Request.Id && a.Counts);

    /// <summary>The event until which the advice can be corrected, for example "the draft plan is prepared".</summary>
    public string MayCorrectUntil => Request switch
    {
        { Review: not null } => "the council decides on the plan after the review",
        { Reassessment: not null } => "the council decides on the plan",
        _ => "the draft plan is prepared",
    };

    /// <summary>The last day for the answer, according to the rules.</summary>
    public DateOnly Due => Chasing.DueDay(State, Request, Rules);
}

/// <summary>
/// Finds the request whose pages a link or a sign-in opens. Access is denied by default. A link opens one request for one person, as long
/// as the council still asks for the advice, the link's last day has not passed and the link has not been revoked. If the hub does not
/// reach an agency by sending links, requests to that agency have no page.
/// </summary>
public sealed class ContributorLinkResolver(
    IAssessmentStore store, ReaderLinks links, RuleBook rules, Agencies.AgencyDirectory agencies, NoticeOptions options, NoticeDirectory directory, TimeProvider time)
{
    private const int ListedAtOnce = 500;

    /// <summary>The request that a link opens, or null if the link opens none.</summary>
    public async Task<OpenedRequest?> OpenAsync(string id, string code, CancellationToken cancellationToken)
    {
        if (await StateAsync(id, cancellationToken) is not { } state)
        {
            return null;
        }

        var (assessment, today) = (state.Id, LondonDate.Of(time.GetUtcNow()));
        foreach (var request in state.Requests.Where(r => AdviceRounds.MayBeAnswered(state, r) && r.Agency is { } agency && r.Status != RequestStatus.Withdrawn && agencies.For(agency.Id).Reach == Agencies.Reach.Web))
        {
            foreach (var person in (Colleague?[])[null, .. request.PassedOnTo ?? []])
            {
                var end = EndOf(request, person);
                if (end >= today && links.Opens(code, assessment, request, person?.Id))
                {
                    return new OpenedRequest(state, request, person, links.PathOfContributor(assessment, request, person?.Id), end, rules.For(assessment), today, AddressOf(request, person));
                }
            }
        }

        return null;
    }

    /// <summary>
    /// A request that was made to an agency, or null if there is none that the agency is allowed to read. A request can be read while it is
    /// open, and afterwards for as long as its links work.
    /// </summary>
    /// <param name="id">The reference of the case.</param>
    /// <param name="request">The id of the request.</param>
    /// <param name="agency">The agency.</param>
    /// <param name="who">The person at the agency who is signed in. Null if nobody is signed in any more, so the caller must not show the
    /// request.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    public async Task<OpenedRequest?> OpenAsync(string id, string request, AgencyId agency, Contributor? who, CancellationToken cancellationToken) =>
        await StateAsync(id, cancellationToken) is { } state ? Of(state, agency, who).FirstOrDefault(r => r.Request.Id == request) : null;

    /// <summary>Every request from any council that was made to the person's agency and that the agency is allowed to read.</summary>
    public async IAsyncEnumerable<OpenedRequest> ListAsync(Contributor who, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(who);

        // The search covers assessments under way and then plans, because reviews and re-assessments also ask for advice. Most of the plans
        // for which the agency has been asked for advice need nothing more from the agency.
        var asked = new SummaryQuery { Agency = who.Agency, AnswerableSince = LondonDate.Of(time.GetUtcNow()).AddDays(-options.AnswerLinkDays), Limit = ListedAtOnce };
        foreach (var query in new[] { asked with { Open = true }, asked with { Stage = Stage.PlanIssued } })
        {
            AssessmentId? after = null;
            do
            {
                var page = await store.ListAsync(query with { After = after }, cancellationToken);
                foreach (var summary in page.Items.Where(s => rules.Serves(s.Id.Council)))
                {
                    var state = store is IUncachedReader passing ? await passing.ReadAsync(summary.Id, cancellationToken) : (await store.LoadAsync(summary.Id, cancellationToken)).State;
                    foreach (var request in IsReadable(state) ? Of(state, who.Agency, who) : [])
                    {
                        yield return request;
                    }
                }

                after = page.Next;
            }
            while (after is not null);
        }
    }

    private IEnumerable<OpenedRequest> Of(AssessmentState state, AgencyId agency, Contributor? who)
    {
        var today = LondonDate.Of(time.GetUtcNow());
        return state.Requests.Where(r => AdviceRounds.MayBeAnswered(state, r) && r.Agency?.Id == agency && r.Status != RequestStatus.Withdrawn && (r.IsOpen || EndOf(r, null) >= today)).Select(r =>
            new OpenedRequest(state, r, null, $"{ContributorSessions.Use.Start}/{state.Id}/{r.Id}", EndOf(r, null), rules.For(state.Id), today, null) { RequiresSignIn = true, SignedIn = who });
    }

    private async Task<AssessmentState?> StateAsync(string id, CancellationToken cancellationToken) =>
        AssessmentId.TryParse(id, out var assessment, out _) && rules.Serves(assessment.Council)
        && (await store.LoadAsync(assessment, cancellationToken)).State is var state && IsReadable(state) ? state : null;

    private static bool IsReadable(AssessmentState state) => state.Facts is not null && state.Requests.Any(r => AdviceRounds.MayBeAnswered(state, r));

    private NoticeAddress? AddressOf(AdviceRequest request, Colleague? person) =>
        (person?.Mail ?? request.Person?.Mail) is { } mail ? new NoticeAddress { Mail = mail } : directory.Find(NoticeDirectory.Key(request.Agency!.Id.Value, NoticeDirectory.Contributor));

    private DateOnly EndOf(AdviceRequest request, Colleague? person)
    {
        var sent = person?.On ?? request.RequestedOn;
        return (request.SentAgainOn > sent ? request.SentAgainOn.Value : sent).AddDays(options.AnswerLinkDays);
    }
}
