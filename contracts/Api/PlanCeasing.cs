using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Contracts.Api;

/// <summary>Why a plan will cease, as the SEN2 return codes it; the number is its code.</summary>
[JsonConverter(typeof(CamelCaseEnum<CeasingReason>))]
public enum CeasingReason
{
    /// <summary>The maximum age was reached.</summary>
    MaximumAge = 1,

    /// <summary>Needs are met without a plan; education continues.</summary>
    NeedsMetWithoutPlan = 2,

    /// <summary>The young person went on to higher education.</summary>
    HigherEducation = 3,

    /// <summary>The young person is in paid employment, apprenticeships excepted.</summary>
    PaidEmployment = 4,

    /// <summary>The plan was transferred to another council in England.</summary>
    Transferred = 5,

    /// <summary>The young person no longer wishes to be in education or training.</summary>
    NoLongerWishes = 6,

    /// <summary>The family moved out of England.</summary>
    MovedOutOfEngland = 7,

    /// <summary>The child or young person has died.</summary>
    Died = 8,

    /// <summary>Another reason.</summary>
    Other = 9,
}

/// <summary>What was said in the consultation on ceasing.</summary>
/// <param name="From">Who said it.</param>
/// <param name="On">Day on which it was received.</param>
/// <param name="Text">What was said.</param>
public sealed record CeasingView(RecipientRole From, DateOnly On, string Text);

/// <summary>The last time that ceasing the plan was considered.</summary>
public sealed record PlanCeasing
{
    /// <summary>Number within the case: 1, 2, 3 and so on.</summary>
    public required int Number { get; init; }

    /// <summary>Day on which it was considered.</summary>
    public required DateOnly ConsideredOn { get; init; }

    /// <summary>Why, as the SEN2 return codes it.</summary>
    public required CeasingReason Reason { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reasons { get; init; }

    /// <summary>Last day on which views are asked for.</summary>
    public required DateOnly AnswerBy { get; init; }

    /// <summary>The views that have been given so far.</summary>
    public required IReadOnlyList<CeasingView> Views { get; init; }

    /// <summary>Day on which it was decided to cease the plan; absent until then.</summary>
    public DateOnly? DecidedOn { get; init; }

    /// <summary>Day on which it was decided to keep maintaining it; absent until then.</summary>
    public DateOnly? KeptOn { get; init; }

    /// <summary>Day from which the plan is no longer maintained.</summary>
    public DateOnly? CeasedOn { get; init; }
}
