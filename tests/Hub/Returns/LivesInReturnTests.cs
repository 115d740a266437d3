using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>What a return tells of requests, exceptions and moves, from cases that were lived here.</summary>
public sealed class LivesInReturnTests
{
    [Fact]
    public async Task A_plan_that_was_made_here_is_told_with_the_days_on_which_each_was_told()
    {
        var life = Disputed.Issued();

        var request = await OwnCases.RequestOfAsync(life);

        Assert.Equal("2026-01-05 1 -", OwnCases.Items(request, "ReceivedDate", "RequestSource", "Exported"));
        Assert.Equal("Y 2026-01-05 0 0", OwnCases.Request(request));
        Assert.Equal($"Y {Issued(life)} 0 0 0 0", OwnCases.Assessment(request));
        Assert.Equal($"{Issued(life)} - -", OwnCases.Plan(request));
        Assert.Equal("100002 1", OwnCases.Items(request.Descendants("PlanDetail").Single(), "URN", "PlacementRank"));
    }

    [Fact]
    public async Task An_amended_plan_keeps_the_first_day_of_the_plan()
    {
        var life = Amended.Finalised(Amended.Proposed(Disputed.Issued()));

        Assert.Equal($"{Issued(life)} - -", OwnCases.Plan(await OwnCases.RequestOfAsync(life)));
    }

    [Fact]
    public async Task The_first_day_of_a_plan_moves_with_the_day_of_its_sending_where_that_was_recorded_wrongly()
    {
        var life = Disputed.Issued(Disputed.ByPost);
        var (was, now) = (life.State.FinalPlanSentOn!.Value, life.State.FinalPlanSentOn!.Value.AddDays(3));
        life.On(now.AddDays(1)).Do(new CorrectRecord(MistakenRecord.NoticeSent, was, "The post went three days later.", now, life.State.Notices.First(n => n is { Kind: NoticeKind.FinalPlan, To: RecipientRole.Family }).Id));

        var request = await OwnCases.RequestOfAsync(life);

        Assert.Equal($"{now:yyyy-MM-dd} - -", OwnCases.Plan(request));
        Assert.Equal($"Y {now:yyyy-MM-dd}", OwnCases.Items(request.Element("Assessment"), "AssessmentOutcome", "AssessmentOutcomeDate"));
    }

    [Fact]
    public async Task A_plan_whose_letter_did_not_arrive_is_not_issued_until_it_is_sent_again()
    {
        var life = Disputed.Issued(Disputed.ByPost);
        life.On(life.Today.AddDays(5)).Do(new RecordNotArrived("The post came back.", life.State.Notices.First(n => n is { Kind: NoticeKind.FinalPlan, To: RecipientRole.Family }).Id));

        var waiting = await OwnCases.RequestOfAsync(life);
        Assert.Equal("Y - 0 0 0 0", OwnCases.Assessment(waiting));
        Assert.Empty(waiting.Descendants("NamedPlan"));
        Assert.Null(waiting.Element("ActivePlans"));

        life.HandOverAll();
        Assert.Equal($"{life.Today:yyyy-MM-dd} - -", OwnCases.Plan(await OwnCases.RequestOfAsync(life)));
    }

    [Fact]
    public async Task What_the_family_was_told_only_after_the_year_was_open_in_it_and_is_told_a_year_later()
    {
        var facts = Disputed.ByPost with { ReceivedOn = new(2025, 12, 1) };
        var life = new Life().StoodStillUntil(new(2025, 12, 1)).Do(new OpenAssessment(facts));
        life.On(new(2025, 12, 30)).Do(new RecordConsultation(life.Today, "Wants one.")).Do(new DecideWhetherToAssess(false, "Not necessary."));
        life.On(new(2026, 1, 4)).HandOverAll();

        Assert.Equal("A - 0 0", OwnCases.Request(await OwnCases.RequestOfAsync(life, 2026)));
        Assert.Equal("N 2026-01-04 0 0", OwnCases.Request(await OwnCases.RequestOfAsync(life)));
    }

    [Fact]
    public async Task A_decision_that_nobody_was_told_of_counts_and_its_missing_day_leads_to_the_form()
    {
        var life = Life.Opened(Disputed.ByPost).On(Cases.Received.AddDays(10));
        life.Do(new RecordConsultation(life.Today, "Wants one.")).Do(new DecideWhetherToAssess(false, "Not necessary."));

        Assert.Equal("N - 0 0", OwnCases.Request(await OwnCases.RequestOfAsync(life)));
        var fault = Assert.Single(await OwnCases.FaultsOfAsync(life), fault => fault.Finding.Item == "RequestOutcomeDate");
        Assert.Equal(("outcome-without-day", "record-notice-sent"), (fault.Finding.Code, fault.Step));
    }

    [Fact]
    public async Task An_exception_counts_unless_it_was_taken_back_or_began_after_the_plan()
    {
        Assert.Equal("0", await Week20Async(Disputed.Issued()));

        var late = Claimed(Disputed.Sent(Life.Consulting()), Cases.Received.AddDays(2));
        Assert.Equal("1", await Week20Async(late));
        late.Do(new EndException("e1", "It was claimed by mistake."));
        Assert.Equal("0", await Week20Async(late));

        // Claimed in advance for the summer, and the plan came before it.
        var early = Claimed(Disputed.Sent(Life.Consulting()), Cases.Received.AddDays(100));
        Assert.Equal("1", await Week20Async(early));
        early.Do(new NamePlacement("Special school")).On(early.Today.AddDays(20)).Do(new FinalisePlan("Officer One")).HandOverAll();
        Assert.Equal("0", await Week20Async(early));
    }

    [Fact]
    public async Task A_missed_appointment_is_an_exception_and_one_of_an_order_is_none_to_the_20_weeks()
    {
        var missed = Life.Assessing();
        var asked = missed.State.Requests.First(request => request.Agency?.Id == Cases.Hospital.Id);
        missed.On(missed.Today.AddDays(10)).Do(new RecordMissedAppointment(asked.Id, missed.Today));
        Assert.Equal("1", await Week20Async(missed));

        var ordered = Disputed.Obliged(Disputed.Refused(), StartEvent.TribunalOrder, Remedy.Assess);
        ordered.Do(new ClaimException("e1", Ground.OrderExceptionalCircumstances, ordered.Today, ordered.Today.AddDays(5), "A letter.", "The child could not be seen."));
        Assert.Equal("0", await Week20Async(ordered));
    }

    [Fact]
    public async Task Whoever_moved_away_during_the_assessment_is_told_with_the_new_council_and_has_no_outcome()
    {
        var life = Life.Assessing();
        life.On(life.Today.AddDays(30)).Do(new MoveToAnotherCouncil(Cases.Parse<LocalAuthorityCode>("331"), life.Today, life.Today));

        var request = await OwnCases.RequestOfAsync(life);

        Assert.Equal(("Y 2026-01-05 0 0", "331"), (OwnCases.Request(request), OwnCases.Items(request, "Exported")));
        Assert.Equal("W - 0 0 0 0", OwnCases.Assessment(request));
    }

    [Fact]
    public async Task A_request_that_was_withdrawn_is_told_without_a_day_in_its_year_and_not_in_the_next()
    {
        var facts = Disputed.ByPost with { ReceivedOn = new(2025, 11, 3) };
        var life = new Life().StoodStillUntil(new(2025, 11, 3)).Do(new OpenAssessment(facts));
        life.Do(new WithdrawRequest(life.Today, "They will wait."));

        Assert.Equal("W - 0 0", OwnCases.Request(await OwnCases.RequestOfAsync(life, 2026)));
        Assert.Empty(await OwnCases.RequestsOfAsync(life));
    }

    [Fact]
    public async Task A_plan_that_another_council_transferred_tells_of_it_and_its_decisions_are_older()
    {
        var plan = Taken.Plan with { FromCouncil = Cases.Parse<LocalAuthorityCode>("331"), TransferredOn = new(2026, 3, 2) };

        var request = await OwnCases.RequestOfAsync(Taken.Over(new(2026, 3, 9), plan));

        Assert.Equal(("H - 0 0", "H - 0 0 0 0"), (OwnCases.Request(request), OwnCases.Assessment(request)));
        Assert.Equal("331 - 2025-05-05", OwnCases.Items(request.Element("ActivePlans"), "TransferLA", "ReviewMeeting", "LastReview"));
    }

    [Theory]
    [InlineData("2027-01-21", 1)]
    [InlineData("2027-01-22", 0)]
    public async Task A_plan_that_was_transferred_after_the_census_is_told_by_the_other_council_alone(string transferred, int told)
    {
        var day = DateOnly.ParseExact(transferred, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var plan = Taken.Plan with { FromCouncil = Cases.Parse<LocalAuthorityCode>("331"), TransferredOn = day };

        Assert.Equal(told, (await OwnCases.RequestsOfAsync(Taken.Over(day.AddDays(5), plan))).Count);
    }

    [Fact]
    public async Task A_plan_that_another_council_issued_after_the_year_and_transferred_before_the_census_is_not_told_yet()
    {
        var plan = Taken.Plan with { IssuedOn = new(2027, 1, 5), LastReviewedOn = null, NeverReviewed = true, FromCouncil = Cases.Parse<LocalAuthorityCode>("331"), TransferredOn = new(2027, 1, 12) };

        Assert.Empty(await OwnCases.RequestsOfAsync(Taken.Over(new(2027, 1, 14), plan)));
    }

    [Fact]
    public async Task A_child_with_two_cases_is_one_person_and_what_the_earlier_case_knows_stays_known()
    {
        var first = Disputed.Refused();
        first.Do(new RecordChildFacts(Sex.Female, "WBRI", NoNumber: NoNumber.Un2));
        var second = Life.Opened(Cases.Facts with { ReceivedOn = Cases.Received });
        var cases = await (await new OwnCases().KeepAsync(first, "first")).KeepAsync(second, "second");

        var person = Assert.Single(await cases.PersonsAsync());

        Assert.Equal("F WBRI UN2", OwnCases.Items(person, "Sex", "Ethnicity", "UPNunknown"));
        Assert.Equal(["A - 0 0", "N 2026-01-15 0 0"], person.Elements("Requests").Select(OwnCases.Request).Order());
    }

    [Theory]
    [InlineData(EarlierCaseAnswer.SameChild, 1)]
    [InlineData(EarlierCaseAnswer.AnotherChild, 2)]
    public async Task A_child_whose_surname_changed_is_one_person_where_an_officer_found_that_both_cases_are_about_them(EarlierCaseAnswer answer, int told)
    {
        AssessmentId? earlier = answer == EarlierCaseAnswer.SameChild ? AssessmentId.For(Cases.Council, "first") : null;
        var second = Life.Opened(Cases.Facts with { Child = Cases.Facts.Child with { FamilyName = "Otterby" }, EarlierCase = new(answer, "Seen on the birth certificate.", earlier) });
        var cases = await (await new OwnCases().KeepAsync(Disputed.Refused(), "first")).KeepAsync(second, "second");

        var persons = await cases.PersonsAsync();

        Assert.Equal((told, 2), (persons.Count, persons.Sum(person => person.Elements("Requests").Count())));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Namesakes_are_two_persons_where_an_officer_found_so_and_later_cases_go_with_the_one_that_was_named(bool hasNumber, bool isNamed)
    {
        var first = Facts(number: hasNumber);
        var namesake = Facts() with { EarlierCase = new(EarlierCaseAnswer.AnotherChild, "A cousin of the same name.", isNamed ? Id("first") : null) };
        var later = Facts() with { EarlierCase = new(EarlierCaseAnswer.SameChild, "The cousin again.", Id("namesake")) };
        var firstAgain = Facts() with { EarlierCase = new(EarlierCaseAnswer.SameChild, "Seen before.", Id("first")) };
        var cases = new OwnCases();
        foreach (var (facts, name) in new[] { (first, "first"), (namesake, "namesake"), (later, "later"), (firstAgain, "firstAgain") })
        {
            await cases.KeepAsync(Life.Opened(facts), name);
        }

        var build = await cases.BuildAsync();

        Assert.Equal(["first firstAgain", "later namesake"], build.Persons.Select(person => string.Join(' ', person.Cases.Select(NameOf).Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal));
        Assert.DoesNotContain(build.Faults, fault => fault.Finding.Code == "number-given-twice");

        static AssessmentId Id(string name) => AssessmentId.For(Cases.Council, name);
        static string NameOf(AssessmentId id) => new[] { "first", "namesake", "later", "firstAgain" }.Single(name => Id(name) == id);
    }

    [Fact]
    public async Task Two_children_with_the_same_number_are_two_persons_and_both_have_the_error()
    {
        var first = AssessmentId.For(Cases.Council, "first");
        var cases = await new OwnCases().KeepAsync(Life.Opened(Facts(number: true)), "first");
        await cases.KeepAsync(Life.Opened(Facts(number: true) with { EarlierCase = new(EarlierCaseAnswer.AnotherChild, "The number was typed wrongly there.", first) }), "second");

        var build = await cases.BuildAsync();

        Assert.Equal(2, build.Persons.Count);
        var told = build.Faults.Where(fault => fault is { Finding: { Code: "number-given-twice", Severity: Sen2Severity.Error }, Step: "correct-facts" }).Select(fault => fault.Case).ToHashSet();
        Assert.Equal([first, AssessmentId.For(Cases.Council, "second")], told);
    }

    [Fact]
    public async Task A_twin_of_another_name_does_not_part_the_cases_of_a_child()
    {
        var twin = Facts() with { Child = Cases.Facts.Child with { Upn = null, GivenName = "Sandy" } };
        var child = Facts() with { EarlierCase = new(EarlierCaseAnswer.AnotherChild, "Twins.", AssessmentId.For(Cases.Council, "twin")) };
        var cases = await new OwnCases().KeepAsync(Life.Opened(twin), "twin");
        await (await cases.KeepAsync(Life.Opened(child), "child")).KeepAsync(Life.Opened(Facts()), "again");

        Assert.Equal([1, 2], (await cases.BuildAsync()).Persons.Select(person => person.Cases.Count).Order());
    }

    [Fact]
    public async Task Needs_for_which_the_form_has_no_room_are_named_with_the_form_that_orders_them()
    {
        var life = Disputed.Issued().Do(new RecordChildFacts(Needs: [SenNeed.Asd, SenNeed.Slcn, SenNeed.Hi]));

        var request = await OwnCases.RequestOfAsync(life);
        Assert.Equal(["ASD 1", "SLCN 2"], request.Descendants("SENneed").Select(need => OwnCases.Items(need, "SENtype", "SENtypeRank")));

        var fault = Assert.Single(await OwnCases.FaultsOfAsync(life), fault => fault.Finding.Code == "needs-left-out");
        Assert.Equal((Sen2Severity.Doubt, "3 needs are recorded, but the return can hold only 2, so the first 2 are reported. Put the main needs first."), (fault.Finding.Severity, fault.Finding.Words));
        Assert.EndsWith("/steps/record-child-facts", fault.Address, StringComparison.Ordinal);

        life.Do(new RecordChildFacts(Needs: [SenNeed.Asd, SenNeed.Slcn]));
        Assert.DoesNotContain(await OwnCases.FaultsOfAsync(life), one => one.Finding.Code == "needs-left-out");
    }

    private static OpeningFacts Facts(bool number = false) => Cases.Facts with { Child = Cases.Facts.Child with { Upn = number ? Cases.Parse<Upn>("Q330100101501") : null } };

    private static string Issued(Life life) => life.State.FinalPlanSentOn!.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static Life Claimed(Life life, DateOnly from) => life.Do(new ClaimException("e1", Ground.ExceptionalCircumstances, from, from.AddDays(5), "A letter.", "The child could not be seen."));

    private static async Task<string> Week20Async(Life life) => OwnCases.Items((await OwnCases.RequestOfAsync(life)).Element("Assessment"), "Week20");
}
