namespace IntegrationHub.Orchestrations.StatutoryClock;

/// <summary>What an order, an agreement or a concession requires.</summary>
public enum Remedy
{
    /// <summary>Carry out an assessment.</summary>
    Assess,

    /// <summary>Carry out a re-assessment.</summary>
    Reassess,

    /// <summary>Make a plan.</summary>
    MakePlan,

    /// <summary>Amend the contents of the plan.</summary>
    AmendContents,

    /// <summary>Name an institution in the plan, and change nothing else.</summary>
    NameInstitution,

    /// <summary>Continue to maintain the plan.</summary>
    ContinuePlan,

    /// <summary>The plan ceases, because an appeal against ceasing it was dismissed.</summary>
    CeasePlan,

    /// <summary>Carry out a mediation agreement on issues that cannot be appealed.</summary>
    NotAppealable,

    /// <summary>Carry out a mediation agreement with the integrated care board alone.</summary>
    BoardOnly,

    /// <summary>Decide again, because the tribunal referred the case back to the council.</summary>
    Reconsider,

    /// <summary>Continue to maintain the plan, and amend it.</summary>
    ContinueAndAmend,
}
