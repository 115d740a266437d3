using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;

namespace IntegrationHub.Core.Tests.People;

/// <summary>Several people of a family: each with parental responsibility is told, in the way that they agreed to; nobody else is.</summary>
public sealed class PeopleTests
{
    private static readonly FamilyPerson Father = new()
    {
        Id = "p2",
        Name = "Jo Example",
        Role = PersonRole.Parent,
        ParentalResponsibility = true,
        PostalAddress = ["2 Example Street", "Exampleton", "EX1 1AB"],
        AddressIsSecret = true,
    };

    [Fact]
    public void Each_person_with_parental_responsibility_gets_the_notice_and_the_limit_waits_for_all_of_them()
    {
        var life = Refused(Father with { PostalAddress = null });

        var (mother, father) = (Notice(life, null), Notice(life, "p2"));
        Assert.Equal((life.Today, null), (mother.SentOn, father.SentOn));
        Assert.Contains(life.State.Attention, a => a.Id == $"post-{father.Id}" && a.Since == life.Today);
        Assert.DoesNotContain(life.Effects, e => e is SendNotice send && send.NoticeId == father.Id);
        Assert.DoesNotContain(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.RuleKey is "notifyRefusalToAssess" or "decideWhetherToAssess" && l.Standing is LimitStatus.Met or LimitStatus.MetLate);

        life.Do(new RecordNoticeSent(father.Id, life.Today, NoticeChannel.ByHand));
        Assert.Contains(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.RuleKey == "decideWhetherToAssess" && l.Standing == LimitStatus.Met);
        Assert.DoesNotContain(life.State.Attention, a => a.Id == $"post-{father.Id}");
    }

    [Fact]
    public void Nobody_without_an_address_is_taken_as_told_and_it_is_a_task_of_the_same_day()
    {
        var life = Life.Opened(Cases.Facts with { Family = Cases.Facts.Family with { ElectronicServiceAgreedOn = null, PostalAddress = null } });
        life.On(Cases.Received.AddDays(5)).Do(new RecordConsultation(life.Today, "They wish for it.")).Do(new DecideWhetherToAssess(true, "It may be."));

        var notice = Notice(life, null, NoticeKind.WillAssess);
        Assert.Null(notice.SentOn);
        Assert.Contains(life.State.Attention, a => a.Id == $"post-{notice.Id}" && a.Since == life.Today);
        life.On(Cases.Received.AddDays(60));
        Assert.Contains(Limits.Of(life.State, life.Today, life.Rules), l => l.Limit.RuleKey == "decideWhetherToAssess" && l.Standing == LimitStatus.Missed);
    }

    [Fact]
    public void Who_needs_another_form_of_letter_is_sent_it_by_a_person()
    {
        var life = Refused(Father with { AccessibleFormat = "large print" });

        Assert.Null(Notice(life, "p2").SentOn);
        Assert.Contains(life.State.Attention, a => a.Text == "Send the letter (the council will not assess) in the format that they need to p2 of the family and record the day.");
    }

    [Theory]
    [InlineData(PersonRole.Supporter)]
    [InlineData(PersonRole.SocialWorker)]
    [InlineData(PersonRole.VirtualSchool)]
    [InlineData(PersonRole.FosterCarer)]
    [InlineData(PersonRole.Parent)]
    public void Who_has_no_parental_responsibility_is_told_nothing(PersonRole role)
    {
        var life = Refused(Father with { Role = role, ParentalResponsibility = false, ConsentOn = Cases.Received });

        Assert.Single(life.State.People);
        Assert.Equal([null], life.State.Notices.Where(n => n.To == RecipientRole.Family).Select(n => n.Person).Distinct());
    }

    [Fact]
    public void Once_the_rights_are_the_young_persons_parents_are_told_nothing_and_the_young_person_is()
    {
        var grown = Cases.Facts with
        {
            Route = RequestRoute.YoungPerson,
            Child = Cases.Facts.Child with { DateOfBirth = Cases.Received.AddYears(-18) },
        };
        var life = Life.Opened(grown).On(Cases.Received.AddDays(2));
        life.Do(new RecordPerson(Father)).Do(new RecordPerson(new FamilyPerson { Id = "self", Name = "Robin", Role = PersonRole.YoungPerson, PostalAddress = ["1 Road", "EX1 1AA"] }));
        life.Do(new RecordConsultation(life.Today, "Robin wishes for it.")).Do(new DecideWhetherToAssess(true, "It may be."));

        Assert.Equal([null, "self"], life.State.Notices.Where(n => n is { To: RecipientRole.Family, Kind: NoticeKind.WillAssess }).Select(n => n.Person).Order());
    }

    [Fact]
    public void Each_letter_has_its_own_readers_name_address_and_last_days_and_nobody_elses_address()
    {
        var life = Refused(Father);
        var father = Notice(life, "p2");
        var late = life.Today.AddDays(20);

        var letter = LetterWriting.Write(new(LetterKind.WillNotAssess, father.Id), life.State with { Notices = [.. life.State.Notices.Select(n => n.Id == father.Id ? n with { SentOn = null, ServedOn = null } : n)] }, life.Rules, new(late, NoticeChannel.Post))!;
        var mothers = LetterWriting.Write(new(LetterKind.WillNotAssess, Notice(life, null).Id), life.State, life.Rules, new(life.Today, NoticeChannel.Electronic))!;

        Assert.Equal(("Jo Example", "2 Example Street"), (letter.RecipientName, letter.PostalAddress[0]));
        Assert.NotEqual(mothers.Facts["appealLastDay"], letter.Facts["appealLastDay"]);
        Assert.Equal(Cases.Facts.Family.Name, mothers.RecipientName);
        Assert.DoesNotContain(mothers.PostalAddress.Concat(mothers.Facts.Values), words => words.Contains("Example Street", StringComparison.Ordinal));
    }

    [Fact]
    public void The_drafts_fifteen_days_run_from_the_last_of_them_to_be_served()
    {
        var life = Life.Consulting(Cases.Facts);
        var served = Limits.Of(life.State, life.Today, life.Rules).Single(l => l.Limit.RuleKey == "familyRepresentations").Limit.Due;
        var both = Assessment.Replay(life.State, [new PersonRecorded(Father), new NoticePlanned(Draft(life) with { Id = "draftPlan-1-family-p2", Person = "p2", SentOn = null, ServedOn = null })]);

        Assert.Null(Limits.Of(both, life.Today, life.Rules).SingleOrDefault(l => l.Limit.RuleKey == "familyRepresentations")?.Limit.Due);
        var all = Assessment.Replay(both, [new NoticeSent("draftPlan-1-family-p2", life.Today.AddDays(4), life.Today.AddDays(4), NoticeChannel.ByHand)]);
        Assert.Equal(served!.Value.AddDays(4), Limits.Of(all, life.Today, life.Rules).Single(l => l.Limit.RuleKey == "familyRepresentations").Limit.Due);
    }

    [Theory]
    [InlineData("Lee Other", "father", "lee@example.org", true)]
    [InlineData("Lee Other", "father", "sam@example.org", true)]
    [InlineData("Sam Exampel", "mother", "sam@example.org", false)]
    [InlineData("Sam Example", "mother", "new@example.org", false)]
    public void A_first_contact_who_is_another_person_now_opens_nothing_with_the_links_of_the_former_one(string name, string relationship, string mail, bool isAnother)
    {
        var life = Life.Opened(Cases.Facts with { Family = Cases.Facts.Family with { Name = "Sam Example", Relationship = "mother", Email = "sam@example.org" } });
        life.Do(new IssueFamilyLink("hers", life.Today.AddDays(30)));
        var letter = Notice(life, null, NoticeKind.RequestAcknowledged);
        Assert.NotNull(letter.SentOn);

        life.Do(new CorrectFacts("The family asked for it.", Family: life.State.Facts!.Family with { Name = name, Relationship = relationship, Email = mail }));

        Assert.Equal((isAnother ? 1 : null, isAnother), (Notice(life, null, NoticeKind.RequestAcknowledged).LinkRevocations, life.State.FamilyLinks.Single().Revoked));
        Assert.Equal(isAnother, Notice(life, null, NoticeKind.RequestAcknowledged).ToFormerContact is true);
        Assert.Equal(isAnother, life.State.Attention.Any(a => a.Id == "notices-sent-family"));
    }

    [Fact]
    public void What_a_former_first_contact_said_is_not_the_present_ones()
    {
        var father = new FamilyContact { Name = "Lee Other", Relationship = "father", PostalAddress = ["7 Other Road", "EX2 2BB"] };
        var life = Life.Consulting();
        var mother = life.State.Facts!.Family;
        life.Do(new NameSupporter("s1", "Ash Helper", "an adviser"), Cases.Family);
        life.Do(new RecordRepresentations(1, life.Today, "words-of-the-mother")).Do(new CorrectFacts("The child lives there now.", Family: father));
        life.Refused("unknown-person", new EndSupporter("s1"), Cases.Family);
        life.Do(new RecordRepresentations(1, life.Today, "words-of-the-father"));
        Assert.Equal([("former-contact-1", "words-of-the-mother"), (null, "words-of-the-father")], life.State.Representations.Select(r => (r.Person, r.Text)));

        life.Do(new CorrectFacts("The child lives here again.", Family: mother));
        Assert.Equal(["former-contact-1", "former-contact-2"], life.State.Representations.Select(r => r.Person));
        Assert.Equal(2, life.State.FormerContacts);
    }

    [Fact]
    public void The_familys_views_belong_to_whoever_gave_them()
    {
        var life = Life.Assessing(Cases.Facts with { Family = Cases.Facts.Family with { Name = "Sam Example", Relationship = "mother", Email = "sam@example.org" } });
        life.Do(new RecordPerson(Father));
        var (views, other) = (Cases.Content(life.Today, "familyViews-1"), Cases.Content(life.Today, "familyViews-1") with { Author = "Somebody else" });
        life.Refused("unknown-person", new SubmitAdvice("familyViews-1", views, Person: "nobody"));
        life.Refused("not-of-the-family", new SubmitAdvice("medical-1", views, Person: Father.Id));

        life.Do(new SubmitAdvice("familyViews-1", views), Cases.Family);
        life.Refused("views-of-another", new SubmitAdvice("familyViews-1", other, "Corrected.", Father.Id));
        life.Do(new CorrectFacts("The child lives there now.", Family: new FamilyContact { Name = "Lee Other", Relationship = "carer", PostalAddress = ["7 Other Road", "EX2 2BB"] }));

        Assert.Equal("former-contact-1", Assert.Single(life.State.Advice).Person);
        Assert.Null(FamilyViews.Of(life.State, "familyViews-1", null));
        life.Refused("views-of-another", new SubmitAdvice("familyViews-1", other, "Corrected."));
        life.Do(new SubmitAdvice("familyViews-1", other, "Typed wrongly.", "former-contact-1"));
        Assert.Equal("Somebody else", FamilyViews.Of(life.State, "familyViews-1", "former-contact-1")!.Content.Author);

        // Once the answer is returned as insufficient, the present first contact answers.
        life.Do(new ReturnAdvice(life.State.Advice[^1].Id, "Nothing is said of reading.")).Do(new SubmitAdvice("familyViews-1", views), Cases.Family);
        Assert.Equal(life.State.Advice[^1], FamilyViews.Of(life.State, "familyViews-1", null));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_somebody_who_must_not_be_told_was_not_sent_is_owed_to_nobody(bool ended)
    {
        var life = Life.Opened().Do(new RecordPerson(Father with { PostalAddress = null }));
        life.Do(new RecordConsultation(life.Today, "They wish for it.")).Do(new DecideWhetherToAssess(true, "It may be."));
        life.On(life.Today.AddDays(30)).AnswerAll();
        life.Do(new DecideWhetherToIssuePlan(true, "Necessary.")).Do(new PrepareDraft()).HandOverAll();
        life.Do(new ConsultInstitution(Cases.OtherSchool, life.Today)).Do(new NamePlacement("Special school", Cases.OtherSchool));
        life.On(life.Today.AddDays(20)).Do(new FinalisePlan("Officer One"));
        var his = Notice(life, "p2", NoticeKind.FinalPlan);
        Assert.Equal((null, Stage.Finalising), (his.SentOn, life.State.Stage));

        life.Do(ended ? new EndPerson("p2", "A court order.") : new RecordPerson(Father with { PostalAddress = null, ParentalResponsibility = false }));

        Assert.DoesNotContain(life.State.Notices, n => n.Id == his.Id);
        Assert.DoesNotContain(life.State.Attention, a => a.Id == $"post-{his.Id}");
        Assert.Equal((Stage.PlanIssued, life.Today), (life.State.Stage, life.State.FinalPlanSentOn));
        life.Refused("no-longer-due", new RecordNoticeSent(his.Id, life.Today, NoticeChannel.Post));
    }

    [Fact]
    public void Who_takes_no_part_any_more_opens_nothing_any_more()
    {
        var life = Refused(Father);
        life.Do(new IssueFamilyLink("his", life.Today.AddDays(30), "p2"));

        life.Do(new EndPerson("p2", "A court order."));

        Assert.Equal((1, true), (Notice(life, "p2").LinkRevocations, life.State.FamilyLinks.Single().Revoked));
        Assert.Empty(life.State.People);
        life.Refused("unknown-person", new EndPerson("p2", "Again."));
        life.Refused("unknown-person", new IssueFamilyLink("again", life.Today.AddDays(30), "p2"));
    }

    [Fact]
    public void Nobody_gets_the_id_and_so_the_letters_of_somebody_who_no_longer_takes_part()
    {
        var life = Life.Opened().Do(new RecordPerson(Father with { PostalAddress = null })).Do(new EndPerson("p2", "A court order."));

        life.Refused("id-used-before", new RecordPerson(Father with { Name = "Alex Other" }));
        life.Refused("id-used-before", new NameSupporter("p2", "Ash Example", "a friend"));
    }

    [Fact]
    public void What_cannot_be_is_refused_and_who_comes_late_is_put_before_an_officer()
    {
        var life = Life.Opened(Cases.Facts).On(Cases.Received.AddDays(2));
        life.Refused("consent-missing", new RecordPerson(Father with { Role = PersonRole.Supporter, ParentalResponsibility = false }));
        life.Refused("no-such-responsibility", new RecordPerson(Father with { Role = PersonRole.SocialWorker }));
        life.Refused("address-missing", new RecordPerson(Father with { ElectronicServiceAgreedOn = Cases.Received }));
        life.Do(new RecordConsultation(life.Today, "They wish for it.")).Do(new DecideWhetherToAssess(false, "No need."));
        life.Refused("ended", new RecordPerson(Father));

        var shared = Life.Opened(Cases.Facts with { Family = Cases.Facts.Family with { PostalAddress = ["2 Example Street,", "EXAMPLETON", "ex1 1ab"] } });
        shared.Refused("address-shared", new RecordPerson(Father));

        // The first contact's address can be corrected to the secret address too.
        var corrected = Life.Opened(Cases.Facts).Do(new RecordPerson(Father));
        corrected.Refused("address-shared", new CorrectFacts("Moved.", Family: Cases.Facts.Family with { PostalAddress = ["2 Example Street,", "EXAMPLETON", "ex1 1ab"] }));
        shared.Do(new RecordPerson(Father with { AddressIsSecret = false }));

        var early = Life.Assessing();
        early.Do(new RecordPerson(Father));
        Assert.Contains(early.State.Attention, a => a.Id == "person-p2");
        early.Refused("nothing-changed", new RecordPerson(Father));
    }

    [Fact]
    public void A_supporter_is_named_by_consent_and_ended_by_the_one_who_named_them()
    {
        var life = Life.Assessing();
        life.Do(new RecordPerson(Father)).Do(new NameSupporter("s1", "Ash Helper", "an adviser"), Cases.Family).Do(new NameSupporter("s2", "Wren Helper", "a friend", Person: "p2"), Cases.Family);

        var first = life.State.People.Single(p => p.Id == "s1");
        Assert.Equal((PersonRole.Supporter, life.Today, "family/"), (first.Role, first.ConsentOn, first.NamedBy));
        Assert.Equal("family/p2", life.State.People.Single(p => p.Id == "s2").NamedBy);
        Assert.Contains(life.State.Attention, a => a.Id == "supporter-s1");
        life.Refused("already-recorded", new NameSupporter("s1", "Ash Helper", "an adviser"));
        life.Refused("unknown-person", new NameSupporter("s3", "Ash Helper", "an adviser", Person: "p9"));
        life.Refused("text-missing", new NameSupporter("s3", "", "an adviser"));
        life.Refused("unknown-person", new EndSupporter("s2"));
        life.Refused("unknown-person", new EndSupporter("p2"));

        life.Do(new EndSupporter("s2", "p2"), Cases.Family);
        Assert.DoesNotContain(life.State.People, p => p.Id == "s2");
        Assert.Contains(life.State.Attention, a => a.Id == "supporter-ended-s2");
    }

    [Fact]
    public void Rights_pass_to_the_young_person_and_stay_with_a_parent_until_then()
    {
        var life = Life.Assessing();
        life.Do(new RecordPerson(Father));
        var born = life.State.Facts!.Child.DateOfBirth;
        var older = life.State with { Facts = life.State.Facts with { Child = life.State.Facts.Child with { DateOfBirth = born.AddYears(-12) } } };

        Assert.Equal((true, true), (FamilyPeople.HoldsRights(life.State, null, life.Today), FamilyPeople.HoldsRights(life.State, "p2", life.Today)));
        Assert.Equal((false, false), (FamilyPeople.HoldsRights(older, null, life.Today), FamilyPeople.HoldsRights(older, "p2", life.Today)));
        Assert.True(FamilyPeople.HoldsRights(older with { Facts = older.Facts! with { Route = RequestRoute.YoungPerson } }, null, life.Today));
    }

    private static Life Refused(FamilyPerson person)
    {
        var life = Life.Opened(Cases.Facts).On(Cases.Received.AddDays(2));
        return life.Do(new RecordPerson(person)).Do(new RecordConsultation(life.Today, "They wish for it.")).Do(new DecideWhetherToAssess(false, "No need."));
    }

    private static Notice Notice(Life life, string? person, NoticeKind kind = NoticeKind.WillNotAssess) =>
        life.State.Notices.Single(n => n.To == RecipientRole.Family && n.Kind == kind && n.Person == person);

    private static Notice Draft(Life life) => life.State.Notices.Single(n => n is { Kind: NoticeKind.DraftPlan, To: RecipientRole.Family });
}
