using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Bus;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Messages.Tests.Bus;

/// <summary>One full message of each type. The people are made up.</summary>
internal static class SampleMessages
{
    internal static readonly AgencyId School = Parse<AgencyId>("urn:100001");
    internal static readonly AssessmentId Assessment = Parse<AssessmentId>("330-7K3M9Q2XH4TD");

    internal static readonly AdviceContent Advice = new()
    {
        Author = "Ruth Okafor",
        AuthorRole = "Head teacher",
        WrittenOn = new DateOnly(2026, 3, 2),
        Views = [new AdviceView("v1", "Likes trains.")],
        Needs = [new AdviceNeed("n1", NeedArea.Education, "Reading well below age.")],
        Outcomes = [new AdviceOutcome("o1", "Reads a page alone.", ["n1"])],
        Provision = [new AdviceProvision { Id = "p1", Kind = ProvisionKind.SocialCareSection2, Text = "Reading tuition.", HowOften = "daily", Outcomes = ["o1"] }],
        Attachments = [new AttachmentRef("tok-1", "report.pdf", "application/pdf", 48_120, new string('a', 64))],
    };

    internal static readonly Child Child = new()
    {
        GivenName = "Ada",
        FamilyName = "Example",
        DateOfBirth = new DateOnly(2017, 5, 4),
        NhsNumber = Parse<NhsNumber>("9434765919"),
        NhsNumberStatus = NhsNumberStatus.Verified,
        Postcode = "B1 1AA",
    };

    internal static IReadOnlyList<object> All { get; } =
    [
        new AdviceRequested
        {
            Assessment = Assessment, Request = "r1", Agency = School, Council = Parse<LocalAuthorityCode>("330"), Kind = AdviceKind.Educational,
            Child = Child, RequestedOn = new DateOnly(2026, 1, 19), DueOn = new DateOnly(2026, 3, 2), Attachments = Advice.Attachments,
        },
        new AdviceReminder { Assessment = Assessment, Request = "r1", Agency = School, DueOn = new DateOnly(2026, 3, 2), Number = 1 },
        new AdviceEscalation { Assessment = Assessment, Request = "r1", Agency = School, DueOn = new DateOnly(2026, 3, 2), EscalatedTo = "Head of service" },
        new AdviceRequestWithdrawn { Assessment = Assessment, Request = "r1", Agency = School, Reason = "The assessment has ended." },
        new AdviceAcknowledged { Assessment = Assessment, Request = "r1", Agency = School, ReceivedAt = new DateTimeOffset(2026, 1, 20, 9, 0, 0, TimeSpan.Zero) },
        new AdviceAccepted { Assessment = Assessment, Request = "r1", Agency = School, ExpectedOn = new DateOnly(2026, 2, 20) },
        new AdviceDeclined { Assessment = Assessment, Request = "r1", Agency = School, Reason = DeclineReason.NotKnown, Explanation = "Not on our roll." },
        new AdviceSubmitted { Assessment = Assessment, Request = "r1", Agency = School, Advice = Advice },
        new AdviceRetracted { Assessment = Assessment, Request = "r1", Agency = School, Reason = "It was about another pupil." },
        new AdviceReported { Assessment = Assessment, Request = "r1", Agency = School, Report = ReportKind.OnHold, Text = "The teacher who knows the child is ill until Friday." },
        new ReviewAdviceRequested
        {
            Assessment = Assessment, Request = "r2", Agency = School, Council = Parse<LocalAuthorityCode>("330"), Kind = AdviceKind.Educational, Child = Child, Review = 1,
            MeetingOn = new DateOnly(2027, 5, 10), RequestedOn = new DateOnly(2027, 3, 22), DueOn = new DateOnly(2027, 4, 26), Lines = [new LineToReview("educational-1.1/o1", "E", "Reads a page alone.")],
        },
        new ReviewAdviceSubmitted
        {
            Assessment = Assessment, Request = "r2", Agency = School, Advice = Advice,
            Progress =
            [
                new LineProgress("o1", LineFinding.OnTrack, "Reads half a page alone."), new LineProgress("p1", LineFinding.PartlyDelivered, "Three times a week."),
                new LineProgress("p2", LineFinding.Delivered, "Daily."), new LineProgress("o2", LineFinding.Met, "Since May."),
            ],
        },
        new AssessmentPushed { Agency = School, Reference = "S-17", Kind = AdviceKind.SocialCare, Child = Child, CompletedOn = new DateOnly(2026, 1, 5), Advice = Advice },
        new SchoolClosurePublished { School = School, Reference = "C-3", ClosedFrom = new DateOnly(2026, 7, 22), ReopensOn = new DateOnly(2026, 9, 3), Reason = "summer holiday" },
        new AssessmentStatusChanged { Assessment = Assessment, Agency = School, Stage = AssessmentStage.DraftPlan, Since = new DateTimeOffset(2026, 4, 1, 8, 0, 0, TimeSpan.Zero) },
        new MessageRejected { Agency = School, MessageId = "m-1", Entity = "advice-responses", Reason = "$.request: missing." },
    ];

    /// <summary>More of what agencies send: every member and list in use, a document alone, notes alone, the most lines.</summary>
    internal static IReadOnlyList<object> Wide { get; } =
    [
        new AdviceSubmitted
        {
            Assessment = Assessment, Request = "r1", Agency = School, Correction = "The second need was another child's.",
            Advice = Advice with
            {
                Views = [.. Advice.Views, new AdviceView("v2", "Wishes to read to her brother.")],
                Needs = [.. Advice.Needs, new AdviceNeed("n2", NeedArea.Health, "Glasses for near work.")],
                Outcomes = [.. Advice.Outcomes, new AdviceOutcome("o2", "Wears her glasses in class.", ["n1", "n2"])],
                Notes = [new AdviceNote("Seen on", "3 February 2026, in class.")],
                Whole = new string('a', 64),
            },
        },
        new AdviceSubmitted { Assessment = Assessment, Request = "r1", Agency = School, Advice = Advice with { Views = [], Needs = [], Outcomes = [], Provision = [] } },
        new AdviceSubmitted
        {
            Assessment = Assessment, Request = "r1", Agency = School,
            Advice = Advice with { Views = [.. Enumerable.Range(1, 497).Select(n => new AdviceView($"v{n}", "Likes trains."))] },
        },
        new ReviewAdviceSubmitted
        {
            Assessment = Assessment, Request = "r2", Agency = School, Correction = "One line was left out.",
            Progress = [new LineProgress("educational-1.1/p1", LineFinding.NotDelivered, "The post is vacant.")],
            Advice = Advice with { Views = [], Needs = [], Outcomes = [], Provision = [], Attachments = [], Notes = [.. Enumerable.Range(1, 499).Select(n => new AdviceNote("x", $"{n}"))] },
        },
        new AssessmentPushed
        {
            Agency = School, Reference = "S-18", Kind = AdviceKind.Other, Child = Child with { Upn = Parse<Upn>("H801200001001") }, CompletedOn = new DateOnly(2026, 1, 5),
            Advice = Advice with { Views = [], Needs = [], Outcomes = [], Provision = [], Attachments = [], Notes = [new AdviceNote("Summary", "Reads well below age.")] },
        },
    ];

    internal static T Parse<T>(string text)
        where T : struct, IIdentifier<T> =>
        T.TryParse(text, out var value, out var problem) ? value : throw new ArgumentException(problem, nameof(text));
}
