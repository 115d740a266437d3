using System.Globalization;
using System.Text;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Families.Forms;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Visiting.Routes;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Families.Asking;

/// <summary>
/// Opens a case for a family's request, stores the family's text and files, and creates the family's link. Each step's id is derived from
/// the request, so a request that was interrupted can be sent again and takes effect only once.
/// </summary>
public sealed class FamilyRequestSubmission(TakeInput take, AttachmentStore documents, IAssessmentStore store, TimeProvider time)
{
    private const int LinkDays = 366;

    private static readonly Actor Asking = new() { Role = ActorRole.Hub, Id = "asked on the web", OnBehalfOf = "family" };
    private static readonly Actor Family = new() { Role = ActorRole.Family, Id = FamilyPeople.ReaderId(null) };

    /// <summary>The id of the link that the person who asked receives.</summary>
    internal const string Link = "asked";

    /// <summary>Opens the case.</summary>
    /// <returns>The refusal with its code, or null if everything was accepted. If a store cannot be reached, the code is
    /// <see cref="Refusals.StoreUnavailable"/>.</returns>
    internal async Task<Refusal?> OpenAsync(FamilyRequestPage page, AssessmentId assessment, OpenAssessment step, PageDraft draft, CancellationToken cancellationToken)
    {
        // The text is stored first, so that once the case is open, everything that was sent is in the case or can be sent again.
        var written = await WordsDocument.KeepAsync(
            documents, assessment, "request-in-words.txt", $"Request for an assessment, made on the web on {step.Facts.ReceivedOn:yyyy-MM-dd}", FamilyRequestForm.ForAdvisers(draft), cancellationToken);
        if (!written.Succeeded)
        {
            return new Refusal(written.Outcome == KeepingOutcome.Refused ? "not-kept" : Refusals.StoreUnavailable, written.Outcome == KeepingOutcome.Refused ? written.Reason : "What you wrote cannot be saved at the moment. Send your request again later.");
        }

        var saves = FormattableString.Invariant($"{draft.Saves}");
        var opened = await SendAsync(assessment, $"open/{saves}", Asking, step, cancellationToken);
        if ((opened?.Code == "already-open" ? await OtherAsync(assessment, step, cancellationToken) : opened) is { } refused)
        {
            return refused;
        }

        // If the request was interrupted and changed before it is sent again, its new text and files are stored in addition to the earlier
        // ones.
        var (words, files) = (written.Value.Sha256[..12], PlanJson.ContentHash(Encoding.UTF8.GetBytes(string.Join('\n', draft.Files.Select(file => file.Sha256))))[..12]);
        return await SendAsync(assessment, $"words/{words}", Family, Evidence($"request-{words}", FamilyEvidenceKind.Representations, page, written.Value), cancellationToken)
            ?? (draft.Files.Count == 0 ? null : await SendAsync(assessment, $"files/{files}", Family, Evidence($"request-files-{files}", FamilyEvidenceKind.Evidence, page, [.. draft.Files]), cancellationToken))
            ?? await SendAsync(assessment, "link", Actor.TheHub, new IssueFamilyLink(Link, page.Today.AddDays(LinkDays)), cancellationToken);
    }

    /// <summary>
    /// The refusal if the case was opened by an earlier attempt with other details, for example of another child, whose request must not
    /// be added to this case; otherwise null.
    /// </summary>
    private async Task<Refusal?> OtherAsync(AssessmentId assessment, OpenAssessment step, CancellationToken cancellationToken) =>
        (await store.EventsAsync(assessment, 0, 1, cancellationToken)).Select(recorded => recorded.What).OfType<AssessmentOpened>().FirstOrDefault()?.Facts is { } facts && Details(facts).SequenceEqual(Details(step.Facts), StringComparer.Ordinal)
            ? null
            : new Refusal("sent-otherwise", "Your request was already received with the details that you sent first. To finish it, enter those details as before and send it again. Tell the council about any change, and ask for an assessment of another child once you have the receipt.");

    private static IEnumerable<string> Details(OpeningFacts facts) =>
    [
        facts.Child.GivenName, facts.Child.FamilyName, facts.Child.DateOfBirth.ToString("O", CultureInfo.InvariantCulture), facts.Route.ToString(), facts.Setting?.Name ?? "",
        facts.Family.Name, facts.Family.Telephone ?? "", facts.Family.ElectronicServiceAgreedOn is null ? "by post" : "by e-mail", .. facts.Family.PostalAddress ?? [],
    ];

    private static RecordFamilyEvidence Evidence(string id, FamilyEvidenceKind kind, FamilyRequestPage page, params AttachmentRef[] of) => new(id, kind, page.Today, of);

    private async Task<Refusal?> SendAsync(AssessmentId assessment, string what, Actor by, AssessmentInput input, CancellationToken cancellationToken) =>
        (await take(Deliveries.Of(assessment, $"ask/{what}", by, input, time), null, cancellationToken)).Outcome?.Refusal;
}
