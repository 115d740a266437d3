using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Functions.Nhs.Store;

namespace IntegrationHub.Functions.Nhs.Intake;

/// <summary>The kind of change that a proposal makes.</summary>
public enum ProposalKind
{
    /// <summary>A new resource.</summary>
    Create,

    /// <summary>A new version of an existing resource.</summary>
    Update,

    /// <summary>A deletion.</summary>
    Delete,
}

/// <summary>One write that a caller requests.</summary>
public sealed record Proposal
{
    /// <summary>Whether the write creates, updates or deletes a resource.</summary>
    public required ProposalKind Kind { get; init; }

    /// <summary>FHIR type name.</summary>
    public required string Type { get; init; }

    /// <summary>Logical id; for a creation, the id that the hub assigned.</summary>
    public required string Id { get; init; }

    /// <summary>A function that makes the new content from the current version (null for a creation). For a deletion there is no
    /// function, and this property is null.</summary>
    public Func<StoredResource?, FhirReading<Resource>>? Content { get; init; }

    /// <summary>The fullUrl by which other entries of the same Bundle refer to this entry.</summary>
    public string? FullUrl { get; init; }

    /// <summary>The search that must have no results (If-None-Exist), as query text.</summary>
    public string? IfNoneExist { get; init; }

    /// <summary>The version that must still be the current one when the write is made (If-Match).</summary>
    public long? IfMatch { get; init; }

    /// <summary>The start of the path of each problem in this entry; "" for a single resource.</summary>
    public string At { get; init; } = "";
}

/// <summary>A submission, which is accepted completely or not at all.</summary>
public sealed record Submission(IReadOnlyList<Proposal> Proposals)
{
    /// <summary>A key that only one accepted submission can use, for example the sender and the id of its request.</summary>
    public string? OnceKey { get; init; }

    /// <summary>The bytes of the submission as received.</summary>
    public ReceivedBytes? Received { get; init; }

    /// <summary>Address of the endpoint, without a final slash. References that begin with this address refer to the hub's own
    /// resources.</summary>
    public string Base { get; init; } = "";

    /// <summary>
    /// Before the writes are made, checks the store as it would be after them. If the check returns a problem, nothing is written. The
    /// check can be called again if another writer changed the store first.
    /// </summary>
    public Func<IFhirResourceReader, Task<IReadOnlyList<FhirProblem>>>? BeforeCommit { get; init; }

    /// <summary>References to resources that the hub already has, each under the fullUrl that the submission uses for it.</summary>
    public IReadOnlyDictionary<string, string> Known { get; init; } = new Dictionary<string, string>();
}

/// <summary>The result of a proposal that was accepted.</summary>
/// <param name="Status">201 created, 200 updated or already existing, 204 deleted.</param>
/// <param name="Resource">The current version of the resource.</param>
public sealed record Taken(int Status, StoredResource Resource);

/// <summary>The result of a submission.</summary>
public sealed record IntakeAnswer
{
    /// <summary>The accepted proposals in order, or null if the submission was refused.</summary>
    public IReadOnlyList<Taken>? Taken { get; private init; }

    /// <summary>The reasons for a refusal; empty if the submission was accepted.</summary>
    public IReadOnlyList<FhirProblem> Problems { get; private init; } = [];

    internal static IntakeAnswer Of(IReadOnlyList<Taken> taken) => new() { Taken = taken };

    internal static IntakeAnswer Refused(params IReadOnlyList<FhirProblem> problems) => new() { Problems = problems };
}
