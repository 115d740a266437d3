using System.Diagnostics.CodeAnalysis;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>How a request to the store ended.</summary>
public enum KeepingOutcome
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>The very same thing was there already; nothing was written.</summary>
    AlreadyThere,

    /// <summary>Nothing under that name.</summary>
    Missing,

    /// <summary>Something else stands where this would go, or somebody was faster. Trying the same again will not help.</summary>
    Conflict,

    /// <summary>The store cannot be reached or is busy. Nothing was lost; the same request may be made again later.</summary>
    Transient,

    /// <summary>The store or a rule says no, and will say no again.</summary>
    Refused,

    /// <summary>What is there is not what was put there.</summary>
    Tampered,

    /// <summary>It is there, and no scanner has called it clean yet.</summary>
    NotScanned,
}

/// <summary>The end of a request to the store: its outcome, what came of it, and one plain sentence where it went wrong.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Value">What came of it; set when <see cref="Succeeded"/>.</param>
/// <param name="Reason">Empty when it went well. Names blobs and codes, never a person.</param>
public sealed record Kept<T>(KeepingOutcome Outcome, T? Value, string Reason)
{
    /// <summary>Done, or there already.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool Succeeded => Outcome is KeepingOutcome.Done or KeepingOutcome.AlreadyThere;

    internal Kept<TOther> As<TOther>() => new(Outcome, default, Reason);
}

internal static class Kept
{
    internal static Kept<T> Done<T>(T value) => new(KeepingOutcome.Done, value, "");

    internal static Kept<T> AlreadyThere<T>(T value) => new(KeepingOutcome.AlreadyThere, value, "");

    internal static Kept<T> Failed<T>(KeepingOutcome outcome, string reason) => new(outcome, default, reason);
}
