using System.Text;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Children;
using IntegrationHub.Functions.Council;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Moves;

/// <summary>The council that takes a plan over, with details that are not in the package.</summary>
/// <param name="Council">The council.</param>
/// <param name="Icb">The council's integrated care board.</param>
/// <param name="TransferredOn">Day on which the plan was transferred.</param>
/// <param name="By">Sign-in id of the officer who takes the plan over.</param>
/// <param name="Officers">Sign-in ids of the only people at the council who may see the case, or null if everybody may see it. A case that the
/// other council had restricted is not taken over without them.</param>
public sealed record PackageReceiver(LocalAuthorityCode Council, Agency Icb, DateOnly TransferredOn, string By, IReadOnlyList<string>? Officers = null);

/// <summary>
/// Takes a plan over from a verified package: the case with its time limits, the text of the plan line by line, and every file of the
/// package, byte for byte, among the documents of the case. If the transfer is interrupted, run it again and it continues where it stopped.
/// </summary>
/// <param name="store">The store of the hub, which no other process is using.</param>
/// <param name="documents">The documents of the hub.</param>
/// <param name="rules">The rules.</param>
/// <param name="time">The clock.</param>
public sealed class PackageImport(IAssessmentStore store, IDocumentStore documents, RuleBook rules, TimeProvider time) : IDisposable
{
    private readonly KnownChildren children = new(store);
    private CheckedInputs? inputs;

    /// <summary>Takes the plan over.</summary>
    /// <param name="package">The package as received.</param>
    /// <param name="sender">The public key of the council that transfers the plan.</param>
    /// <param name="who">The child whose plan is expected.</param>
    /// <param name="receiver">The council that takes the plan over.</param>
    /// <param name="cancellationToken">Stops the transfer between two steps.</param>
    /// <returns>The case and what an officer must know about it; or no case and the reason why the plan was not taken over.</returns>
    public async Task<(AssessmentId? Case, string Note)> TakeAsync(byte[] package, PackageKey sender, ChildIdentity who, PackageReceiver receiver, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(who);
        ArgumentNullException.ThrowIfNull(receiver);
        var (received, problem) = ReceivedPackage.Read(package, sender);
        if (received is null)
        {
            return (null, $"The package was not accepted. {problem}");
        }

        if (Unfit(received, who, receiver) is { } unfit)
        {
            return (null, unfit);
        }

        var sha256 = PlanJson.ContentHash(package);
        var id = AssessmentId.For(receiver.Council, $"move {received.Manifest.From} {received.Manifest.Case}");
        if ((await store.LoadAsync(id, cancellationToken)).State.Facts is null
            && await DoAsync(id, OpeningOf(who, receiver), PlanOnArrival.Opening(received, sha256, receiver, who.EarlierCase), receiver.By, cancellationToken) is { } notOpened)
        {
            return (null, notOpened);
        }

        if (await DoAsync(id, "move-text", PlanOnArrival.Text(received), receiver.By, cancellationToken) is { } notEntered)
        {
            return (null, notEntered);
        }

        foreach (var (message, step) in PlanOnArrival.PeopleAndFacts(received, receiver.TransferredOn))
        {
            if (await DoAsync(id, message, step, receiver.By, cancellationToken) is { } notRecorded)
            {
                return (null, notRecorded);
            }
        }

        // The number of documents in a case is limited. The package itself is stored first, so that files beyond the limit can still be
        // extracted from it.
        var all = Documents(received, package).ToList();
        var number = 0;
        foreach (var (bytes, what, shownAs) in all.Take(RecordDocument.MaxDocuments))
        {
            number++;
            var kept = await KeepAsync(id, bytes, shownAs, cancellationToken);
            if (!kept.Succeeded)
            {
                return (null, $"{shownAs} cannot be stored: {kept.Reason}");
            }

            var step = new RecordDocument(FormattableString.Invariant($"move-{number}"), what, receiver.TransferredOn, kept.Value, $"Council {received.Manifest.From}");
            if (await DoAsync(id, step.DocumentId, step, receiver.By, cancellationToken) is { } notRecorded)
            {
                return (null, notRecorded);
            }
        }

        return (id, all.Count <= RecordDocument.MaxDocuments ? "" : FormattableString.Invariant(
            $"A case can have {RecordDocument.MaxDocuments} documents. The last {all.Count - RecordDocument.MaxDocuments} files of the package are available only inside the document {all[0].ShownAs}."));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        inputs?.Dispose();
        children.Dispose();
    }

    /// <summary>
    /// Id of the message that opens the case. A message with an id that was refused is refused again, so an officer's decision about an
    /// earlier case changes the id, and so do the people who may see the case.
    /// </summary>
    private static string OpeningOf(ChildIdentity who, PackageReceiver receiver)
    {
        var found = who.EarlierCase is { } decided ? $"{decided.Answer} {decided.Case} {decided.Reason}" : "";
        var decision = receiver.Officers is { Count: > 0 } named ? $"{found}\n{string.Join('\n', named)}" : found;
        return decision.Length > 0 ? $"move-open-{PlanJson.ContentHash(Encoding.UTF8.GetBytes(decision))[..16]}" : "move-open";
    }

    private static string? Unfit(ReceivedPackage received, ChildIdentity who, PackageReceiver receiver) =>
        received.Manifest.To != receiver.Council ? $"The package is for council {received.Manifest.To}, not for council {receiver.Council}."
        : received.Manifest.From == receiver.Council ? "The package comes from this council itself."
        : received.Files.FirstOrDefault(file => KnownMalware.IsIn(file.Value)).Key is { } infected ? $"The package was not accepted because malware was found in {infected}."
        : !who.IsEnough ? "Say whose plan is expected: give the date of birth and the full name, the UPN or the NHS number."
        : who.Different(received.Manifest.Child) is { Count: > 0 } different ? $"The package is about another child, or the details given are wrong. These details differ: {string.Join(", ", different)}."
        : received.State.RestrictedTo.Count > 0 && receiver.Officers is not { Count: > 0 } ? $"Council {received.Manifest.From} has restricted this case to named people. Name the people at council {receiver.Council} who may see it, among them a team manager, who can change the restriction later: repeat the command with --officer ID for each of them."
        : null;

    private static IEnumerable<(byte[] Bytes, string What, string ShownAs)> Documents(ReceivedPackage received, byte[] package) =>
        received.Manifest.Files.Where(file => file is { What: not null, ShownAs: not null }).Select(file => (received.Files[file.Name], file.What!, AttachmentStore.NameToShow(file.ShownAs!)))
            .Prepend((package, "The signed package itself", $"plan-from-{received.Manifest.From}.zip"));

    private async Task<StoreResult<AttachmentRef>> KeepAsync(AssessmentId id, byte[] bytes, string shownAs, CancellationToken cancellationToken)
    {
        var (hash, type) = (PlanJson.ContentHash(bytes), AttachmentForm.StoredMediaType(bytes).Split(';')[0]);
        var name = AttachmentStore.TokenOf(AttachmentStore.FolderOf(id), hash);
        var put = await documents.PutHashedAsync(name, bytes, type, cancellationToken);
        return put.Succeeded ? StoreResult.Done(new AttachmentRef(name, shownAs, type, bytes.LongLength, hash)) : put.As<AttachmentRef>();
    }

    /// <summary>Carries out one step; returns null if the step is now on record, or was recorded by an earlier run.</summary>
    private async Task<string?> DoAsync(AssessmentId id, string message, AssessmentInput input, string by, CancellationToken cancellationToken)
    {
        if (inputs is null)
        {
            var turns = new TurnTaker(store, rules, time);
            inputs = new CheckedInputs((delivery, onlyAt, cancellationToken) => turns.SubmitAsync(delivery, onlyAt, cancellationToken), store, new EarlierCases(children), [], time);
        }

        var delivery = new Delivery { Assessment = id, MessageId = message, By = new Actor { Role = ActorRole.CouncilOfficer, Id = by }, ReceivedAt = time.GetUtcNow(), Input = input };
        var outcome = (await inputs.TakeAsync(delivery, null, cancellationToken)).Outcome!;
        return outcome.Accepted ? null : $"{outcome.Refusal!.Code}: {outcome.Refusal.Reason}";
    }
}
