namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Record a person other than the first contact, or a change in such a person's details.</summary>
/// <param name="Person">The person, with current details.</param>
public sealed record RecordPerson(FamilyPerson Person) : AssessmentInput, IStep<RecordPerson>
{
    public static StepDefinition<RecordPerson> Definition { get; } = new("record-person", "Record a person around the child, or a change")
    {
        Senders = [ActorRole.CouncilOfficer],
        Law = "Education Act 1996 ss572, 576; CFA 2014 s83(2)",
        Example = """
            {
              "person": {
                "id": "p2",
                "name": "Jo Example",
                "role": "parent",
                "relationship": "father",
                "parentalResponsibility": true,
                "postalAddress": [ "2 Example Street", "Exampleton", "EX1 1AB" ],
                "addressIsSecret": true
              }
            }
            """,
        Days = x => [
            x.Past("Person.ElectronicServiceAgreedOn", "The day on which this person agreed to electronic service", i => i.Person.ElectronicServiceAgreedOn),
            x.Past("Person.ConsentOn", "The day of the family's consent", i => i.Person.ConsentOn),
        ],
    };

    internal override void Decide(Deciding d)
    {
        var before = d.State.People.FirstOrDefault(p => p.Id == Person.Id);

        // Addresses matter even after the case has ended, because a notice that has not reached its recipient needs the right address.
        var waited = before is not null && d.State.Notices.Any(n => n.Person == Person.Id && n.SentOn is null);
        if (!(waited || InputChecks.InHand(d))
            || !InputChecks.Id(d, Person.Id, "The person's id")
            || !(before is not null || EndPerson.IsNew(d, Person.Id))
            || !InputChecks.Text(d, Person.Name, "The person's name")
            || !d.Require(
                Person.Role != PersonRole.Supporter || Person.ConsentOn is not null, "consent-missing", "A supporter can take part only with the family's consent. Record the day on which the consent was given.")
            || !d.Require(Person.Role is PersonRole.Parent or PersonRole.FosterCarer || !Person.ParentalResponsibility, "no-such-responsibility", "Parental responsibility can be recorded only for parents and carers.")
            || !d.Require(Person.ElectronicServiceAgreedOn is null || !string.IsNullOrWhiteSpace(Person.Email), "address-missing", "Electronic service requires an e-mail address. Also record the e-mail address.")
            || !d.Require(
                Others(d).All(other => !FamilyPeople.ShareAnAddress(Person.ToContact(), other.Contact) || !(Person.AddressIsSecret || other.IsSecret)),
                "address-shared", "If an address is secret from the rest of the family, no other family member can have the same address. Check the address.")
            || !d.Require(Person != before, "nothing-changed", "This step would change nothing."))
        {
            return;
        }

        d.Happened(new PersonRecorded(Person));
        if (before is { ParentalResponsibility: true } && !Person.ParentalResponsibility)
        {
            ChangedRecipients.EndAll(d, Person.Id);
        }

        RightsSwitch.TellTheYoungPerson(d);
        if (before is null && FamilyPeople.AlsoTold(d.State, d.Today).Any(p => p.Id == Person.Id) && d.State.Notices.Any(n => n.To == RecipientRole.Family))
        {
            d.AskAttention($"person-{Person.Id}", "A person who must be sent the family's notices was recorded after some notices had been sent. Decide which of these notices the person must be given, and send those notices.");
        }
    }

    private IEnumerable<(FamilyContact Contact, bool IsSecret)> Others(Deciding d) =>
        d.State.People.Where(p => p.Id != Person.Id).Select(p => (p.ToContact(), p.AddressIsSecret)).Append((d.Facts.Family, false));
}

/// <summary>A person around the child was recorded.</summary>
public sealed record PersonRecorded(FamilyPerson Person) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("personRecorded", "A person around the child was recorded, or their details changed.")
    {
        Told = Audience.Council,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { People = [.. state.People.Where(p => p.Id != Person.Id), Person] };

    public override string Describe(TimelineContext context) => $"A person around the child was recorded ({Person.Id}).";
}
