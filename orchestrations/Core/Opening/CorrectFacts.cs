using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Correct a fact about the case that was wrong or has changed. A fact that is null is not changed.</summary>
/// <param name="Reason">Why the record is corrected.</param>
/// <param name="ReceivedOn">The true day of receipt, from which all time limits now run.</param>
/// <param name="EarlierCase">What an officer decided if the corrected details fit a child in another case.</param>
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
    public static StepDefinition<CorrectFacts> Definition { get; } = new("correct-facts", "Correct a fact about the case")
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
        if ((IsForNotice(d) || IsOfChild || d.State.TakenOver is not null || InputChecks.InHand(d)) && InputChecks.Text(d, Reason, "The reason for the correction") && OpeningChecks.AreLawful(d, corrected)
            && d.Require(
                Family is null || d.State.People.All(p => !p.AddressIsSecret || !FamilyPeople.ShareAnAddress(p.ToContact(), Family)),
                "address-shared", "An address that must be kept from others cannot be shared with another family member. Check the address.")
            && d.Require(corrected != facts, "nothing-changed", "This correction would change nothing."))
        {
            var isOtherContact = IsSomebodyElse(facts.Family, corrected.Family);
            d.Happened(new FactsCorrected(corrected, Reason, isOtherContact ? true : null));
            Tell(d, facts, corrected);
            if (isOtherContact)
            {
                EndFormerContact(d);
            }

            TellOtherAgency(d, RecipientRole.Icb, facts.Icb, corrected.Icb);
            TellOtherAgency(d, RecipientRole.Setting, facts.Setting, corrected.Setting);
            TakingOver.Settle(d);
        }
    }

    /// <summary>Whether an unsent notice needs the correction. Addresses matter even after the case has ended, because a notice that has
    /// not reached the family needs the right address.</summary>
    private bool IsForNotice(Deciding d) =>
        this == new CorrectFacts(Reason, Family: Family) && d.State.Notices.Any(n => n is { To: RecipientRole.Family, SentOn: null });

    /// <summary>Whether only the child's details are corrected, which must be correct even after the case has ended, because the plan is
    /// stored for years and the yearly return names the child (UK GDPR art 16).</summary>
    private bool IsOfChild => Child is not null && this == new CorrectFacts(Reason, Child: Child);

    // A name or an address can be misspelt or can change. But somebody with another name, and with neither the relationship nor the address
    // of the former contact, is another person.
    private static bool IsSomebodyElse(FamilyContact before, FamilyContact now) =>
        FamilyPeople.IsKnown(before) && !IsSame(before.Name, now.Name) && !(IsSame(before.Relationship, now.Relationship) && FamilyPeople.ShareAnAddress(before, now));

    private static bool IsSame(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>Revokes every link of the former first contact, which would otherwise open the letters to the new one. The letters to the
    /// former one, with that person's address, are not shown to the new one.</summary>
    private static void EndFormerContact(Deciding d)
    {
        const string reason = "The family's first contact is now another person.";
        var sent = d.State.Notices.Where(n => n is { To: RecipientRole.Family, Person: null, SentOn: not null, ToFormerContact: null }).ToList();
        foreach (var notice in sent)
        {
            d.Happened(new LetterLinkRevoked(notice.Id, reason, FormerContact: true));
        }

        if (sent.Count > 0)
        {
            d.AskAttention(
                "notices-sent-family",
                "Letters were sent to the family's former first contact. The present first contact cannot read them in the hub. Decide which of these letters the present first contact must be given, and send those letters.");
        }

        // A letter that is on its way has a link too, with which the former contact could open the letter to the new one.
        var underWay = d.State.Notices.Where(n => n is { To: RecipientRole.Family, Person: null, SentOn: null } && ChangedRecipients.IsUnderWay(d, n)).ToList();
        foreach (var notice in underWay)
        {
            d.Happened(new LetterLinkRevoked(notice.Id, reason));
        }

        if (underWay.Count > 0)
        {
            d.AskAttention(
                "stop-letters-family",
                "A letter was being sent when the family's first contact was corrected. If a letter to the former first contact is still waiting to be printed, for instance at GOV.UK Notify, cancel it there.");
        }

        foreach (var link in d.State.FamilyLinks.Where(l => l is { Person: null, Revoked: false }).ToList())
        {
            d.Happened(new FamilyLinkRevoked(link.Id, reason));
        }
    }

    /// <summary>Addresses the unsent notices to the wrong agency to the right agency instead. An officer decides which of the notices that
    /// were already sent to the wrong agency the right agency needs too.</summary>
    private static void TellOtherAgency(Deciding d, RecipientRole to, Agency? before, Agency? now)
    {
        ChangedRecipients.Readdress(d, to, before?.Id, now);
        if (before is not null && now is not null && before.Id != now.Id && d.State.Notices.Any(n => n.To == to && n.Agency?.Id == before.Id && n.SentOn is not null))
        {
            d.AskAttention(
                $"notices-sent-{Notices.Camel(to)}",
                $"Notices were sent to {before.Name} before the record was corrected to {now.Name}. Decide which of these notices {now.Name} must be given, and send those notices.");
        }
    }

    /// <summary>Sends the correction to everybody who was sent the child's details with a request, answered or not (UK GDPR art
    /// 19).</summary>
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
                d.AddEffect(new SendCorrection(request.Id, agency.Id));
            }
        }

        if (d.State.Advice.Count > 0 && (before.Child.NhsNumber != now.Child.NhsNumber || before.Child.DateOfBirth != now.Child.DateOfBirth || before.Child.GivenName != now.Child.GivenName || before.Child.FamilyName != now.Child.FamilyName))
        {
            d.AskAttention("child-corrected", "The child's details were corrected after advice had arrived. Check that every piece of advice is about this child.");
        }
    }
}

/// <summary>Facts were corrected; <paramref name="Facts"/> holds the corrected facts.</summary>
/// <param name="Facts">The facts as corrected.</param>
/// <param name="Reason">Why they were corrected.</param>
/// <param name="OtherContact">True if the family's first contact is now another person; otherwise null.</param>
public sealed record FactsCorrected(OpeningFacts Facts, string Reason, bool? OtherContact = null) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("factsCorrected", "Facts were corrected; `facts` holds the corrected facts.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => OtherContact is true ? WithFormerContact(state) with { Facts = Facts } : state with { Facts = Facts };

    public override string Describe(TimelineContext context) => "Facts about the case were corrected.";

    public override string? Note() => Reason;

    // Words without a person, and the supporters whom the first contact named, are the first contact's. Those of the former first contact stay
    // that person's, so that they are neither shown to the new one nor attributed to the new one.
    private static AssessmentState WithFormerContact(AssessmentState state)
    {
        var number = (state.FormerContacts ?? 0) + 1;
        var former = FormattableString.Invariant($"former-contact-{number}");
        return state with
        {
            FormerContacts = number,
            People = Lists.Change(state.People, p => p.NamedBy == FamilyPeople.ReaderId(null), p => p with { NamedBy = FamilyPeople.ReaderId(former) }),
            FamilyEvidence = Lists.Change(state.FamilyEvidence, e => e.Person is null, e => e with { Person = former }),
            Advice = Lists.Change(state.Advice, a => a is { Agency: null, Person: null }, a => a with { Person = former }),
            Representations = Lists.Change(state.Representations, r => r.Person is null, r => r with { Person = former }),
            PhaseTransfers = Lists.Change(
                state.PhaseTransfers,
                t => t.Answers is { Count: > 0 },
                t => t with { Answers = Lists.Change(t.Answers!, a => a.Person is null, a => a with { Person = former }) }),
        };
    }
}
