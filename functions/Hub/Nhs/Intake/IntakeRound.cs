using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Nhs.Access;
using IntegrationHub.Functions.Nhs.Exchange;
using IntegrationHub.Functions.Nhs.Store;

namespace IntegrationHub.Functions.Nhs.Intake;

/// <summary>One attempt at a submission: the new content, the content on which it depends, and the problems found.</summary>
/// <param name="caller">The caller who sent the submission.</param>
/// <param name="store">The stored content.</param>
/// <param name="view">The caller's view of the stored content, or null if the hub itself rebuilds content that was already
/// accepted.</param>
/// <param name="endpoint">Address of the endpoint from which the content comes, usually the hub's own, or empty if it is not known.</param>
/// <param name="names">References that the sender uses for the hub's resources, each with the hub's own reference.</param>
internal sealed class IntakeRound(FhirCaller caller, IFhirResourceReader store, FhirView? view, string endpoint, IReadOnlyDictionary<string, string>? names = null)
{
    private readonly Dictionary<string, StoredResource?> seen = new(StringComparer.Ordinal);

    internal FhirCaller Caller => caller;

    /// <summary>The stored content, which is the same for all rules during this attempt.</summary>
    internal RememberedReads Stored { get; } = new(store);

    internal ResourceChild Children => field ??= new ResourceChild(Stored, endpoint, PresentAsync, Stored.Content<Resource>, names);

    internal FhirView? View => view;

    /// <summary>The resources that are being written, each under its <c>Type/id</c>.</summary>
    internal Dictionary<string, Resource> Pending { get; } = new(StringComparer.Ordinal);

    internal List<Entry> Entries { get; } = [];

    internal List<FhirProblem> Problems { get; } = [];

    internal List<(RefusalReason Reason, string Type)> Refusals { get; } = [];

    internal void Refuse(RefusalReason reason, string type, FhirProblem problem)
    {
        Problems.Add(problem);
        Refusals.Add((reason, type));
    }

    private ValueTask<Child?> PresentAsync(AssessmentId assessment, CancellationToken cancellationToken) =>
        view is null ? new((Child?)null) : view.ChildAsync(assessment, cancellationToken);

    /// <summary>The current version of the resource that a reference names, if the caller is allowed to see the resource.</summary>
    internal async ValueTask<StoredResource?> VisibleAsync(string? reference, CancellationToken cancellationToken)
    {
        if (References.Local(reference) is not { } local)
        {
            return null;
        }

        if (!seen.TryGetValue(local, out var stored))
        {
            var slash = local.IndexOf('/', StringComparison.Ordinal);
            stored = await Stored.ReadAsync(local[..slash], local[(slash + 1)..], cancellationToken);
            stored = stored is { Deleted: false } && view is not null ? await view.ShowAsync(stored, isCurrent: true, cancellationToken, Stored.Content<Resource>) : stored;
            seen[local] = stored;
        }

        return stored is { Deleted: false } && stored.IsReadableBy(caller.Key) ? stored : null;
    }

    /// <summary>The target of a reference, which is searched first in the new and then in the stored content.</summary>
    internal async ValueTask<Resource?> FindAsync(string? reference, CancellationToken cancellationToken)
    {
        if (References.Local(reference) is not { } local)
        {
            return null;
        }

        return Pending.TryGetValue(local, out var pending) ? pending : (await VisibleAsync(local, cancellationToken))?.Parse<Resource>();
    }

    internal sealed class Entry(Proposal proposal)
    {
        internal Proposal Proposal => proposal;

        /// <summary>The version of the resource before the write, or null for a creation.</summary>
        internal StoredResource? Before { get; set; }

        /// <summary>The existing resource that a conditional creation found, in which case nothing is written.</summary>
        internal StoredResource? Existing { get; set; }

        internal ResourceQuery? NoneExist { get; set; }

        /// <summary>The new content of the resource, or null for a deletion.</summary>
        internal Resource? After { get; set; }

        internal TaskChange? Change { get; set; }

        internal IReadOnlyList<string> Readers { get; set; } = [];
    }
}
