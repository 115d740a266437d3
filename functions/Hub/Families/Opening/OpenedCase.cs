using System.Text;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Institutions;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Visiting.Opening;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Families.Opening;

/// <summary>A case that a member of the family opened with a link.</summary>
/// <param name="State">The case.</param>
/// <param name="Link">The link.</param>
/// <param name="Contact">The reader's contact details.</param>
/// <param name="Home">The path of the link within the hub.</param>
/// <param name="Rules">The rules of the case.</param>
/// <param name="Today">Today's date in London.</param>
public sealed record OpenedCase(AssessmentState State, FamilyLink Link, FamilyContact Contact, string Home, Rules Rules, DateOnly Today) : IAccessCodePage
{
    /// <summary>The register of schools, or null if none was imported.</summary>
    public LoadedRegister? Schools { get; init; }

    /// <summary>Name of the reader's draft within the case; each form has its own draft.</summary>
    public string Part { get; init; } = "";

    /// <summary>The version of an earlier draft plan if the reader's answer to that version is meant; null for the present version.</summary>
    internal int? Earlier { get; init; }

    /// <summary>The reader, if the family has several members with a link; null for the first contact.</summary>
    public string? Person => Link.Person;

    /// <inheritdoc/>
    public string Path => $"{Home}/case";

    /// <inheritdoc/>
    public string Key => $"family/{State.Id}/{Link.Id}";

    /// <inheritdoc/>
    public string Reference => State.Id.Value;

    /// <inheritdoc/>
    public string Role => "family";

    /// <inheritdoc/>
    public NoticeAddress? Address => Contact.Email is { Length: > 0 } mail ? new NoticeAddress { Mail = mail } : null;

    /// <inheritdoc/>
    public string DraftName => PageDrafts.NameOf(State.Id, $"family-{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Person ?? FirstContact))}-{PartOfVersion}");

    /// <inheritdoc/>
    public AssessmentId? Case => State.Id;

    /// <inheritdoc/>
    public string Reader => FamilyPeople.ReaderId(Person);

    /// <inheritdoc/>
    public CodeWords Words => new(
        "Open your child’s case", "To keep the case private, we will send a code to the e-mail address that the council has for you.", "Open the case");

    // A new first contact does not see what the former one typed and did not send. No person has an id with this sign.
    private string FirstContact => State.FormerContacts is { } former ? FormattableString.Invariant($"#{former}") : "";

    /// <summary>
    /// The part with the version of the plan that it is about. The name of the draft includes this, because a plan that was issued again has
    /// different lines.
    /// </summary>
    internal string PartOfVersion => Part switch
    {
        "draft" => FormattableString.Invariant($"{Part}-{Earlier ?? State.NewestPlan?.Version}"),
        "changes" => FormattableString.Invariant($"{Part}-{Amendments.Answerable(State)?.Number}"),
        "plan-budget" => FormattableString.Invariant($"{Part}-{State.NewestPlan?.Version}"),
        _ => Part,
    };

    /// <summary>The person to whom the link belongs, as the actor who takes a step.</summary>
    public Actor Actor => new() { Role = ActorRole.Family, Id = Reader };

    /// <summary>Whether the case has ended: the assessment is over, and this council maintains no plan.</summary>
    public bool HasEnded => State.Stage.HasEnded() && !MaintainedPlan.IsMaintainedHere(State);

    /// <summary>Whether the case is open and the reader holds the rights in it, alone or shared, and so can act as well as read.</summary>
    public bool MayAct => !HasEnded && FamilyPeople.HoldsRights(State, Person, Today);

    /// <summary>The request for the family's own views if this reader can still answer it or correct the answer; otherwise null.</summary>
    public AdviceRequest? ViewsRequest => Person is null
        ? State.Requests.FirstOrDefault(r => r.Agency is null && ((r.IsOpen && AdviceRounds.MayBeAnswered(State, r)) || (AdviceRounds.MayBeChanged(State, r) && CurrentViews(r) is not null)))
        : null;

    /// <summary>The draft plan that was sent to this reader and can still be commented on, or null while there is none.</summary>
    public Notice? DraftToAnswer => State.Stage != Stage.Consulting ? null
        : State.Notices.LastOrDefault(n => n.Kind == NoticeKind.DraftPlan && n.To == RecipientRole.Family && n.Person == Person && n.ServedOn is not null && n.PlanVersion == State.NewestPlan?.Version);

    /// <summary>
    /// The notice in which changes to the plan were proposed to this reader, while the reader can still answer it; otherwise null.
    /// </summary>
    public Notice? ProposalToAnswer => Amendments.Answerable(State) is { } proposal
        ? Amendments.ProposalNoticesToFamily(State, proposal).LastOrDefault(n => n.Person == Person && n.ServedOn is not null) : null;

    /// <summary>
    /// The letter that asks this reader which institution they prefer after a phase transfer, or null while there is none.
    /// </summary>
    public Notice? PreferenceToGive => PhaseTransfers.PreferenceLetterFor(State, Person);

    /// <summary>
    /// Whether this reader has answered the letter about a phase transfer, or an earlier letter about the same transfer.
    /// </summary>
    public bool HasGivenPreference => PhaseTransfers.Current(State)?.Answers?.Any(a => a.Person == Person) == true;

    /// <summary>Whether the letter with a decision on the personal budget has been sent to this reader.</summary>
    public bool HasLetterOf(BudgetStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return State.Notices.Any(n =>
            n.Kind is NoticeKind.BudgetAgreed or NoticeKind.BudgetRefused or NoticeKind.BudgetChanged or NoticeKind.BudgetAnswered
            && n.Occasion == step.Number && n.To == RecipientRole.Family && n.Person == Person && n.SentOn is not null);
    }

    /// <summary>The last day for this reader's answer to a notice under the rule that applies, or null if there is no time limit now.</summary>
    /// <param name="notice">The notice that sent the draft plan or the proposed changes.</param>
    public DateOnly? LastDayOf(Notice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        var rule = notice.Kind == NoticeKind.DraftPlan ? "familyRepresentations" : "reviewRepresentations";
        return Limits.Of(FamilyPeople.VisibleTo(State, notice), Today, Rules).FirstOrDefault(l => l.Limit.RuleKey == rule)?.Limit.Due;
    }

    /// <summary>This reader's current views, given in answer to a request, or null while there are none. What another member of the family
    /// wrote is not shown.</summary>
    public ReceivedAdvice? CurrentViews(AdviceRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return FamilyViews.Of(State, request.Id, Person);
    }

    /// <summary>The family's views that this reader gave.</summary>
    public IEnumerable<ReceivedAdvice> OwnViews => State.Advice.Where(a => a is { Agency: null, Counts: true } && a.Person == Person);

    /// <inheritdoc/>
    public (string Subject, string Text) Message(string code) => NoticeWording.Default.CodeForFamily(State.Id.Value, code);

    /// <inheritdoc/>
    public AssessmentInput Revoke(string reason) => new RevokeFamilyLink(Link.Id, reason);
}
