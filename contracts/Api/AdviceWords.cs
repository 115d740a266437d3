using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Contracts.Api;

/// <summary>What kind of place the child attends; decides who gives educational advice, reg 6(1)(b).</summary>
[JsonConverter(typeof(CamelCaseEnum<SettingKind>))]
public enum SettingKind
{
    /// <summary>School: its head.</summary>
    School,

    /// <summary>Post-16 institution: its principal.</summary>
    Post16Institution,

    /// <summary>Early years provider: its manager or SEN lead.</summary>
    EarlyYearsProvider,

    /// <summary>Attends nowhere: the person responsible for the child's education.</summary>
    None,
}

/// <summary>Impairments named in reg 6(2).</summary>
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

    /// <summary>Both: multi-sensory impairment.</summary>
    MultiSensory = 3,
}

/// <summary>The duty under which an adviser must answer; it decides the wording.</summary>
[JsonConverter(typeof(CamelCaseEnum<AnswerDuty>))]
public enum AnswerDuty
{
    /// <summary>A body asked under CFA 2014 s31. Bound by the six weeks of reg 8(1).</summary>
    Section31Body,

    /// <summary>A local partner under CFA 2014 s28. Six weeks are the Code's expectation, not reg 8.</summary>
    LocalPartner,

    /// <summary>The council's own service.</summary>
    OwnService,

    /// <summary>The family or a person it named: asked, never bound.</summary>
    Invited,
}

/// <summary>The life of one request for advice.</summary>
[JsonConverter(typeof(CamelCaseEnum<RequestStatus>))]
public enum RequestStatus
{
    /// <summary>Asked; not known to have arrived.</summary>
    Requested,

    /// <summary>It reached the body asked. The six weeks run from that day (reg 8(1)).</summary>
    Delivered,

    /// <summary>The body has it and is considering it.</summary>
    Acknowledged,

    /// <summary>The body will answer.</summary>
    Accepted,

    /// <summary>The body will not answer, with its reason.</summary>
    Declined,

    /// <summary>Advice came and was returned as insufficient; the request is open again and keeps its limit.</summary>
    ReturnedInsufficient,

    /// <summary>Advice was received.</summary>
    Received,

    /// <summary>The council no longer asks.</summary>
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
