using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Intake.Matching;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Workspace.Cases;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Workspace.Mail;

/// <summary>
/// The incoming mail as shown to an officer. Each access is recorded in the access log before anything is shown. A message that was put
/// into a case can be opened by officers who are allowed to see that case.
/// </summary>
public sealed class MailService(
    TrayStore tray, TrayAccessLog readings, IDocumentStore documents, AttachmentStore attachments, MailWords words, MailMatching matching, CaseReader cases, KeepingRules rules, TimeProvider time)
{
    /// <summary>A page of the list: either waiting messages, oldest first, or messages that were dealt with, newest first.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public async ValueTask<MailList> ListAsync(Officer officer, bool done, int number, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(officer);
        var waiting = await tray.WaitingAsync(officer.Council, cancellationToken);
        IReadOnlyList<TrayName> names = done ? [.. (await tray.DecidedAsync(officer.Council, cancellationToken)).Reverse()] : waiting;
        var page = names.Skip((number - 1) * MailList.PageSize).Take(MailList.PageSize).ToList();
        await NoteAsync(officer, TrayAccessLog.ListKey, $"{(done ? "dealt with" : "waiting")}{(page.Count == 0 ? "" : $", {page[0]} to {page[^1]}")}", cancellationToken);
        var rows = new List<MailRow>();
        foreach (var name in page)
        {
            if (await tray.FindAsync(officer.Council, name.Key, cancellationToken) is { } item)
            {
                rows.Add(new MailRow(name, item, AgeOf(item), await RawAsync(item, cancellationToken), done ? await tray.DecisionAsync(officer.Council, name, cancellationToken) : null));
            }
        }

        var inCases = rows.Select(row => row.Decision?.Case).OfType<AssessmentId>().Distinct().ToList();
        var seen = (await cases.OpenAsync(officer, inCases, "list of mail that was dealt with", cancellationToken)).Select(file => file.State.Id).ToHashSet();
        var shown = rows.Where(row => row.Decision?.Case is not { } one || seen.Contains(one)).ToList();
        return new MailList(shown, waiting.Count, names.Count, rows.Count - shown.Count, done, number);
    }

    /// <summary>
    /// Opens a message. The result is null if the council has no message with this name, or if the message is in a case that this officer
    /// is not allowed to see.
    /// </summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public async ValueTask<MailFile?> OpenAsync(Officer officer, string name, string what, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(officer);
        if (!TrayName.TryParse(name, out var known) || await tray.FindAsync(officer.Council, known.Key, cancellationToken) is not { } item || TrayStore.NameOf(item) != known)
        {
            return null;
        }

        var decision = await tray.DecisionAsync(officer.Council, known, cancellationToken);
        var file = decision?.Case is { } one ? await cases.OpenAsync(officer, one.Value, "an incoming message", cancellationToken) : null;
        if (decision?.Case is not null && file is null)
        {
            return null;
        }

        await NoteAsync(officer, item.Key, what, cancellationToken);
        var parts = new List<(StoredMailPart, MailScan)>();
        foreach (var part in item.Parts)
        {
            parts.Add((part, part.Sha256 is null ? new MailScan(null, false) : await ScanAsync($"{TrayStore.FolderOf(item.Council, item.Key)}/files", part.Sha256, cancellationToken)));
        }

        return new MailFile(
            known, item, AgeOf(item), decision, file, decision is null ? await tray.LatestClaimAsync(item, cancellationToken) : null, await RawAsync(item, cancellationToken), parts);
    }

    /// <summary>The cases suggested for a message, and every number in the message that identifies a case or a child.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public async ValueTask<(MailMatches Finding, IReadOnlyList<SuggestedCase> Cases)> SuggestAsync(Officer officer, MailFile mail, CancellationToken cancellationToken)
    {
        var finding = await FindAsync(officer, mail, cancellationToken);
        var files = await cases.OpenAsync(officer, finding.Suggestions.Select(one => one.Case), "suggested for an incoming message", cancellationToken);
        return (finding, [.. files.Select(file => Beside(file, mail, finding))]);
    }

    /// <summary>A message compared with one case, or null if the officer is not allowed to see the case.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public async ValueTask<SuggestedCase?> SuggestedCaseAsync(Officer officer, MailFile mail, string id, CancellationToken cancellationToken) =>
        await cases.OpenAsync(officer, id, "compared with an incoming message", cancellationToken) is { } file
            ? Beside(file, mail, await FindAsync(officer, mail, cancellationToken))
            : null;

    /// <summary>The latest accesses to a message, newest first.</summary>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    public ValueTask<IReadOnlyList<TrayAccess>> ReadingsAsync(MailFile mail, int most, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return readings.OfAsync(mail.Item.Council, mail.Item.Key, most, cancellationToken);
    }

    /// <summary>The bytes of a message's file, or of the message as received, if the officer is allowed to open them.</summary>
    public Task<StoreResult<byte[]>> ReadFileAsync(MailFile mail, string folder, string sha256, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(mail);
        return attachments.ReadAsync($"{TrayStore.FolderOf(mail.Item.Council, mail.Item.Key)}/{folder}", sha256, cancellationToken);
    }

    private static SuggestedCase Beside(CaseFile file, MailFile mail, MailMatches finding) => new(
        file, finding.Suggestions.FirstOrDefault(one => one.Case == file.State.Id), finding.CompareWith(file.State.Id, file.State.Facts!.Child), SenderIn(file.State, mail.Item.SenderAddress));

    // Only the sender's relationship to the child is shown, because an e-mail address can be forged, and the case's own pages show the
    // name.
    private static string? SenderIn(AssessmentState state, string address) =>
        address.Length == 0 ? null
        : string.Equals(state.Facts!.Family.Email, address, StringComparison.OrdinalIgnoreCase) ? state.Facts.Family.Relationship ?? "the family’s first contact"
        : state.People.FirstOrDefault(person => string.Equals(person.Email, address, StringComparison.OrdinalIgnoreCase)) is { } known ? known.Relationship ?? "a person recorded in the case"
        : null;

    private async ValueTask<MailMatches> FindAsync(Officer officer, MailFile mail, CancellationToken cancellationToken) =>
        await matching.FindAsync(await words.OfAsync(mail.Item, cancellationToken), officer.Council, officer.Subject, cancellationToken);

    private ValueTask NoteAsync(Officer officer, string key, string what, CancellationToken cancellationToken) =>
        readings.RecordAsync(officer.Council, key, new TrayAccess(officer.Subject, officer.RoleNames, time.GetUtcNow(), what), cancellationToken);

    private int AgeOf(TrayItem item) => LondonDate.Of(time.GetUtcNow()).DayNumber - item.ReceivedOn.DayNumber;

    private async ValueTask<MailScan> RawAsync(TrayItem item, CancellationToken cancellationToken) =>
        item.RawSha256 is { } hash ? await ScanAsync($"{TrayStore.FolderOf(item.Council, item.Key)}/raw", hash, cancellationToken) : new MailScan(null, false);

    private async ValueTask<MailScan> ScanAsync(string folder, string sha256, CancellationToken cancellationToken)
    {
        var scan = await documents.ScanStateAsync(AttachmentStore.TokenOf(folder, sha256), cancellationToken);
        return scan.Succeeded ? new MailScan(scan.Value, scan.Value == ScanState.Clean || (rules.ServeUnscanned && scan.Value != ScanState.Malicious)) : new MailScan(null, false);
    }
}
