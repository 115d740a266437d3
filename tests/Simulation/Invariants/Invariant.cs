namespace IntegrationHub.Simulation.Invariants;

/// <summary>Which invariants are asked when.</summary>
public static class InvariantKinds
{
    /// <summary>It is asked only where plans are lived with after they were issued.</summary>
    public static bool IsOfLife(this Invariant invariant) => invariant is Invariant.NoReviewIsLost or Invariant.EverybodyHearsOfThePlan or Invariant.NoPlanEndsEarly or Invariant.EveryTransferHasItsPlace
        or Invariant.OneHubKeepsThePlan or Invariant.MovedPlansAreWhole
        or Invariant.EveryReassessmentEnds or Invariant.ReassessmentsAreAdvised or Invariant.PreferencesAreHeard or Invariant.TheNewBoardIsServed or Invariant.BudgetsAreKept;
}

/// <summary>What must hold in every case, whatever faults the hub met.</summary>
public enum Invariant
{
    /// <summary>Every limit and what relieves it equal an independent calculation.</summary>
    LimitsAreRight,

    /// <summary>No limit is missed without its record, on the day after it, and none is recorded that was met.</summary>
    MissesAreRecorded,

    /// <summary>No request is overdue without its reminders and escalations, each on its day, and nobody is chased early.</summary>
    LateRequestsAreChased,

    /// <summary>Every acknowledged message took effect once, and what was refused took none.</summary>
    MessagesTakeEffectOnce,

    /// <summary>Every effect that was decided happened once on the other side, and nothing else did.</summary>
    EffectsHappenOnce,

    /// <summary>Every case has exactly one current version of its plan, and each version was kept as it was prepared.</summary>
    OneCurrentPlan,

    /// <summary>The audit trail is complete, in order, and tells the state.</summary>
    TrailIsWhole,

    /// <summary>No day on record precedes the fact that it rests on, or lies after the day on which it was recorded.</summary>
    DatesAreInOrder,

    /// <summary>Every word of accepted advice stands in the case, and in each plan that was put together while it counted.</summary>
    NoWordIsLost,

    /// <summary>Every line of a plan says its true source: the advice, its request, agency, author, and days. Nothing else stands in a plan.</summary>
    SourcesAreTrue,

    /// <summary>Through every interface each person sees of a case what they may see at that time, and nothing else.</summary>
    EachSeesTheirOwn,

    /// <summary>Every list and count, by every filter, for everybody who may ask, is what the trails say.</summary>
    ListsAreRight,

    /// <summary>No review of a plan is lost: each that was arranged is held, decided and told, and the next has its day.</summary>
    NoReviewIsLost,

    /// <summary>Everybody who must be told about a decision on an issued plan was.</summary>
    EverybodyHearsOfThePlan,

    /// <summary>No plan ceases before the family can appeal no more, and one that is to cease does.</summary>
    NoPlanEndsEarly,

    /// <summary>Before a phase transfer the institutions were consulted, each by a letter, and one of them is named from its first day; or the miss is on record.</summary>
    EveryTransferHasItsPlace,

    /// <summary>Every request to re-assess is answered, every re-assessment ends, and everybody is told of both.</summary>
    EveryReassessmentEnds,

    /// <summary>Every re-assessment asks everybody for advice on the day on which it is decided or ordered, no answer strays between rounds, and nobody is left asked after its end.</summary>
    ReassessmentsAreAdvised,

    /// <summary>What a family answers on the institution that it prefers is kept in its words, with whether it came in time.</summary>
    PreferencesAreHeard,

    /// <summary>A new ICB has the plan and every letter from then on, and what it asks for is done.</summary>
    TheNewBoardIsServed,

    /// <summary>Every decision on a personal budget is kept, told and paid as it was made.</summary>
    BudgetsAreKept,

    /// <summary>A plan that moved is kept by exactly one hub, and the one that it left does nothing with it any more.</summary>
    OneHubKeepsThePlan,

    /// <summary>A plan that moved arrived word for word and byte for byte, and the chain of its versions holds at both hubs.</summary>
    MovedPlansAreWhole,

    /// <summary>No notice is recorded as sent before its letter had left for its reader.</summary>
    NoticesWereSent,

    /// <summary>Every letter names its own case and its reader, gives the right last days, and makes each point that the law requires.</summary>
    LettersAreRight,

    /// <summary>By the accounts of those who gave it: whatever a door took is in its case, once, and what it refused is not.</summary>
    WhatIsGivenIsThere,

    /// <summary>A receipt is given for all that was taken, never before it was stored, and whoever was refused heard why.</summary>
    ReceiptsAreTrue,

    /// <summary>No word of advice stands in the case of another child.</summary>
    NoWordStrays,

    /// <summary>When a case is over, nothing in it is left waiting.</summary>
    NothingIsLeftOver,
}
