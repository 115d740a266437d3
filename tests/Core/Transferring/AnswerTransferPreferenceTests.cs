using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Transferring;

/// <summary>The letter that asks which institution is preferred is answered by each of those it went to, until the plan that names the place was sent.</summary>
public sealed class AnswerTransferPreferenceTests
{
    private static readonly DateOnly Begins = new(2027, 9, 1);
    private static readonly FamilyPerson Father = new() { Id = "p2", Name = "Jo", Role = PersonRole.Parent, ParentalResponsibility = true };

    [Fact]
    public void Only_a_letter_that_was_sent_is_answered_and_only_by_those_it_went_to()
    {
        var life = Disputed.Issued(Disputed.ByPost).On(new DateOnly(2026, 10, 1));
        life.Refused("not-asked", Answering(life));
        life.Do(new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, Begins)).Do(new AskTransferPreference(life.Today.AddDays(21)));
        life.Refused("not-asked", Answering(life));
        life.Do(new RecordNoticeSent("preferenceAsked-1-family", life.Today, NoticeChannel.ByHand)).Do(new RecordPerson(Father));
        life.Refused("not-asked", Answering(life) with { Person = "p2" });
        life.Refused("unknown-person", Answering(life) with { Person = "p9" });
        life.Refused("text-missing", new AnswerTransferPreference(life.Today));

        life.Do(Answering(life), Cases.Family);
        life.Refused("already-recorded", Answering(life));
        Assert.Single(life.State.Attention, a => a.Id == "preference-1-1");

        // An officer's correction of the transfer, and another letter, keep what was answered.
        life.Do(new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, Begins, Preference: "The school by the river."));
        life.Do(new AskTransferPreference(life.Today.AddDays(30)));
        Assert.Equal("The school by the river", Assert.Single(PhaseTransfers.Current(life.State)!.Answers!).Place);
    }

    [Fact]
    public void Parents_who_prefer_different_institutions_are_both_on_record_and_an_officer_is_told()
    {
        var life = Asked();
        life.Do(Answering(life), Cases.Family);
        life.Do(new AnswerTransferPreference(life.Today, "Special school", Cases.OtherSchool, "He knows it.", "p2"), Cases.Family);

        Assert.Equal([null, "p2"], PhaseTransfers.Current(life.State)!.Answers!.Select(a => a.Person));
        Assert.True(PhaseTransfers.HasDifferentPreferences(PhaseTransfers.Current(life.State)!));
        Assert.StartsWith("The people who speak for the child prefer different institutions", life.State.Attention.Single(a => a.Id == "preference-1-2").Text, StringComparison.Ordinal);

        // Whoever changes their mind adds an answer; the earlier one stays.
        life.Do(new AnswerTransferPreference(life.Today, "Special school", Cases.OtherSchool), Cases.Family);
        Assert.Equal(3, PhaseTransfers.Current(life.State)!.Answers!.Count);
        Assert.False(PhaseTransfers.HasDifferentPreferences(PhaseTransfers.Current(life.State)!));
        Assert.Equal(["p2", null], PhaseTransfers.LastAnswers(PhaseTransfers.Current(life.State)!).Select(a => a.Person));
    }

    [Theory]
    [InlineData(21, false)]
    [InlineData(22, true)]
    public void An_answer_after_the_day_of_the_letter_is_taken_as_late_until_the_plan_that_names_the_place_was_sent(int days, bool late)
    {
        var life = Asked();
        var by = life.Today.AddDays(21);
        life.On(life.Today.AddDays(days)).Do(Answering(life), Cases.Family);
        var answer = Assert.Single(PhaseTransfers.Current(life.State)!.Answers!);
        Assert.Equal((late ? by : null, late), (answer.LateAfter, answer.InWords().Contains("late", StringComparison.Ordinal)));

        Amended.Finalised(Amended.Placed(life, Begins));
        life.Refused("plan-sent", Answering(life) with { Place = "Another" });
    }

    [Fact]
    public void The_answers_of_one_year_are_not_those_of_the_next()
    {
        var life = Asked();
        life.Do(Answering(life), Cases.Family);
        life.On(new DateOnly(2028, 10, 1)).Do(new RecordPhaseTransfer(TransferOfPhase.BetweenPost16, new DateOnly(2029, 9, 1)));
        Assert.Null(PhaseTransfers.Current(life.State)!.Answers);
        life.Refused("not-asked", Answering(life));
    }

    private static AnswerTransferPreference Answering(Life life) => new(life.Today, "The school by the river");

    private static Life Asked()
    {
        var life = Disputed.Issued().On(new DateOnly(2026, 10, 1)).Do(new RecordPerson(Father with { Email = "jo@example.org", ElectronicServiceAgreedOn = new DateOnly(2026, 1, 12) }));
        return life.Do(new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, Begins)).Do(new AskTransferPreference(life.Today.AddDays(21)));
    }
}
