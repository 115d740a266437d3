using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Letters.Keeping;
using IntegrationHub.Functions.Links;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Monitoring.Family;

/// <summary>A letter opened with a link.</summary>
/// <param name="State">The case to which the letter belongs.</param>
/// <param name="Notice">The notice that was sent as this letter.</param>
/// <param name="OpensUntil">Last day on which the link opens the letter.</param>
public sealed record OpenedLetter(AssessmentState State, Notice Notice, DateOnly OpensUntil)
{
    /// <summary>The reader within the case: a member of the family, or an agency.</summary>
    public string Reader => LetterLinkResolver.ReaderId(Notice);
}

/// <summary>
/// Finds the letter that a link opens, and the letters of a case that one reader may see. Access is denied by default, so a letter that is
/// not recorded as sent cannot be opened.
/// </summary>
public sealed class LetterLinkResolver(IAssessmentStore store, LetterStore letters, ReaderLinks links, RuleBook rules, NoticeOptions options, TimeProvider time)
{
    /// <summary>The letter that a link opens, or null if the link is wrong, revoked or expired.</summary>
    public async Task<OpenedLetter?> OpenAsync(string id, string code, CancellationToken cancellationToken)
    {
        if (!AssessmentId.TryParse(id, out var assessment, out _) || !rules.Serves(assessment.Council))
        {
            return null;
        }

        var state = (await store.LoadAsync(assessment, cancellationToken)).State;
        return state.Facts is not null && state.Notices.FirstOrDefault(n => IsOpen(n) && links.Opens(code, assessment, n)) is { } notice
            ? new OpenedLetter(state, notice, EndOf(notice))
            : null;
    }

    /// <summary>The name by which the reader of a notice is known within the case.</summary>
    internal static string ReaderId(Notice notice) => notice.Agency?.Id.Value ?? ReaderId(notice.Person);

    /// <summary>The name by which a member of the family is known as a reader; null means the first contact.</summary>
    internal static string ReaderId(string? person) => FamilyPeople.ReaderId(person);

    /// <summary>The letters that were sent to a reader who can open them, newest first.</summary>
    internal IEnumerable<Notice> OfReader(AssessmentState state, string reader) =>
        state.Notices.Where(n => IsOpen(n) && ReaderId(n) == reader).OrderByDescending(n => n.SentOn).ThenByDescending(n => n.PlannedOn);

    /// <summary>One format of a sent letter, as it was stored.</summary>
    /// <returns>The result: Done; Missing if an officer wrote the letter, so that no copy was stored; Transient; or Tampered.</returns>
    internal async Task<StoreResult<byte[]>> ReadAsync(OpenedLetter opened, LetterFormat format, CancellationToken cancellationToken)
    {
        var (state, notice, _) = opened;
        if (!LetterWriting.IsWrittenByHub(notice))
        {
            return StoreResult.Failed<byte[]>(KeepingOutcome.Missing, "No copy of the letter is stored.");
        }

        var kept = await letters.ListAsync(state.Id, cancellationToken);
        if (!kept.Succeeded)
        {
            return kept.As<byte[]>();
        }

        var subject = new LetterSubject(LetterWriting.KindOf(notice.Kind), notice.Id).Id;
        var all = kept.Value.Where(k => k.Letter == subject).ToList();

        // The checksum in the notice is that of the letter's web page. The Word document was stored together with the web page.
        var page = all.LastOrDefault(k => k.Sha256 == notice.Letter) ?? all.LastOrDefault(k => k.Format == LetterFormat.Html && k.On <= notice.SentOn);
        var form = page is null ? null : all.LastOrDefault(k => k.Format == format && k.On == page.On && k.By == page.By && (format != LetterFormat.Html || k == page));
        return form is null ? StoreResult.Failed<byte[]>(KeepingOutcome.Missing, "No copy of the letter is stored.") : await letters.ReadAsync(state.Id, form, cancellationToken);
    }

    /// <summary>
    /// Whether the page of a letter may give its reader a new link to the case. If an officer revoked a link, or a link was revoked because
    /// somebody guessed codes, and the letter may have given that link or the link was in use when the letter was sent, only an officer can
    /// decide whether to issue another link.
    /// </summary>
    internal async Task<bool> MayGiveLinkAsync(OpenedLetter opened, CancellationToken cancellationToken)
    {
        var (state, notice, _) = opened;
        var revoked = state.FamilyLinks.Where(l => l.Revoked && l.Person == notice.Person).ToList();
        if (revoked.Count == 0 || revoked.Exists(l => l.IssuedOn >= notice.SentOn))
        {
            return revoked.Count == 0;
        }

        var events = await store.EventsAsync(state.Id, cancellationToken: cancellationToken);
        return !events.Any(e => e.What is FamilyLinkRevoked ended && revoked.Exists(l => l.Id == ended.LinkId) && LondonDate.Of(e.At) > notice.SentOn);
    }

    private bool IsOpen(Notice notice) => notice is { SentOn: not null, EndedOn: null, ToFormerContact: not true } && EndOf(notice) >= LondonDate.Of(time.GetUtcNow());

    private DateOnly EndOf(Notice notice) => notice.SentOn!.Value.AddDays(options.LetterLinkDays);
}
