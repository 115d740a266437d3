using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A fact told at the opening was wrong or has changed. Null leaves a fact as it is.</summary>
/// <param name="Reason">Why the record is corrected.</param>
/// <param name="ReceivedOn">The true day of receipt; every limit follows it.</param>
/// <param name="EarlierCase">What a person decided where the corrected child may be the child of another case.</param>
public sealed record CorrectFacts(
    string Reason,
    DateOnly? ReceivedOn = null,
    Child? Child = null,
    FamilyContact? Family = null,
    SettingKind? SettingKind = null,
    Agency? Setting = null,
    Agency? Icb = null,
    CapacityRecord? Capacity = null,
    EarlierCaseDecision? EarlierCase = null) : AssessmentInput, IStep<CorrectFacts>
{
    public static StepDefinition<CorrectFacts> Definition { get; } = new("correct-facts", "Correct a fact told at the opening")
    {
        Corrects = true,
        Senders = [ActorRole.CouncilOfficer],
        Example = """{ "reason": "The request had arrived a day earlier.", "receivedOn": "2026-05-31" }""",
        Days = x => [
            x.Past(
                "ReceivedOn", "The day on which the request was received", i => i.ReceivedOn,
                [(s, i) => new(i.Child?.DateOfBirth ?? DatedFacts.Birth(s).On, "the child's date of birth")],
                [(s, _) => DatedFacts.FirstDone(s)]),
            x.Past(
                "Child.DateOfBirth", "The child's date of birth", i => i.Child?.DateOfBirth,
                [],
                [(s, i) => new(i.ReceivedOn ?? s.Facts?.ReceivedOn, DatedFacts.TheRequest)]),
            x.Past(
                "Family.ElectronicServiceAgreedOn", "The day on which the family agreed to electronic service", i => i.Family?.ElectronicServiceAgreedOn),
            x.Past(
                "Capacity.AssessedOn", "The day of the capacity assessment", i => i.Capacity?.AssessedOn,
                (s, i) => new(i.Child?.DateOfBirth ?? DatedFacts.Birth(s).On, "the child's date of birth")),
        ],
    };

    internal override void Decide(Deciding d)
    {
        var facts = d.Facts;
        var corrected = facts with
        {
            ReceivedOn = ReceivedOn ?? facts.ReceivedOn,
            Child = Child ?? facts.Child,
            Family = Family ?? facts.Family,
            SettingKind = SettingKind ?? facts.SettingKind,
            Setting = (SettingKind ?? facts.SettingKind) == Advice.SettingKind.None ? null : Setting ?? facts.Setting,
            Icb = Icb ?? facts.Icb,
            Capacity = Capacity ?? facts.Capacity,
            EarlierCase = EarlierCase ?? facts.EarlierCase,
        };
        if ((IsForNotice(d) || IsOfChild || d.State.TakenOver is not null || Form.InHand(d)) && Form.Text(d, Reason, "The reason for the correction") && OpeningChecks.AreLawful(d, corrected)
            && d.Require(corrected != facts, "nothing-changed", "Nothing would be different after this correction."))
        {
            d.Happened(new FactsCorrected(corrected, Reason));
            Tell(d, facts, corrected);
            TakingOver.Settle(d);
        }
    }

    /// <summary>Addresses matter after the end too: a notice that has not reached the family waits for the right address.</summary>
    private bool IsForNotice(Deciding d) =>
        this == new CorrectFacts(Reason, Family: Family) && d.State.Notices.Any(n => n is { To: RecipientRole.Family, SentOn: null });

    /// <summary>The child's details must still be correct after the end: the plan is kept for years, and the yearly return names the child (UK GDPR art 16).</summary>
    private bool IsOfChild => Child is not null && this == new CorrectFacts(Reason, Child: Child);

    /// <summary>Corrections are passed on: everybody who was told about the child with a request, answered or not, is told again (UK GDPR art 19).</summary>
    private static void Tell(Deciding d, OpeningFacts before, OpeningFacts now)
    {
        if (before.Child == now.Child && before.Setting == now.Setting)
        {
            return;
        }

        foreach (var request in d.State.Requests.ToList())
        {
            if (request.Agency is { } agency)
            {
                d.Must(new SendCorrection(request.Id, agency.Id));
            }
        }

        if (d.State.Advice.Count > 0 && (before.Child.NhsNumber != now.Child.NhsNumber || before.Child.DateOfBirth != now.Child.DateOfBirth || before.Child.GivenName != now.Child.GivenName || before.Child.FamilyName != now.Child.FamilyName))
        {
            d.AskAttention("child-corrected", "The child's details were corrected after advice had come: check that each advice is about this child.");
        }
    }
}

/// <summary>Facts were corrected; <paramref name="Facts"/> holds them as corrected.</summary>
public sealed record FactsCorrected(OpeningFacts Facts, string Reason) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("factsCorrected", "Facts were corrected; facts holds them as corrected.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { Facts = Facts };

    public override string Tell(Telling telling) => "Facts told at the opening were corrected.";

    public override string? Note() => Reason;
}
