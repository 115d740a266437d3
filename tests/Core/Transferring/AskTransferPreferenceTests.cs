using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;

namespace IntegrationHub.Core.Tests.Transferring;

/// <summary>Before a phase transfer the family is asked by letter which institution it prefers; it was asked once the letter was sent to all of it.</summary>
public sealed class AskTransferPreferenceTests
{
    private static readonly DateOnly Begins = new(2027, 9, 1);

    [Fact]
    public void The_family_was_asked_once_the_last_of_it_was_sent_the_letter()
    {
        var life = Transferring(Disputed.ByPost);
        life.Do(new RecordPerson(new FamilyPerson { Id = "p2", Name = "Jo", Role = PersonRole.Parent, ParentalResponsibility = true }));
        life.Do(new AskTransferPreference(life.Today.AddDays(21)));
        Assert.Equal(["preferenceAsked-1-family", "preferenceAsked-1-family-p2"], life.State.Notices.Where(n => n.Kind == NoticeKind.PreferenceAsked).Select(n => n.Id));
        Assert.Null(AskedOn(life));
        life.Refused("not-sent", new AskTransferPreference(life.Today.AddDays(21)));
        life.Refused("day-missing", Preferring("The school by the river."));

        life.On(life.Today.AddDays(2)).Do(new RecordNoticeSent("preferenceAsked-1-family", life.Today, NoticeChannel.ByHand));
        Assert.Null(AskedOn(life));
        life.On(life.Today.AddDays(1)).Do(new RecordNoticeSent("preferenceAsked-1-family-p2", life.Today, NoticeChannel.ByHand));
        Assert.Equal(life.Today, AskedOn(life));

        // What it answers is recorded, and the day of the letter stays.
        var asked = life.Today;
        life.On(life.Today.AddDays(9)).Do(Preferring("The school by the river."));
        Assert.Equal((asked, "The school by the river."), (AskedOn(life), PhaseTransfers.Current(life.State)!.Preference));
    }

    [Fact]
    public void A_letter_of_one_year_does_not_ask_for_the_next()
    {
        var life = Transferring();
        life.Do(new AskTransferPreference(life.Today.AddDays(21)));
        Assert.NotNull(AskedOn(life));

        life.On(new DateOnly(2028, 10, 1)).Do(new RecordPhaseTransfer(TransferOfPhase.BetweenPost16, new DateOnly(2029, 9, 1)));
        Assert.Null(AskedOn(life));
        life.Do(new AskTransferPreference(life.Today.AddDays(21)));
        Assert.Equal(life.Today, AskedOn(life));
        Assert.Equal([1, 2], life.State.Notices.Where(n => n.Kind == NoticeKind.PreferenceAsked).Select(n => n.Occasion!.Value));
    }

    [Theory]
    [InlineData(TransferOfPhase.PrimaryToSecondary, "from primary to secondary school", "Sunday 14 February 2027")]
    [InlineData(TransferOfPhase.SecondaryToPost16, "from secondary school to a post-16 institution", "Tuesday 30 March 2027")]
    [InlineData(TransferOfPhase.BetweenPost16, "from one post-16 institution to another", "Thursday 1 April 2027")]
    public void The_letter_says_from_where_to_where_and_until_when_the_plan_names_the_place(TransferOfPhase transfer, string words, string planBy)
    {
        var life = Transferring(transfer: transfer);
        life.Do(new AskTransferPreference(new DateOnly(2026, 10, 16)));

        var letter = LetterWriting.Write(new LetterSubject(LetterKind.PreferenceAsked, "preferenceAsked-1-family"), life.State, life.Rules, new LetterSending(life.Today, NoticeChannel.Electronic))!;
        Assert.Empty(letter.Missing);
        Assert.Equal((words, "Wednesday 1 September 2027", planBy, "Friday 16 October 2026"), (letter.Facts["transfer"], letter.Facts["transferOn"], letter.Facts["transferPlanBy"], letter.Facts["askedDay"]));
    }

    [Fact]
    public void A_family_is_asked_after_the_day_of_the_regulations_too_and_hears_of_no_day_that_has_passed()
    {
        var life = Disputed.Issued().Do(new RecordPhaseTransfer(TransferOfPhase.PrimaryToSecondary, new DateOnly(2026, 9, 1)));
        life.Do(new AskTransferPreference(life.Today.AddDays(14)));

        var letter = LetterWriting.Write(new LetterSubject(LetterKind.PreferenceAsked, "preferenceAsked-1-family"), life.State, life.Rules, new LetterSending(life.Today, NoticeChannel.Electronic))!;
        Assert.Empty(letter.Missing);
        Assert.Equal("Monday 31 August 2026", letter.Facts["transferPlanBy"]);
    }

    [Fact]
    public void Where_nothing_is_transferred_or_the_plan_was_sent_nobody_is_asked()
    {
        var life = Disputed.Issued();
        life.Refused("no-transfer", new AskTransferPreference(life.Today.AddDays(21)));
        life.On(new DateOnly(2026, 10, 1)).Do(new RecordPhaseTransfer(TransferOfPhase.Stays, Begins, Reasons: "The school teaches up to nineteen."));
        life.Refused("no-transfer", new AskTransferPreference(life.Today.AddDays(21)));

        var sent = Transferring();
        sent.Refused("no-time-to-answer", new AskTransferPreference(sent.Today));
        Amended.Finalised(Amended.Placed(sent, Begins)).HandOverAll();
        sent.Refused("plan-sent", new AskTransferPreference(sent.Today.AddDays(21)));
    }

    private static Life Transferring(OpeningFacts? facts = null, TransferOfPhase transfer = TransferOfPhase.PrimaryToSecondary) =>
        Disputed.Issued(facts).On(new DateOnly(2026, 10, 1)).Do(new RecordPhaseTransfer(transfer, Begins));

    private static RecordPhaseTransfer Preferring(string place) => new(TransferOfPhase.PrimaryToSecondary, Begins, Preference: place);

    private static DateOnly? AskedOn(Life life) => PhaseTransfers.AskedOn(life.State, PhaseTransfers.Current(life.State)!);
}
