using System.Diagnostics.CodeAnalysis;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>The result of a request to the store.</summary>
public enum KeepingOutcome
{
    /// <summary>Done.</summary>
    Done,

    /// <summary>The same thing already existed; nothing was written.</summary>
    AlreadyThere,

    /// <summary>Nothing has that name.</summary>
    Missing,

    /// <summary>Something else has this name, or somebody else wrote first. Trying again will not help.</summary>
    Conflict,

    /// <summary>The store cannot be reached or is busy. Nothing was lost; the same request may be made again later.</summary>
    Transient,

    /// <summary>The store or a rule refuses, and always will.</summary>
    Refused,

    /// <summary>The content is not what was stored.</summary>
    Tampered,

    /// <summary>It is there, and no scanner has found it clean yet.</summary>
    NotScanned,
}

/// <summary>The result of a request to the store: its outcome, its value, and one plain sentence where it failed.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Value">The value; set when <see cref="Succeeded"/>.</param>
/// <param name="Reason">Empty when it succeeded. Names blobs and codes, never a person.</param>
public sealed record Kept<T>(KeepingOutcome Outcome, T? Value, string Reason)
{
    /// <summary>Done, or already there.</summary>
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
