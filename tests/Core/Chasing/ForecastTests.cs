using IntegrationHub.Contracts.Advice;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Chasing;

/// <summary>Received on Monday 5 January 2026: six weeks end on 16 February, sixteen on 27 April, twenty on 25 May.</summary>
public class ForecastTests
{
    private static readonly DateOnly Start = new(2026, 1, 5);

    [Theory]
    [InlineData(0, Outlook.OnTrack)]
    [InlineData(32, Outlook.OnTrack)]
    [InlineData(33, Outlook.AtRisk)]
    [InlineData(42, Outlook.AtRisk)]
    [InlineData(43, Outlook.Missed)]
    public void Six_weeks_hang_on_the_consultation(int day, Outlook expected)
    {
        var forecast = Of(Life.Opened(), day)[0];

        Assert.Equal((6, new DateOnly(2026, 2, 16), expected), (forecast.Weeks, forecast.Due, forecast.Outlook));
        Assert.Equal("The family has not been consulted.", forecast.Reason);
    }

    [Fact]
    public void A_decision_sent_in_time_is_met_and_says_nothing_more()
    {
        var forecast = Of(Life.Assessing(), 100)[0];

        Assert.Equal((Outlook.Met, Start, ""), (forecast.Outlook, forecast.Expected, forecast.Reason));
    }

    [Theory]
    [InlineData(40, Outlook.OnTrack, "is due on 16 February 2026.")]
    [InlineData(73, Outlook.OnTrack, "is overdue since 16 February 2026.")]
    [InlineData(74, Outlook.AtRisk, "is overdue since 16 February 2026.")]
    [InlineData(112, Outlook.AtRisk, "is overdue since 16 February 2026.")]
    [InlineData(113, Outlook.Missed, "is overdue since 16 February 2026.")]
    public void Sixteen_weeks_hang_on_the_advice_that_comes_last(int day, Outlook expected, string reason)
    {
        var forecast = Of(OnlyMedicalOutstanding(), day)[1];

        Assert.Equal((16, new DateOnly(2026, 4, 27), expected), (forecast.Weeks, forecast.Due, forecast.Outlook));
        Assert.Equal("Medical advice from Example Community NHS Trust " + reason, forecast.Reason);
    }

    [Theory]
    [InlineData(10, "2026-02-02", "2026-02-02", "is expected on 2 February 2026, as the adviser stated.")]
    [InlineData(10, "2026-03-02", "2026-03-02", "is expected on 2 March 2026, as the adviser stated; the last day is 16 February 2026.")]
    [InlineData(50, "2026-03-02", "2026-03-02", "is expected on 2 March 2026, as the adviser stated; the last day was 16 February 2026.")]
    [InlineData(30, "2026-02-02", "2026-02-16", "is due on 16 February 2026.")]
    public void The_day_on_which_an_answer_is_expected_is_that_of_the_one_asked_until_it_has_passed(int day, string said, string expected, string reason)
    {
        var life = OnlyMedicalOutstanding().On(Start.AddDays(2));
        var medical = life.State.Requests.Single(r => r.Kind == AdviceKind.Medical);
        life.Do(new AcceptAdviceRequest(medical.Id, DateOnly.Parse(said, System.Globalization.CultureInfo.InvariantCulture)), Cases.As(Cases.Hospital));

        var forecast = Of(life, day)[1];

        Assert.Equal(said, life.State.Requests.Single(r => r.Id == medical.Id).ExpectedOn?.ToString("O", System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(DateOnly.Parse(expected, System.Globalization.CultureInfo.InvariantCulture).AddDays(7), forecast.Expected);
        Assert.Equal("Medical advice from Example Community NHS Trust " + reason, forecast.Reason);
    }

    [Fact]
    public void Another_expected_day_takes_the_place_of_the_first_and_a_pause_goes_on()
    {
        var life = OnlyMedicalOutstanding().On(Start.AddDays(2));
        var medical = life.State.Requests.Single(r => r.Kind == AdviceKind.Medical).Id;
        life.Do(new AcceptAdviceRequest(medical, new DateOnly(2026, 2, 2)), Cases.As(Cases.Hospital));
        life.Do(new ReportOnAdviceRequest(medical, AdviserReport.OnHold, "In hospital."), Cases.As(Cases.Hospital));
        life.Do(new AcceptAdviceRequest(medical, new DateOnly(2026, 2, 9)), Cases.As(Cases.Hospital));

        Assert.Equal("Medical advice from Example Community NHS Trust is expected on 9 February 2026, as the adviser stated.", Of(life, 10)[1].Reason);
        Assert.NotNull(life.State.Requests.Single(r => r.Id == medical).OnHoldSince);
        Assert.Equal("request-not-there", life.Try(new AcceptAdviceRequest(medical, new DateOnly(2026, 2, 9)), Cases.As(Cases.Hospital)).Refusal?.Code);
    }

    [Fact]
    public void A_day_that_the_adviser_planned_stays_until_the_answer()
    {
        const string medical = "medical-1";
        var life = Life.Assessing().On(Cases.Received.AddDays(2));
        var planned = life.Today.AddDays(20);
        life.Do(new ReportOnAdviceRequest(medical, AdviserReport.Planned, "Clinic.", planned), Cases.As(Cases.Hospital));
        Assert.Equal(planned, life.State.Requests.Single(r => r.Id == medical).ExpectedOn);

        life.Do(new AcknowledgeAdviceRequest(medical), Cases.As(Cases.Hospital)).Do(new AcceptAdviceRequest(medical), Cases.As(Cases.Hospital));
        Assert.Equal(planned, life.State.Requests.Single(r => r.Id == medical).ExpectedOn);

        life.Refused("no-day-expected", new ReportOnAdviceRequest(medical, AdviserReport.Note, "Clinic.", planned), Cases.As(Cases.Hospital));
        life.Do(new DeclineAdviceRequest(medical, "No."), Cases.As(Cases.Hospital));
        Assert.Null(life.State.Requests.Single(r => r.Id == medical).ExpectedOn);
        life.Refused("no-day-expected", new ReportOnAdviceRequest(medical, AdviserReport.Planned, "Clinic.", planned), Cases.As(Cases.Hospital));
    }

    [Fact]
    public void Advice_that_was_declined_and_asked_of_nobody_else_decides_over_what_is_merely_open()
    {
        var life = Life.Assessing().On(Start.AddDays(10));
        var medical = life.State.Requests.Single(r => r.Kind == AdviceKind.Medical);
        life.Do(new DeclineAdviceRequest(medical.Id, "Not known to us."), Cases.As(Cases.Hospital));

        var forecast = Of(life, 10)[1];

        Assert.Equal("Medical advice from Example Community NHS Trust was declined on 15 January 2026, and nobody has been asked in its place.", forecast.Reason);
    }

    [Theory]
    [InlineData(125, Outlook.AtRisk)]
    [InlineData(126, Outlook.WillMiss)]
    [InlineData(140, Outlook.WillMiss)]
    [InlineData(141, Outlook.Missed)]
    public void Twenty_weeks_are_lost_once_the_family_cannot_have_its_fifteen_days(int day, Outlook expected)
    {
        var life = OnlyMedicalOutstanding().On(Start.AddDays(100));
        life.AnswerAll();
        life.Do(new DecideWhetherToIssuePlan(true, "Necessary."));

        var forecast = Of(life, day)[2];

        Assert.Equal((20, new DateOnly(2026, 5, 25), expected), (forecast.Weeks, forecast.Due, forecast.Outlook));
        Assert.Equal("The draft plan has not been prepared.", forecast.Reason);
    }

    [Theory]
    [InlineData(31, "The family can comment on the draft until 18 February 2026.")]
    [InlineData(45, "No placement has been named.")]
    public void With_the_draft_served_the_familys_days_decide_then_the_placement(int day, string reason) =>
        Assert.Equal(reason, Of(Life.Consulting(), day)[2].Reason);

    [Fact]
    public void A_refusal_needs_neither_sixteen_nor_twenty_weeks()
    {
        var life = Life.Opened();
        life.Do(new RecordConsultation(life.Today, "The family wants an assessment."));
        life.Do(new DecideWhetherToAssess(false, "Not necessary."));

        Assert.Equal([Outlook.Met, Outlook.NotNeeded, Outlook.NotNeeded], Of(life, 60).Select(f => f.Outlook));
    }

    [Fact]
    public void No_reason_names_the_child()
    {
        var life = Life.Consulting();

        Assert.All(Of(life, 30), f => Assert.DoesNotContain("Robin", f.Reason, StringComparison.OrdinalIgnoreCase));
    }

    private static IReadOnlyList<Forecast> Of(Life life, int day) => Forecasts.Of(life.State, Start.AddDays(day), life.Rules);

    private static Life OnlyMedicalOutstanding()
    {
        var life = Life.Assessing().On(Start.AddDays(20));
        foreach (var request in life.State.Requests.Where(r => r.Kind != AdviceKind.Medical).ToList())
        {
            life.Do(new SubmitAdvice(request.Id, Cases.Content(life.Today, request.Id)), request.Agency is { } agency ? Cases.As(agency) : Cases.Family);
        }

        return life;
    }
}
