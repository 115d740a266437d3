using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What the new ICB says on the health provision in section G, after it took over (reg 16).</summary>
public enum IcbWord
{
    /// <summary>It arranges the provision as the plan says.</summary>
    Arranges,

    /// <summary>It cannot, and has not yet asked the council for anything.</summary>
    Cannot,

    /// <summary>It cannot, and asks the council to assess.</summary>
    AsksToAssess,

    /// <summary>It cannot, and asks the council to review the plan.</summary>
    AsksToReview,
}

/// <summary>The last change of the responsible commissioning body of a child who has a plan, and what followed from it.</summary>
public sealed record IcbChange
{
    /// <summary>The former ICB.</summary>
    public required Agency Before { get; init; }

    /// <summary>The new ICB.</summary>
    public required Agency Now { get; init; }

    /// <summary>Day of the change.</summary>
    public required DateOnly On { get; init; }

    /// <summary>Day on which the former ICB became aware of it.</summary>
    public required DateOnly AwareOn { get; init; }

    /// <summary>Whether the family moved between councils on that day.</summary>
    public required bool ByMove { get; init; }

    /// <summary>How many acts were on record when this change was recorded: what the former ICB said about an earlier change is among them.</summary>
    public int ActsBefore { get; init; }

    /// <summary>What the new ICB said last; null while it has said nothing.</summary>
    public IcbWord? Said { get; init; }

    /// <summary>Day on which the new ICB became aware of the change; null while it has said nothing.</summary>
    public DateOnly? NewAwareOn { get; init; }

    /// <summary>Day on which it first said that it cannot arrange the provision; null where it has not.</summary>
    public DateOnly? CannotOn { get; init; }

    /// <summary>Day on which the council had its request; null where it asked for nothing.</summary>
    public DateOnly? RequestedOn { get; init; }

    /// <summary>Day on which it said that it arranges the provision after all; null where it has not.</summary>
    public DateOnly? ArrangesOn { get; init; }

    /// <summary>Day on which the council complied with the request; null until then.</summary>
    public DateOnly? CarriedOutOn { get; init; }

    /// <summary>Whether the new ICB can have been told of this change on that day: not before it happened or was known.</summary>
    internal bool MayBeToldOn(DateOnly day) => day >= On || day >= AwareOn;
}
