namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The reason why a plan will cease, numbered like the codes of the SEN2 return.</summary>
public enum CeasingReason
{
    /// <summary>The maximum age was reached.</summary>
    MaximumAge = 1,

    /// <summary>The needs are met without a plan; education continues.</summary>
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

/// <summary>A view given in the consultation on ceasing.</summary>
/// <param name="From">The role of the person who gave the view.</param>
/// <param name="On">The day on which the view was received.</param>
/// <param name="Text">The text of the view.</param>
public sealed record CeasingView(RecipientRole From, DateOnly On, string Text);

/// <summary>The last occasion on which the council considered ceasing the plan.</summary>
public sealed record PlanCeasing
{
    /// <summary>The number of this occasion within the case: 1, 2, 3 and so on.</summary>
    public required int Number { get; init; }

    /// <summary>The day on which ceasing was considered.</summary>
    public required DateOnly ConsideredOn { get; init; }

    /// <summary>The reason for ceasing, as a code of the SEN2 return.</summary>
    public required CeasingReason Reason { get; init; }

    /// <summary>The reason for which the council considered ceasing the plan, if the plan ceased for a different one.</summary>
    public CeasingReason? Considered { get; init; }

    /// <summary>The reasons for ceasing, as text.</summary>
    public required string Reasons { get; init; }

    /// <summary>The last day for views.</summary>
    public required DateOnly AnswerBy { get; init; }

    /// <summary>The views received so far.</summary>
    public IReadOnlyList<CeasingView> Views { get; init => field = value ?? []; } = [];

    /// <summary>The day on which the council decided to cease the plan; null until then.</summary>
    public DateOnly? DecidedOn { get; init; }

    /// <summary>The day on which the council decided to continue to maintain the plan; null until then.</summary>
    public DateOnly? KeptOn { get; init; }

    /// <summary>The day from which the plan is no longer maintained.</summary>
    public DateOnly? CeasedOn { get; init; }
}
