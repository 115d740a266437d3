using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What the new ICB says about the health provision in section G (reg 16).</summary>
public enum IcbStatement
{
    /// <summary>The new ICB arranges the provision in the plan.</summary>
    Arranges,

    /// <summary>The new ICB cannot arrange the provision, and has not yet asked the council for anything.</summary>
    Cannot,

    /// <summary>The new ICB cannot arrange the provision, and asks the council to assess.</summary>
    AsksToAssess,

    /// <summary>The new ICB cannot arrange the provision, and asks the council to review the plan.</summary>
    AsksToReview,
}

/// <summary>The last change of the responsible commissioning body of a child who has a plan, and what followed from it.</summary>
public sealed record IcbChange
{
    /// <summary>The former ICB.</summary>
    public required Agency Before { get; init; }

    /// <summary>The new ICB.</summary>
    public required Agency Now { get; init; }

    /// <summary>The day of the change.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The day on which the former ICB became aware of the change.</summary>
    public required DateOnly AwareOn { get; init; }

    /// <summary>Whether the family moved between councils on the day of the change.</summary>
    public required bool ByMove { get; init; }

    /// <summary>The number of acts that the case had on record when this change was recorded, including notices that the former ICB
    /// gave of an earlier change.</summary>
    public int ActsBefore { get; init; }

    /// <summary>The new ICB's latest statement, or null if it has made none.</summary>
    public IcbStatement? Said { get; init; }

    /// <summary>The day on which the new ICB became aware of the change; null until it makes a statement.</summary>
    public DateOnly? NewAwareOn { get; init; }

    /// <summary>The day on which the new ICB first said that it cannot arrange the provision, or null if it has not.</summary>
    public DateOnly? CannotOn { get; init; }

    /// <summary>The day on which the council received the new ICB's request, or null if there was none.</summary>
    public DateOnly? RequestedOn { get; init; }

    /// <summary>The day on which the new ICB said that it arranges the provision after all, or null if it has not.</summary>
    public DateOnly? ArrangesOn { get; init; }

    /// <summary>The day on which the council complied with the request; null until then.</summary>
    public DateOnly? CarriedOutOn { get; init; }

    /// <summary>Whether the new ICB could have been told of this change on a day: not before the change happened or was known.</summary>
    internal bool MayBeToldOn(DateOnly day) => day >= On || day >= AwareOn;
}
