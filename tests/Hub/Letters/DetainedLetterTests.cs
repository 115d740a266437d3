using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Letters;
using IntegrationHub.Functions.Letters.Templates;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;

namespace IntegrationHub.Hub.Tests.Letters;

/// <summary>Letters say under which regulations they are sent: those for detained people while somebody is detained.</summary>
public class DetainedLetterTests
{
    private const string Detained = "Special Educational Needs and Disability (Detained Persons) Regulations 2015";

    [Theory]
    [InlineData(NoticeKind.AssessmentConsidered, RecipientRole.Icb, "regulation 4(2) of the " + Detained)]
    [InlineData(NoticeKind.WillAssess, RecipientRole.Setting, "regulation 5(2) of the " + Detained)]
    [InlineData(NoticeKind.WillNotAssess, RecipientRole.Setting, "regulation 5(2) of the " + Detained)]
    [InlineData(NoticeKind.NoPlan, RecipientRole.Icb, "regulation 10 of the " + Detained)]
    [InlineData(NoticeKind.FinalPlan, RecipientRole.Icb, "regulation 13(2) of the " + Detained)]
    [InlineData(NoticeKind.FinalPlan, RecipientRole.Family, "You can appeal if you do not agree with the school or college it names, or if it names none.")]
    public void A_letter_about_a_detained_person_says_what_applies_to_them(NoticeKind kind, RecipientRole to, string says)
    {
        var free = LetterCases.With(kind);
        Assert.DoesNotContain(says, Said(free, to), StringComparison.Ordinal);

        var detained = Assessment.Replay(
            free, [new DetentionRecorded(1, Cases.Accommodation, LetterCases.Sent.AddDays(-5), LetterCases.Sent.AddDays(-2), Cases.YouthOffendingTeam, Cases.Commissioner)]);
        Assert.Contains(says, Said(detained, to), StringComparison.Ordinal);
    }

    private static string Said(AssessmentState state, RecipientRole to)
    {
        var notice = state.Notices.First(n => n.To == to);
        var letter = LetterWriting.Write(new LetterSubject(LetterWriting.KindOf(notice.Kind), notice.Id), state, Cases.Rules, new(LetterCases.Sent, NoticeChannel.Post))!;
        return string.Join(' ', LetterTemplates.Defaults.For(letter).Render(letter).Blocks.Select(block => block.Words));
    }
}
