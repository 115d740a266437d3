using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Functions.Nhs.Store;

namespace IntegrationHub.Functions.Nhs.Intake;

/// <summary>What a proposal wants.</summary>
public enum ProposalKind
{
    /// <summary>A new resource.</summary>
    Create,

    /// <summary>A new version of one that is there.</summary>
    Update,

    /// <summary>That it is there no longer.</summary>
    Delete,
}

/// <summary>One write that a caller asks for.</summary>
public sealed record Proposal
{
    /// <summary>Create, update or delete.</summary>
    public required ProposalKind Kind { get; init; }

    /// <summary>FHIR type name.</summary>
    public required string Type { get; init; }

    /// <summary>Logical id; for a creation the one that the hub gives it.</summary>
    public required string Id { get; init; }

    /// <summary>The new content, made from the current version (null for a creation). Null for a deletion.</summary>
    public Func<StoredResource?, FhirReading<Resource>>? Content { get; init; }

    /// <summary>The fullUrl under which other entries of the same Bundle refer to it.</summary>
    public string? FullUrl { get; init; }

    /// <summary>The search that must find nothing (If-None-Exist), as query text.</summary>
    public string? IfNoneExist { get; init; }

    /// <summary>The version that must be the current one (If-Match).</summary>
    public long? IfMatch { get; init; }

    /// <summary>Path that problems of this entry begin with, "" for a single resource.</summary>
    public string At { get; init; } = "";
}

/// <summary>A whole submission: everything or nothing of it is taken.</summary>
public sealed record Submission(IReadOnlyList<Proposal> Proposals)
{
    /// <summary>A key that this caller may use once.</summary>
    public string? OnceKey { get; init; }

    /// <summary>The bytes as they came.</summary>
    public ReceivedBytes? Received { get; init; }

    /// <summary>Address of the endpoint, without a slash at its end; references that begin so are the hub's own.</summary>
    public string Base { get; init; } = "";

    /// <summary>
    /// Asked of the store as it would stand once everything was written, before it is: a problem that it tells leaves nothing written.
    /// It may be asked again when another writer was faster.
    /// </summary>
    public Func<IFhirResourceReader, Task<IReadOnlyList<FhirProblem>>>? BeforeCommit { get; init; }

    /// <summary>References of a message that stand for something the hub has already, by the fullUrl they use.</summary>
    public IReadOnlyDictionary<string, string> Known { get; init; } = new Dictionary<string, string>();
}

/// <summary>One proposal that was taken.</summary>
/// <param name="Status">201 created, 200 updated or already there, 204 deleted.</param>
/// <param name="Resource">The version that stands now.</param>
public sealed record Taken(int Status, StoredResource Resource);

/// <summary>What became of a submission.</summary>
public sealed record IntakeAnswer
{
    /// <summary>One a proposal, in order, when it was taken; otherwise null.</summary>
    public IReadOnlyList<Taken>? Taken { get; private init; }

    /// <summary>Why it was not; empty when it was.</summary>
    public IReadOnlyList<FhirProblem> Problems { get; private init; } = [];

    internal static IntakeAnswer Of(IReadOnlyList<Taken> taken) => new() { Taken = taken };

    internal static IntakeAnswer Refused(params IReadOnlyList<FhirProblem> problems) => new() { Problems = problems };
}
