namespace IntegrationHub.Orchestrations.Letters;

/// <summary>What a letter is about. Notices under the regulations, and the other letters of the process.</summary>
public enum LetterKind
{
    /// <summary>The acknowledgement that the request has arrived.</summary>
    RequestReceived,

    /// <summary>An assessment is being considered, reg 4(2).</summary>
    AssessmentConsidered,

    /// <summary>The council will assess, reg 5(1)-(2).</summary>
    WillAssess,

    /// <summary>The council will not assess, reg 5(3).</summary>
    WillNotAssess,

    /// <summary>Advice is requested, reg 6(1).</summary>
    AdviceRequest,

    /// <summary>No plan is necessary, reg 10.</summary>
    NoPlan,

    /// <summary>The draft plan, reg 13(1).</summary>
    DraftPlan,

    /// <summary>An institution is consulted, CFA 2014 ss39(2), 40(3).</summary>
    InstitutionConsulted,

    /// <summary>The final plan, regs 13(2) and 14.</summary>
    FinalPlan,

    /// <summary>An exception to a time limit applies, Code 9.43.</summary>
    ExceptionApplies,

    /// <summary>The council will re-assess, reg 25(1).</summary>
    WillReassess,

    /// <summary>After a re-assessment the plan stays as it is, reg 27.</summary>
    NoChange,

    /// <summary>After a review the plan stays as it is, regs 20 and 21.</summary>
    PlanKept,

    /// <summary>The proposed amendments, with or without a review, regs 22(2) and 28.</summary>
    PlanToBeAmended,

    /// <summary>The plan is not amended after all, reg 22(4).</summary>
    NotAmended,

    /// <summary>The amended plan, reg 22(3).</summary>
    AmendedPlan,

    /// <summary>Ceasing the plan is considered, reg 31(1).</summary>
    CeasingConsidered,

    /// <summary>The plan ceases, reg 31(2).</summary>
    PlanCeases,

    /// <summary>The family is asked for missing information.</summary>
    InformationAsked,

    /// <summary>The family is asked for views and evidence before a decision, CFA 2014 s36(4).</summary>
    RepresentationsAsked,

    /// <summary>An invitation to a meeting.</summary>
    MeetingInvited,

    /// <summary>An invitation to the meeting of a review, regs 20(3), 21(3).</summary>
    ReviewInvited,

    /// <summary>Letter to the young person, who now holds the rights, CFA 2014 s83(2).</summary>
    RightsAreYours,

    /// <summary>Letter to a parent, saying that the rights have passed to the young person, CFA 2014 s83(2).</summary>
    RightsPassedOn,

    /// <summary>The council will not re-assess, reg 25(1).</summary>
    WillNotReassess,

    /// <summary>The family is asked before a phase transfer which institution it prefers.</summary>
    PreferenceAsked,

    /// <summary>The plan came from another council; the letter says what happens next, reg 15(4).</summary>
    TransferTold,

    /// <summary>Letter to an ICB that has become responsible, with the plan, reg 16.</summary>
    IcbChanged,

    /// <summary>A line of provision is agreed for the personal budget. The letter says who receives what, for which provision and from
    /// when, SI 2014/1652 reg 8(2).</summary>
    BudgetAgreed,

    /// <summary>A line of provision is refused for the personal budget, with reasons and the right to a review, SI 2014/1652 reg 7.</summary>
    BudgetRefused,

    /// <summary>The payment for a line of the personal budget is raised, reduced or stopped, SI 2014/1652 regs 12 and 14.</summary>
    BudgetChanged,

    /// <summary>A decision on the personal budget was reviewed, SI 2014/1652 regs 7, 12 and 14.</summary>
    BudgetAnswered,

    /// <summary>The plan is kept while the child or young person is detained, CFA 2014 s74.</summary>
    PlanKeptInDetention,

    /// <summary>After a release the plan is maintained again and will be reviewed, CFA 2014 s48.</summary>
    PlanAfterRelease,

    /// <summary>A list of schools and colleges for the child.</summary>
    SchoolListShared,
}

/// <summary>The reader of a letter. The wording for families differs from the wording for people who work with the law.</summary>
public enum LetterReader
{
    /// <summary>The child's parent, or the young person.</summary>
    Family,

    /// <summary>A school, an ICB, social care or another agency.</summary>
    Agency,
}
