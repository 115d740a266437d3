using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Workspace.Mail;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Workspace.Routes;

/// <summary>
/// Puts a message from the incoming mail into a case. The message's text and files become documents of the case, with the day of
/// receipt, and then the message is recorded as dealt with. Each of these steps can be repeated safely: nothing is put into the case twice,
/// and a message is never put into two cases.
/// </summary>
public sealed class MailFiling(TrayStore tray, AttachmentStore attachments, StepSending sending, IAssessmentStore store, TimeProvider time)
{
    private const string AlreadyRecorded = "already-recorded";

    /// <summary>Prepares the message: nobody else can put it into another case in the meantime, and its files are stored with the case.</summary>
    /// <returns>The reason why the message cannot be put into the case now, or null if it can.</returns>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    internal async Task<string?> BeginAsync(Officer officer, TrayItem item, AssessmentId assessment, MailFields fields, CancellationToken cancellationToken)
    {
        if (await tray.DecisionAsync(officer.Council, TrayStore.NameOf(item), cancellationToken) is not null)
        {
            return "Somebody has already dealt with this message. Open the message under “Mail” to see what was done";
        }

        // An earlier attempt may have put the message into another case and been interrupted before it recorded this.
        if (await tray.LatestClaimAsync(item, cancellationToken) is { } begun && begun.Case != assessment && Has((await store.LoadAsync(begun.Case, cancellationToken)).State, item))
        {
            await tray.DecideAsync(item, new TrayDecision(begun.By, begun.At, begun.Case, begun.As), cancellationToken);
            return "This message is already in another case. Open the message under “Mail” to see which case it is in";
        }

        if (await tray.ClaimAsync(item, new TrayClaim(officer.Subject, time.GetUtcNow(), assessment, fields.Use.ToString()), cancellationToken) is not null)
        {
            return "Somebody else is putting this message into a case at the moment. Open the message again in ten minutes";
        }

        foreach (var part in Chosen(item, fields))
        {
            var read = await attachments.LookAtAsync($"{TrayStore.FolderOf(item.Council, item.Key)}/files", part.Sha256!, cancellationToken);
            if (!read.Succeeded)
            {
                return read.Outcome == KeepingOutcome.Transient ? "The document store cannot be reached now. Nothing was sent. Try again later" : $"File {part.Number} cannot be put into the case. Leave out this file, which then stays in the incoming mail";
            }

            if (await KeepAsync(officer, assessment, part.Name, new AttachmentForm(part.Type!, read.Value), cancellationToken) is { } problem)
            {
                return problem;
            }
        }

        return await KeepAsync(officer, assessment, MailDocument.FileName(item), new AttachmentForm(MailDocument.Type, MailDocument.Of(item)), cancellationToken);
    }

    /// <summary>Puts the message into the case, after <see cref="BeginAsync"/>, and records the message as dealt with.</summary>
    /// <returns>The reason why the message is not in the case, or null if it is.</returns>
    /// <exception cref="IOException">The store cannot be reached.</exception>
    internal async Task<string?> PutAsync(Officer officer, TrayItem item, AssessmentId assessment, MailFields fields, CancellationToken cancellationToken)
    {
        var person = PersonOf((await store.LoadAsync(assessment, cancellationToken)).State, item);
        foreach (var input in Inputs(item, assessment, fields, person))
        {
            var state = (await store.LoadAsync(assessment, cancellationToken)).State;
            if (state.Documents.Any(one => one.Id == (input as RecordDocument)?.DocumentId) || state.FamilyEvidence.Any(one => one.EvidenceId == (input as RecordFamilyEvidence)?.EvidenceId))
            {
                continue;
            }

            var sent = await sending.SendAsync(officer, assessment, Guid.NewGuid().ToString("N"), long.MaxValue, null, input, cancellationToken);
            if (sent.Refusal is { } refusal && refusal.Code != AlreadyRecorded)
            {
                return refusal.Reason;
            }
        }

        var decided = await tray.DecideAsync(
            item, new TrayDecision(officer.Subject, time.GetUtcNow(), assessment, fields.Use.ToString(), fields.Reason.Length > 0 ? fields.Reason : null), cancellationToken);
        return decided.Case == assessment ? null : "Somebody has already dealt with this message. Open the message under “Mail” to see what was done";
    }

    /// <summary>References to the documents that the chosen files of a message become in the case.</summary>
    internal static IReadOnlyList<AttachmentRef> FilesOf(TrayItem item, AssessmentId assessment, MailFields fields) =>
        [.. Chosen(item, fields).Select(part => Ref(assessment, part.Name, part.Type!, part.Size!.Value, part.Sha256!)).DistinctBy(file => file.Sha256)];

    private static IEnumerable<StoredMailPart> Chosen(TrayItem item, MailFields fields) => item.Parts.Where(part => part.Sha256 is not null && fields.Parts.Contains(part.Number, StringComparer.Ordinal));

    private static bool Has(AssessmentState state, TrayItem item) =>
        state.Documents.Any(one => one.Id == MailDocument.IdOf(item, null)) || state.FamilyEvidence.Any(one => one.EvidenceId == MailDocument.IdOf(item, null));

    // The first contact can read everything that is recorded as the first contact's own. What another member of the family sent is therefore
    // recorded as that person's.
    private static string? PersonOf(AssessmentState state, TrayItem item)
    {
        return item.SenderAddress.Length == 0 || IsSender(state.Facts?.Family.Email) ? null
            : state.People.FirstOrDefault(one => one.Role is PersonRole.Parent or PersonRole.FosterCarer or PersonRole.YoungPerson && IsSender(one.Email))?.Id;

        bool IsSender(string? mail) => string.Equals(mail, item.SenderAddress, StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<AssessmentInput> Inputs(TrayItem item, AssessmentId assessment, MailFields fields, string? person)
    {
        var bytes = MailDocument.Of(item);
        var text = Ref(assessment, MailDocument.FileName(item), MailDocument.Type, bytes.Length, Contracts.Plans.PlanJson.ContentHash(bytes));
        if (fields.Use is MailUse.Evidence or MailUse.Representations)
        {
            var kind = fields.Use == MailUse.Evidence ? FamilyEvidenceKind.Evidence : FamilyEvidenceKind.Representations;
            return [new RecordFamilyEvidence(MailDocument.IdOf(item, null), kind, item.ReceivedOn, [text, .. FilesOf(item, assessment, fields)], person)];
        }

        // The message itself is added last. Therefore, if the message is in the case, all its files are in the case too.
        var sender = MailDocument.SenderOf(item);
        return
        [
            .. Chosen(item, fields).Select(part => new RecordDocument(
                MailDocument.IdOf(item, part.Number), part.Name, item.ReceivedOn, Ref(assessment, part.Name, part.Type!, part.Size!.Value, part.Sha256!), sender)),
            new RecordDocument(MailDocument.IdOf(item, null), item.Subject.Length > 0 ? item.Subject : "Message received by e-mail", item.ReceivedOn, text, sender),
        ];
    }

    private static AttachmentRef Ref(AssessmentId assessment, string name, string type, long size, string sha256) =>
        new(AttachmentStore.TokenOf(AttachmentStore.FolderOf(assessment), sha256), name, type, size, sha256);

    private async Task<string?> KeepAsync(Officer officer, AssessmentId assessment, string name, AttachmentForm form, CancellationToken cancellationToken)
    {
        var kept = await attachments.KeepAsync(assessment, DocumentSender.Of(officer.ToActor(null))!.Value, name, form, cancellationToken);
        return kept.Succeeded ? null : kept.Outcome == KeepingOutcome.Transient ? "The document store cannot be reached now. Nothing was sent. Try again later" : $"A file cannot be put into the case: {kept.Reason}";
    }
}
