using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Plans.RoundTrip;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>An edited Word file that was uploaded and stored, with the changes that it would make.</summary>
/// <param name="Kept">The stored file.</param>
/// <param name="Changes">The changes that the file would make, or null if it is refused.</param>
/// <param name="Fault">The reason why the file is refused; empty if it is accepted.</param>
public sealed record WordSheet(AttachmentRef Kept, WordFileChanges? Changes, string Fault);

/// <summary>The plan as a Word file. An officer downloads and edits the file, and the edits become changes to lines of the plan.</summary>
public sealed class WordExchange(IAssessmentStore store, AttachmentStore documents)
{
    private const int ShortHash = 12;

    /// <summary>The plan of a case that was opened, as a Word file.</summary>
    internal static byte[] Write(PlanEditorView service) => WordPlan.Write(service.Plan, service.File.State.Version);

    /// <summary>Reads a stored file and works out what it would change.</summary>
    internal async ValueTask<WordSheet> ReadAsync(Officer officer, PlanEditorView service, AttachmentRef kept, CancellationToken cancellationToken)
    {
        var state = service.File.State;
        var bytes = await documents.LookAtAsync(AttachmentStore.FolderOf(state.Id), kept.Sha256, cancellationToken);
        if (!bytes.Succeeded)
        {
            return new WordSheet(kept, null, bytes.Outcome == KeepingOutcome.Transient ? "The file cannot be read now, but it is stored and nothing is lost. Try again later." : "The file is not in the document store, or malware was found in it.");
        }

        if (WordReading.Of(bytes.Value, state.Id.Value, service.Plan.Version, state.Version, out var fault) is not { } reading)
        {
            return new WordSheet(kept, null, fault);
        }

        // The hub works out the plan as it was when the file was made, from the events up to that time. From the
        // uploaded file, the hub uses only the version of the case that the file reference states.
        var events = await store.EventsAsync(state.Id, cancellationToken: cancellationToken);
        var then = Assessment.Replay(AssessmentState.None(state.Id), events.Where(e => e.Sequence <= reading.Mark.CaseVersion).Select(e => e.What));
        var noon = new DateTimeOffset(reading.Mark.On, new TimeOnly(12, 0), TimeSpan.Zero);
        var changes = PlanReading.Preview(then, officer.ToActor(null), noon, service.File.Rules) is { } made ? reading.Compare(made, service.Plan, out fault) : null;
        return new WordSheet(kept, changes, changes is null && fault.Length == 0 ? "The file’s reference does not belong to this plan." : fault);
    }

    /// <summary>All changes as a single step, so that either all or none are made.</summary>
    /// <param name="changes">The changes to make, at least one.</param>
    /// <param name="cause">What the changes are based on, for example the family's representations.</param>
    /// <param name="why">The officer's reason; empty if none was given.</param>
    /// <param name="officer">The officer who applies the changes.</param>
    /// <param name="sha256">The hash of the file.</param>
    internal static EditPlan Step(IReadOnlyList<WordFileChange> changes, PlanEditCause cause, string why, Officer officer, string sha256)
    {
        var reason = $"{(why.Length == 0 ? "" : $"{why} ")}From a Word file uploaded by {officer.Subject}, SHA-256 {sha256}.";
        var edits = changes.Select(change => Edit(change, cause, reason, sha256)).ToList();
        return edits[0] with { Also = edits.Count == 1 ? null : edits[1..] };
    }

    /// <summary>The uploaded file as a document of the case.</summary>
    internal static RecordDocument Document(AttachmentRef kept, CaseFile file, Officer officer) =>
        new($"word-{kept.Sha256[..ShortHash]}", "Plan edited in Word", file.Today, kept, officer.Subject);

    private static EditPlan Edit(WordFileChange change, PlanEditCause cause, string reason, string sha256)
    {
        var edit = new EditPlan($"word-{sha256[..ShortHash]}-{change.Key}", reason, cause, change.LineId);
        return change switch
        {
            { After: not { } } => edit with { Remove = true },
            { Before: { } before, After: { } after } => edit with
            {
                Section = change.Kind == WordFileChangeKind.Moved ? change.Letter : null,
                NewText = Other(before.Text, after.Text),
                Who = Other(before.Who, after.Who),
                HowOften = Other(before.HowOften, after.HowOften),
                HowLong = Other(before.HowLong, after.HowLong),
            },
            { After: { } added } => edit with { Section = change.Letter, NewText = added.Text, Who = Said(added.Who), HowOften = Said(added.HowOften), HowLong = Said(added.HowLong) },
        };
    }

    // If a part of a line was emptied, its value is cleared; if a part is unchanged, its value does not change.
    private static string? Other(string before, string after) => before == after ? null : after;

    private static string? Said(string words) => words.Length == 0 ? null : words;
}
