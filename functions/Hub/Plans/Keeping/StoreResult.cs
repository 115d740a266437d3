using System.Diagnostics.CodeAnalysis;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>The result of a request to the store.</summary>
public enum KeepingOutcome
{
    /// <summary>The request was carried out.</summary>
    Done,

    /// <summary>The same document was already in the store, so nothing was written.</summary>
    AlreadyThere,

    /// <summary>Nothing in the store has the requested name.</summary>
    Missing,

    /// <summary>A different document has this name, or somebody else wrote the document first. Trying again will not help.</summary>
    Conflict,

    /// <summary>The store cannot be reached or is busy. Nothing was lost; the same request can be made again later.</summary>
    Transient,

    /// <summary>The store or a rule refuses the request, and will refuse it again.</summary>
    Refused,

    /// <summary>The content differs from what was stored.</summary>
    Tampered,

    /// <summary>The document is in the store, but no scanner has found it clean yet.</summary>
    NotScanned,
}

/// <summary>The result of a request to the store: the outcome, the value, and a plain sentence if the request failed.</summary>
/// <param name="Outcome">The outcome of the request.</param>
/// <param name="Value">The result itself, which is set if <see cref="Succeeded"/>.</param>
/// <param name="Reason">One sentence about the failure; empty if the request succeeded. The sentence can contain names of blobs and error
/// codes, but never the name of a person.</param>
public sealed record StoreResult<T>(KeepingOutcome Outcome, T? Value, string Reason)
{
    /// <summary>Whether the document was written, read or removed, or already existed.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Succeeded => Outcome is KeepingOutcome.Done or KeepingOutcome.AlreadyThere;

    internal StoreResult<TOther> As<TOther>() => new(Outcome, default, Reason);
}

internal static class StoreResult
{
    internal static StoreResult<T> Done<T>(T value) => new(KeepingOutcome.Done, value, "");

    internal static StoreResult<T> AlreadyThere<T>(T value) => new(KeepingOutcome.AlreadyThere, value, "");

    internal static StoreResult<T> Failed<T>(KeepingOutcome outcome, string reason) => new(outcome, default, reason);
}
