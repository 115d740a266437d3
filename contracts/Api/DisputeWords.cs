using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Contracts.Api;

/// <summary>What happened in mediation.</summary>
[JsonConverter(typeof(CamelCaseEnum<MediationStep>))]
public enum MediationStep
{
    /// <summary>The family contacted the mediation adviser.</summary>
    AdviserContacted,

    /// <summary>The family told the council that it wants mediation.</summary>
    Wanted,

    /// <summary>
    /// The family raised health issues, which the council passes to the ICB within three working days.
    /// </summary>
    HealthIssuesRaised,

    /// <summary>The health issues were passed to the ICB.</summary>
    HealthIssuesPassed,

    /// <summary>The adviser was informed that the family will not mediate.</summary>
    NotWanted,

    /// <summary>The adviser was informed that mediation could not be arranged in time.</summary>
    NotArranged,

    /// <summary>Mediation was held and ended.</summary>
    Ended,

    /// <summary>The certificate was issued.</summary>
    CertificateIssued,

    /// <summary>An agreement was reached, which requires a remedy.</summary>
    Agreed,

    /// <summary>The agreement was carried out.</summary>
    CarriedOut,
}

/// <summary>What happened in an appeal to the First-tier Tribunal.</summary>
[JsonConverter(typeof(CamelCaseEnum<AppealStep>))]
public enum AppealStep
{
    /// <summary>The Tribunal sent the appeal to the council.</summary>
    Registered,

    /// <summary>The council does not oppose the appeal.</summary>
    Conceded,

    /// <summary>The Tribunal sent out an order.</summary>
    Ordered,

    /// <summary>Dismissed.</summary>
    Dismissed,

    /// <summary>Withdrawn by the family.</summary>
    Withdrawn,
}

/// <summary>The act for which the tribunal set a day.</summary>
[JsonConverter(typeof(CamelCaseEnum<TribunalDayFor>))]
public enum TribunalDayFor
{
    /// <summary>The notice of appeal.</summary>
    Appeal,

    /// <summary>The council's response.</summary>
    Response,
}
