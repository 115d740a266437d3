using IntegrationHub.Orchestrations.Plans;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Agree or refuse a line of provision for the personal budget of a plan that was issued. The family is notified in
/// writing.</summary>
/// <param name="Line">Id of the line in section F, G, H1 or H2.</param>
/// <param name="Agreed">True if the line is agreed, false if it is refused.</param>
/// <param name="AskedOn">Day on which the family asked for the line.</param>
/// <param name="Text">The conditions of the agreement, or the reasons for the refusal.</param>
/// <param name="Form">How the budget is held.</param>
/// <param name="AnnualAmountPounds">Pounds a year.</param>
/// <param name="From">First day of payment.</param>
/// <param name="Recipient">Who receives or holds the money; null for a notional budget.</param>
/// <param name="Nominee">Whether the recipient is a nominee.</param>
/// <param name="Excluded">Whether the Schedule forbids a direct payment to the recipient.</param>
/// <param name="HeadAgrees">Whether the head or principal agrees, or null if the provision is not on the premises of a school or
/// college.</param>
public sealed record DecideOnBudgetLine(
    string Line,
    bool Agreed,
    DateOnly AskedOn,
    string Text,
    PersonalBudgetForm? Form = null,
    decimal? AnnualAmountPounds = null,
    DateOnly? From = null,
    string? Recipient = null,
    bool Nominee = false,
    bool? Excluded = null,
    bool? HeadAgrees = null) : AssessmentInput, IStep<DecideOnBudgetLine>
{
    public static StepDefinition<DecideOnBudgetLine> Definition { get; } = new("decide-on-budget-line", "Decide on a line of the personal budget")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "CFA 2014 s49; SI 2014/1652 regs 4 to 10",
        Example = """
            { "line": "medical-1.1/p1", "agreed": true, "askedOn": "2027-04-01", "text": "Paid each month.", "form": "directPayment",
              "annualAmountPounds": 2400, "from": "2027-05-01", "recipient": "Maria Doyle", "excluded": false }
            """,
        Days = x =>
        [
            x.Past("AskedOn", "The day on which the family asked for the line", i => i.AskedOn, (s, _) => DatedFacts.Request(s)),
            x.Planned("From", "The first day of payment", i => i.From, (_, i) => new(i.AskedOn, "the day on which the family asked for the line")),
        ],
    };

    internal override void Decide(Deciding d)
    {
        if (MaintainedPlan.Require(d, "Deciding on a line of the personal budget")
            && BudgetSteps.Provision(d, Line) is { } provision
            && d.Require(PlanBudgets.AgreementsInForce(d.State, DateOnly.MaxValue).All(s => s.Line != Line), "already-agreed", "This line is already in the budget. Change the line instead (change-budget-line).")
            && Assessments.InputChecks.Text(d, Text, Agreed ? "The conditions" : "The reasons for the refusal")
            && (Agreed ? MayBeAgreed(d) : MayBeRefused(d)))
        {
            BudgetSteps.Decided(
                d,
                new BudgetStep
                {
                    Number = BudgetSteps.Next(d),
                    Kind = Agreed ? BudgetStepKind.Agreed : BudgetStepKind.Refused,
                    Line = Line,
                    Provision = provision,
                    On = d.Today,
                    Text = Text,
                    AskedOn = AskedOn,
                    Form = Form,
                    AnnualAmountPounds = AnnualAmountPounds,
                    Recipient = Recipient,
                    Nominee = Nominee,
                    Excluded = Excluded,
                    HeadAgrees = HeadAgrees,
                    From = From,
                },
                Agreed ? NoticeKind.BudgetAgreed : NoticeKind.BudgetRefused);
        }
    }

    private bool MayBeAgreed(Deciding d)
    {
        var direct = Form is PersonalBudgetForm.DirectPayment or PersonalBudgetForm.Mixed;
        return d.Require(this is { Form: not null, AnnualAmountPounds: > 0, From: not null }, "budget-incomplete", "For an agreed line, give the form in which the budget is held, the yearly amount and the first day of payment.")
            && d.Require((Form == PersonalBudgetForm.Notional) == (Recipient is null), "recipient-unclear", "Say who receives or holds the money. For a notional budget, leave out the recipient.")
            && (Recipient is null || Assessments.InputChecks.Text(d, Recipient, "The recipient"))
            && d.Require(!Nominee || direct, "nominee-of-nothing", "Only a direct payment can have a nominee.")
            && d.Require(
                !direct || Excluded is not null,
                "schedule-unclear", "Say whether the Schedule to SI 2014/1652 forbids a direct payment to the recipient, for instance because of some court orders on drugs or alcohol.")
            && d.Require(
                !direct || Excluded == false,
                "recipient-excluded", "The Schedule to SI 2014/1652 does not allow a direct payment to this person. Agree another recipient or another form of budget.")
            && d.Require(
                !direct || HeadAgrees != false,
                "head-must-agree", "A direct payment for provision on the premises of a school or college needs the agreement of its head or principal.");
    }

    private bool MayBeRefused(Deciding d) => d.Require(
        this is { Form: null, AnnualAmountPounds: null, From: null, Recipient: null, Nominee: false, Excluded: null, HeadAgrees: null },
        "refused-with-terms", "A refusal can state only its reasons. Leave out the terms of payment.");
}
