using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Contracts.Api;

/// <summary>How a personal budget is held. CFA 2014 s49; Code 9.101.</summary>
[JsonConverter(typeof(CamelCaseEnum<PersonalBudgetForm>))]
public enum PersonalBudgetForm
{
    /// <summary>Direct payment to the family, who buy the provision themselves.</summary>
    DirectPayment,

    /// <summary>The council or the school holds the money (a notional budget).</summary>
    Notional,

    /// <summary>A third party manages the money.</summary>
    ThirdParty,

    /// <summary>A mixed budget.</summary>
    Mixed,
}

/// <summary>Parts of a line that can differ between two versions.</summary>
[Flags]
[JsonConverter(typeof(CamelCaseEnum<LineParts>))]
public enum LineParts
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The text.</summary>
    Text = 1,

    /// <summary>Who provides the provision.</summary>
    Who = 2,

    /// <summary>How often.</summary>
    HowOften = 4,

    /// <summary>How long each time.</summary>
    HowLong = 8,

    /// <summary>The needs or outcomes to which it is linked.</summary>
    Answers = 16,

    /// <summary>Whether a line prepares for adulthood.</summary>
    PreparesForAdulthood = 32,

    /// <summary>The note.</summary>
    Note = 64,

    /// <summary>The document.</summary>
    Attachment = 128,

    /// <summary>The source on which it is based (not who has edited it since).</summary>
    Source = 256,
}

/// <summary>The step before which the checks are made.</summary>
[JsonConverter(typeof(CamelCaseEnum<PlanStep>))]
public enum PlanStep
{
    /// <summary>Sending a draft to the family.</summary>
    BeforeDraft,

    /// <summary>Sending the finalised plan.</summary>
    BeforeFinal,
}

/// <summary>How serious a finding is.</summary>
[JsonConverter(typeof(CamelCaseEnum<FindingSeverity>))]
public enum FindingSeverity
{
    /// <summary>Shown to officers; the step is allowed.</summary>
    Warning,

    /// <summary>The step is refused.</summary>
    Blocking,
}
