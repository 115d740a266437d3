using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Contracts.Api;

/// <summary>What kind of place the child attends; decides who gives educational advice, reg 6(1)(b).</summary>
[JsonConverter(typeof(CamelCaseEnum<SettingKind>))]
public enum SettingKind
{
    /// <summary>School: the head teacher advises.</summary>
    School,

    /// <summary>Post-16 institution: the principal advises.</summary>
    Post16Institution,

    /// <summary>Early years provider: the manager or SEN lead advises.</summary>
    EarlyYearsProvider,

    /// <summary>The child attends no setting: the person responsible for the child's education advises.</summary>
    None,
}

/// <summary>Sensory impairments under reg 6(2).</summary>
[Flags]
[JsonConverter(typeof(CamelCaseEnum<SensoryImpairment>))]
public enum SensoryImpairment
{
    /// <summary>None known.</summary>
    None = 0,

    /// <summary>Hearing impairment.</summary>
    Hearing = 1,

    /// <summary>Visual impairment.</summary>
    Visual = 2,

    /// <summary>Multi-sensory impairment.</summary>
    MultiSensory = 3,
}

/// <summary>The duty under which an adviser answers; the wording of the request depends on it.</summary>
[JsonConverter(typeof(CamelCaseEnum<AnswerDuty>))]
public enum AnswerDuty
{
    /// <summary>A body asked to help under CFA 2014 s31. The body must answer within the six weeks of reg 8(1).</summary>
    Section31Body,

    /// <summary>A local partner that must co-operate under CFA 2014 s28. The Code, not reg 8, expects an answer within six weeks.</summary>
    LocalPartner,

    /// <summary>The council's own service.</summary>
    OwnService,

    /// <summary>The family, or a person named by the family: invited to answer, with no duty to do so.</summary>
    Invited,
}

/// <summary>The status of a request for advice.</summary>
[JsonConverter(typeof(CamelCaseEnum<RequestStatus>))]
public enum RequestStatus
{
    /// <summary>The request was sent, but is not known to have arrived.</summary>
    Requested,

    /// <summary>The request reached the body. The six weeks of reg 8(1) run from the day of delivery.</summary>
    Delivered,

    /// <summary>The body is considering the request.</summary>
    Acknowledged,

    /// <summary>The body will answer.</summary>
    Accepted,

    /// <summary>The body will not answer and has given its reason.</summary>
    Declined,

    /// <summary>Advice was returned as insufficient; the request is open again and keeps its time limit.</summary>
    ReturnedInsufficient,

    /// <summary>Advice was received.</summary>
    Received,

    /// <summary>The council withdrew the request.</summary>
    Withdrawn,
}

/// <summary>Who must agree before existing advice may be relied on. SEND Regs 2014 reg 6(4).</summary>
[JsonConverter(typeof(CamelCaseEnum<AgreeingParty>))]
public enum AgreeingParty
{
    /// <summary>The person who gave the advice.</summary>
    Author,

    /// <summary>The council.</summary>
    Council,

    /// <summary>The child's parent or the young person.</summary>
    Family,
}
