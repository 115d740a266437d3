using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>What one who was asked says beside the answer, and how an answer is put right or taken back.</summary>
public sealed class CorrectionsTests
{
    private static readonly Life Assessing = Life.Assessing();

    private static AdviceRequest Medical(Life life) => life.State.Requests.Single(request => request.Id == "medical-1");

    private static Actor Asked(Life life) => Cases.As(Medical(life).Agency!);

    [Fact]
    public void A_second_answer_corrects_the_first_and_both_are_kept()
    {
        var life = Life.Assessing();
        var first = Cases.Content(life.Today, "first");
        var second = Cases.Content(life.Today, "second") with { Author = "Somebody else" };

        life.Do(new SubmitAdvice("medical-1", first), Asked(life)).Do(new SubmitAdvice("medical-1", second, "The left ear was meant."), Asked(life));

        Assert.Equal([("medical-1.1", false), ("medical-1.2", true)], life.State.Advice.Select(advice => (advice.Id, advice.Counts)));
        Assert.True(life.State.Advice[0].HasContent(first) && life.State.Advice[1].HasContent(second));
        Assert.Equal("medical-1.2", life.State.Advice[0].CorrectedBy);
        Assert.Equal(RequestStatus.Received, Medical(life).Status);
        Assert.Contains(life.State.Attention, attention => attention.Id == "corrected-medical-1.2");
        Assert.Contains(life.Events, happened => happened is AdviceCorrected { Reason: "The left ear was meant." });
    }

    [Fact]
    public void The_same_answer_again_is_refused_and_nobody_else_corrects()
    {
        var life = Life.Assessing();
        var first = Cases.Content(life.Today, "first");
        life.Do(new SubmitAdvice("medical-1", first), Asked(life));

        life.Refused("request-not-there", new SubmitAdvice("medical-1", first), Asked(life));
        Assert.Contains("already been received", life.Try(new SubmitAdvice("medical-1", first), Asked(life)).Refusal!.Reason, StringComparison.Ordinal);
        life.Refused("not-asked", new SubmitAdvice("medical-1", first with { Author = "X" }), Cases.Family);
        life.Refused("not-asked", new RetractAdvice("medical-1", "Not ours."), Cases.Family);
    }

    [Fact]
    public void Only_the_corrected_text_goes_into_the_plan()
    {
        var life = Life.Assessing();
        life.On(life.Today.AddDays(30)).AnswerAll();
        var corrected = Cases.Content(life.Today, "corrected") with { Author = "Dr Put Right" };
        life.Do(new SubmitAdvice("medical-1", corrected), Asked(life)).Do(new DecideWhetherToIssuePlan(true, "Necessary.")).Do(new PrepareDraft());

        var sources = life.State.NewestPlan!.Sections.SelectMany(section => section.Lines).Select(line => line.From.Source).ToHashSet();

        Assert.Contains("medical-1.2", sources);
        Assert.DoesNotContain("medical-1.1", sources);
    }

    [Fact]
    public void Advice_that_is_taken_back_is_kept_counts_no_more_and_is_owed_again()
    {
        var life = Life.Assessing();
        life.Refused("nothing-to-retract", new RetractAdvice("medical-1", "Nothing came."), Asked(life));
        var due = Limits.Of(life.State, life.Today, life.Rules).Single(limit => limit.Limit.ToString()!.Contains("medical-1", StringComparison.Ordinal)).Limit.Due;
        life.Do(new SubmitAdvice("medical-1", Cases.Content(life.Today, "wrong child")), Asked(life)).Do(new RetractAdvice("medical-1", "It is about another child."), Asked(life));

        Assert.False(Assert.Single(life.State.Advice).Counts);
        Assert.True(Medical(life).IsOpen);
        Assert.Contains(life.State.Attention, attention => attention.Id == "retracted-medical-1.1");
        Assert.Equal(due, Limits.Of(life.State, life.Today, life.Rules).Single(limit => limit.Limit.ToString()!.Contains("medical-1", StringComparison.Ordinal)).Limit.Due);
        life.Refused("no-longer-counts", new ReturnAdvice("medical-1.1", "Insufficient."));

        life.Do(new SubmitAdvice("medical-1", Cases.Content(life.Today, "right child")), Asked(life));

        Assert.Equal([false, true], life.State.Advice.Select(advice => advice.Counts));
    }

    [Fact]
    public void A_pause_stands_in_the_request_asks_for_a_person_and_ends()
    {
        var life = Life.Assessing();

        life.Do(new ReportOnAdviceRequest("medical-1", AdviserReport.OnHold, "The child is in hospital."), Asked(life));

        Assert.Equal(life.Today, Medical(life).OnHoldSince);
        Assert.Contains(life.State.Attention, attention => attention.Id == "on-hold-medical-1");
        Assert.Contains(life.Events, happened => happened is AdviceRequestReported { Text: "The child is in hospital." });

        life.Do(new ReportOnAdviceRequest("medical-1", AdviserReport.Resumed, "The child is home."), Asked(life));

        Assert.Null(Medical(life).OnHoldSince);
        Assert.DoesNotContain(life.State.Attention, attention => attention.Id == "on-hold-medical-1");
    }

    [Fact]
    public void A_pause_stops_no_chasing()
    {
        var life = Life.Assessing();
        life.Do(new ReportOnAdviceRequest("medical-1", AdviserReport.OnHold, "Staff are ill."), Asked(life));

        life.On(life.Today.AddDays(60));

        Assert.NotEmpty(Medical(life).ChaseSteps);
    }

    [Theory]
    [InlineData(AdviserReport.ExceptionClaimed, "exception-said-medical-1")]
    [InlineData(AdviserReport.Note, "said-medical-1")]
    [InlineData(AdviserReport.Planned, null)]
    public void What_is_said_asks_for_a_person_unless_it_is_only_a_time(AdviserReport report, string? attention)
    {
        var decision = Assessment.Decide(Assessing.State, new ReportOnAdviceRequest("medical-1", report, "Words."), Asked(Assessing), Assessing.Now, Assessing.Rules);

        Assert.Null(decision.Refusal);
        Assert.Equal(attention, decision.After.Attention.Select(a => a.Id).Except(Assessing.State.Attention.Select(a => a.Id)).SingleOrDefault());
        Assert.Empty(decision.Effects);
    }

    [Fact]
    public void Content_that_was_posted_and_not_handed_in_is_a_task_until_the_request_is_answered_or_ends()
    {
        static string[] Tasks(Life life) => [.. life.State.Attention.Select(a => a.Id).Where(id => id.StartsWith("posted-", StringComparison.Ordinal))];
        var hub = Actor.TheHub;
        var first = new NoteAnswerNotTaken("medical-1", "Bundle/1 was sent.", "Bundle/1");
        foreach (var end in (AssessmentInput[])[new SubmitAdvice("medical-1", Cases.Content(Assessing.Today, "advice")), new WithdrawAdviceRequest("medical-1", "Moved."), new DeclineAdviceRequest("medical-1", "Not ours.")])
        {
            var life = Life.Assessing().Do(first, hub).Do(first, hub).Do(new NoteAnswerNotTaken("medical-1", "Bundle/2 was sent.", "Bundle/2"), hub);
            Assert.Equal(["posted-medical-1-Bundle-1", "posted-medical-1-Bundle-2"], Tasks(life));
            Assert.Contains("not yet part of its advice. Bundle/1 was sent.", life.State.Attention.Single(a => a.Id == "posted-medical-1-Bundle-1").Text, StringComparison.Ordinal);

            life.Do(new ReportOnAdviceRequest("medical-1", AdviserReport.OnHold, "Ill."), Asked(life)).Do(new AcceptAdviceRequest("medical-1"), Asked(life));
            Assert.Equal(2, Tasks(life).Length);
            life.Do(end, end is WithdrawAdviceRequest ? Cases.Officer : Asked(life));

            Assert.Empty(Tasks(life));
            Assert.Null(life.Try(first, hub).Refusal);
            Assert.Empty(Tasks(life));
        }
    }

    [Fact]
    public void Notes_and_a_document_that_says_more_are_put_before_a_person()
    {
        var life = Life.Assessing();
        var sha256 = new string('a', 64);
        var content = Cases.Content(life.Today, "with more") with
        {
            Notes = [new("Allergies", "Nuts.")],
            Attachments = [new($"sha256/{sha256}", "letter.fhir.json", "application/fhir+json", 3, sha256)],
            Whole = sha256,
        };
        life.Refused("whole-not-there", new SubmitAdvice("medical-1", content with { Whole = new string('b', 64) }), Asked(life));
        life.Refused("text-missing", new SubmitAdvice("medical-1", content with { Notes = [new("Allergies", " ")] }), Asked(life));

        life.Do(new SubmitAdvice("medical-1", content), Asked(life));

        Assert.Contains(life.State.Attention, attention => attention.Id == "read-whole-medical-1.1");
    }
}
