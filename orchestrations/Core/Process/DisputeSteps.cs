using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What happened in mediation.</summary>
public enum MediationStep
{
    /// <summary>The family contacted the mediation adviser.</summary>
    AdviserContacted,

    /// <summary>The family told the council that it wants mediation.</summary>
    Wanted,

    /// <summary>The family raised health issues, which the council passes to the ICB within three working days.</summary>
    HealthIssuesRaised,

    /// <summary>The health issues were passed to the ICB.</summary>
    HealthIssuesPassed,

    /// <summary>The adviser was told that the family will not mediate.</summary>
    NotWanted,

    /// <summary>The adviser was told that mediation could not be arranged in time.</summary>
    NotArranged,

    /// <summary>Mediation was held and ended.</summary>
    Ended,

    /// <summary>The certificate was issued.</summary>
    CertificateIssued,

    /// <summary>An agreement that requires a remedy was reached.</summary>
    Agreed,

    /// <summary>The agreement was carried out.</summary>
    CarriedOut,
}

/// <summary>What happened in an appeal to the First-tier Tribunal.</summary>
public enum AppealStep
{
    /// <summary>The Tribunal sent the appeal to the council.</summary>
    Registered,

    /// <summary>The council told the Tribunal that it does not oppose the appeal.</summary>
    Conceded,

    /// <summary>The Tribunal sent out an order.</summary>
    Ordered,

    /// <summary>The Tribunal dismissed the appeal.</summary>
    Dismissed,

    /// <summary>The family withdrew the appeal.</summary>
    Withdrawn,
}

/// <summary>A step of mediation on record.</summary>
/// <param name="Step">The step.</param>
/// <param name="On">The day of the step.</param>
/// <param name="Remedy">For an agreement, the remedy that it requires.</param>
/// <param name="OtherDate">For an agreement, the day agreed in writing (reg 42).</param>
public sealed record RecordedMediationStep(MediationStep Step, DateOnly On, Remedy? Remedy = null, DateOnly? OtherDate = null);

/// <summary>A step of an appeal on record.</summary>
/// <param name="Step">The step.</param>
/// <param name="On">The day of the step; for an order, the day on which it was sent out.</param>
/// <param name="Remedy">For an order or a concession, the remedy that it requires.</param>
/// <param name="OtherDate">Last day set by the Tribunal, if any.</param>
/// <param name="InTime">For a concession, whether it came before the council's response; null means yes, on a step that an
/// earlier version recorded.</param>
/// <param name="Appeal">The number of the appeal; null if no other appeal was under way.</param>
public sealed record RecordedAppealStep(AppealStep Step, DateOnly On, Remedy? Remedy = null, DateOnly? OtherDate = null, bool? InTime = null, int? Appeal = null);

/// <summary>The act for which the tribunal set a day.</summary>
public enum TribunalDayFor
{
    /// <summary>The notice of appeal.</summary>
    Appeal,

    /// <summary>The council's response.</summary>
    Response,
}

/// <summary>A day that the tribunal set.</summary>
/// <param name="For">The act for which the day was set.</param>
/// <param name="Day">The day that was set.</param>
/// <param name="Appeal">The number of the appeal; null if there is only one.</param>
public sealed record TribunalDay(TribunalDayFor For, DateOnly Day, int? Appeal = null);

/// <summary>A recommendation of the tribunal on health or social care.</summary>
/// <param name="ReceivedOn">The day of receipt.</param>
/// <param name="MadeTo">The body to which the recommendation is made.</param>
public sealed record Recommendation(DateOnly ReceivedOn, string MadeTo);

/// <summary>An act that was recorded as done.</summary>
/// <param name="Act">The act.</param>
/// <param name="On">The day of the act.</param>
/// <param name="What">What was done, in the words of the person who recorded it.</param>
/// <param name="Remedy">The remedy, if a remedy was carried out.</param>
/// <param name="Appeal">The number of the appeal that was answered; null if there is only one.</param>
public sealed record RecordedAct(Act Act, DateOnly On, string What, Remedy? Remedy = null, int? Appeal = null);
