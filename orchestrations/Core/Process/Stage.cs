namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The stage of an assessment.</summary>
public enum Stage
{
    /// <summary>Request received, or the council became responsible; whether to assess is not decided. Limit: 6 weeks.</summary>
    Considering,

    /// <summary>The assessment is carried out: advice is sought and received.</summary>
    Assessing,

    /// <summary>The council has decided to issue a plan; the plan is being drafted.</summary>
    Drafting,

    /// <summary>A draft was sent to the family; representations, institution, agreement to section G.</summary>
    Consulting,

    /// <summary>The plan is finalised but not yet sent to everybody who must have it.</summary>
    Finalising,

    /// <summary>Ended: the final plan was sent to the family, the institution and the ICB.</summary>
    PlanIssued,

    /// <summary>Ended: the council refused to assess.</summary>
    RefusedToAssess,

    /// <summary>Ended: assessed, and no plan is necessary.</summary>
    NoPlan,

    /// <summary>Ended: the family withdrew the request.</summary>
    Withdrawn,

    /// <summary>Ended here: the family moved, another council is responsible.</summary>
    Moved,
}

/// <summary>Questions about a stage.</summary>
public static class Stages
{
    /// <summary>Nothing more is decided in this assessment; appeals and mediation may still be recorded.</summary>
    public static bool HasEnded(this Stage stage) => stage >= Stage.PlanIssued;
}
