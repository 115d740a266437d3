namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The stage of an assessment.</summary>
public enum Stage
{
    /// <summary>The request was received, or the council became responsible; the council has 6 weeks to decide whether to assess.</summary>
    Considering,

    /// <summary>The assessment is being carried out: advice is sought and received.</summary>
    Assessing,

    /// <summary>The council has decided to issue a plan; the plan is being drafted.</summary>
    Drafting,

    /// <summary>
    /// A draft was sent to the family; the next steps are representations, the choice of institution and agreement to section G.
    /// </summary>
    Consulting,

    /// <summary>The plan is finalised but not yet sent to everybody who must have it.</summary>
    Finalising,

    /// <summary>The assessment has ended: the final plan was sent to the family, the institution and the ICB.</summary>
    PlanIssued,

    /// <summary>The assessment has ended: the council refused to assess.</summary>
    RefusedToAssess,

    /// <summary>The assessment has ended: no plan is necessary.</summary>
    NoPlan,

    /// <summary>The assessment has ended: the family withdrew the request.</summary>
    Withdrawn,

    /// <summary>The assessment has ended here: the family moved and another council is responsible.</summary>
    Moved,
}

/// <summary>The properties of each stage.</summary>
public static class Stages
{
    /// <summary>
    /// Whether the assessment has ended. In an ended assessment no more decisions are made, but appeals and mediation can still be
    /// recorded.
    /// </summary>
    public static bool HasEnded(this Stage stage) => stage >= Stage.PlanIssued;
}
