using System.Text.Json.Serialization;
using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Contracts.Api;

/// <summary>The reason for ceasing a plan. The number of each reason is its code in the SEN2 return.</summary>
[JsonConverter(typeof(CamelCaseEnum<CeasingReason>))]
public enum CeasingReason
{
    /// <summary>The maximum age was reached.</summary>
    MaximumAge = 1,

    /// <summary>The child's or young person's needs are met without a plan; education continues.</summary>
    NeedsMetWithoutPlan = 2,

    /// <summary>The young person went on to higher education.</summary>
    HigherEducation = 3,

    /// <summary>The young person is in paid employment other than an apprenticeship.</summary>
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

/// <summary>A view given in the consultation on ceasing the plan.</summary>
/// <param name="From">Role of the person who gave the view.</param>
/// <param name="On">Day the view was received.</param>
/// <param name="Text">The view, as text.</param>
public sealed record CeasingView(RecipientRole From, DateOnly On, string Text);

/// <summary>The last consideration of ceasing the plan.</summary>
public sealed record PlanCeasing
{
    /// <summary>Number within the case: 1, 2, 3 and so on.</summary>
    public required int Number { get; init; }

    /// <summary>Day on which the council began to consider ceasing the plan.</summary>
    public required DateOnly ConsideredOn { get; init; }

    /// <summary>Reason, with its code in the SEN2 return.</summary>
    public required CeasingReason Reason { get; init; }

    /// <summary>Reasons as text.</summary>
    public required string Reasons { get; init; }

    /// <summary>Last day for views.</summary>
    public required DateOnly AnswerBy { get; init; }

    /// <summary>The views received so far.</summary>
    public required IReadOnlyList<CeasingView> Views { get; init; }

    /// <summary>Day of the decision to cease the plan; absent until then.</summary>
    public DateOnly? DecidedOn { get; init; }

    /// <summary>Day of the decision to keep maintaining the plan; absent until then.</summary>
    public DateOnly? KeptOn { get; init; }

    /// <summary>Day from which the plan is no longer maintained.</summary>
    public DateOnly? CeasedOn { get; init; }
}
