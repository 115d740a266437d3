using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Notices;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Advice;

namespace IntegrationHub.Hub.Tests.Notices;

/// <summary>Reminders and escalations cite the law that binds the adviser whom they are about, and no other.</summary>
public sealed class CitedLawTests
{
    private const string Regulation8 = "regulation 8";
    private static readonly string[] Wordings = ["reminder", "reminderOverdue", "escalation", "insufficient", "byHand"];

    /// <summary>Each kind of adviser: what its letters must cite, and what they must not.</summary>
    public static TheoryData<AdviceKind, string?, AnswerDuty, string, string, bool> Advisers => new()
    {
        { AdviceKind.Medical, "ods:RX1", AnswerDuty.Section31Body, "section 31|regulation 8(1)", "section 28|paragraph 9.41", true },
        { AdviceKind.Psychological, "ods:RX1", AnswerDuty.Section31Body, "section 31|regulation 8(1)", "section 28|paragraph 9.41", true },
        { AdviceKind.SocialCare, "la:301/social-care", AnswerDuty.Section31Body, "section 31|regulation 8(1)", "section 28|paragraph 9.41", true },
        { AdviceKind.Psychological, "la:301/educational-psychology", AnswerDuty.Section31Body, "section 31|regulation 8(1)", "section 28|paragraph 9.41", true },
        { AdviceKind.Educational, "urn:100001", AnswerDuty.LocalPartner, "section 28|paragraph 9.41", "section 31|" + Regulation8, false },
        { AdviceKind.PreparationForAdulthood, "ukprn:10001234", AnswerDuty.LocalPartner, "section 28|paragraph 9.41", "section 31|" + Regulation8, false },
        { AdviceKind.SocialCare, "la:330/social-care", AnswerDuty.OwnService, "regulation 6(1)(e)|paragraph 9.41", "section 31|section 28|" + Regulation8, false },
        { AdviceKind.Psychological, "la:330/educational-psychology", AnswerDuty.OwnService, "regulation 6(1)(d)|paragraph 9.41", "section 31|section 28|" + Regulation8, false },
        { AdviceKind.FamilyViews, null, AnswerDuty.Invited, "", "section|regulation|paragraph", true },
    };

    [Theory]
    [MemberData(nameof(Advisers))]
    public void A_letter_cites_what_binds_the_adviser(AdviceKind kind, string? agency, AnswerDuty duty, string cites, string citesNot, bool verified)
    {
        var id = agency is null ? (AgencyId?)null : HubUnderTest.Parse<AgencyId>(agency);
        Assert.Equal(duty, RequiredAdvisers.DutyOf(kind, id, HubUnderTest.Own));
        Assert.Equal(verified, AnswerDuties.Of(duty).Verified);
        var request = new AdviceRequest
        {
            Id = "x-1",
            Kind = kind,
            LegalBasis = kind switch { AdviceKind.SocialCare => "reg 6(1)(e)", AdviceKind.Psychological => "reg 6(1)(d)", _ => "reg 6(1)(b)(i)" },
            Duty = duty,
            Agency = id is { } asked ? new Agency { Id = asked, Name = "Asked" } : null,
            RequestedOn = new DateOnly(2026, 1, 5),
            StatusOn = new DateOnly(2026, 1, 5),
        };
        var item = new NoticeItem
        {
            EffectId = "330-X/1/1",
            Assessment = AssessmentId.For(HubUnderTest.Own, "x"),
            Recipient = "x|y",
            Role = "y",
            Wording = "reminder",
            What = "advice",
            Due = new DateOnly(2026, 2, 16),
            Link = "http://x",
            Law = AnswerDuties.SentenceFor(request),
        };
        var letters = Wordings.Select(wording => NoticeWording.Default.Write([item with { Wording = wording }]).Text).Append(NoticeWording.Default.Write([item, item with { EffectId = "330-X/1/2" }]).Text);
        foreach (var letter in letters)
        {
            Assert.All(cites.Split('|', StringSplitOptions.RemoveEmptyEntries), law => Assert.Contains(law, letter, StringComparison.Ordinal));
            Assert.All(citesNot.Split('|'), law => Assert.DoesNotContain(law, letter, StringComparison.OrdinalIgnoreCase));
            Assert.DoesNotContain("{", letter, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_duty_has_its_law() => Assert.All(Enum.GetValues<AnswerDuty>(), duty => Assert.Equal(duty == AnswerDuty.Invited, AnswerDuties.Of(duty).Law.Length == 0));
}
