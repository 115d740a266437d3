using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Embedded.Tests.Living;

/// <summary>A council, a child and those who advise. All names and numbers are invented.</summary>
internal static class Council
{
    internal static readonly LocalAuthorityCode Code = Parse<LocalAuthorityCode>("330");
    internal static readonly DateOnly Received = new(2026, 1, 5);
    internal static readonly DateTimeOffset Start = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);
    internal static readonly Agency School = Agency("urn:100001", "Example Primary School");
    internal static readonly Agency OtherSchool = Agency("urn:100002", "Example Special School");
    internal static readonly Actor Officer = new() { Role = ActorRole.CouncilOfficer, Id = "officer-1" };
    internal static readonly Actor Family = new() { Role = ActorRole.Family, Id = "family-1" };

    internal static readonly RuleBook Rules = new(
        [
            new CouncilProfile
            {
                Code = Code,
                Name = "Example Council",
                SocialCare = Agency("la:330/social-care", "Children's Services"),
                EducationalPsychology = Agency("la:330/educational-psychology", "Educational Psychology Service"),
                MediationAdviser = "Example Mediation, 0300 000 0001",
                MediationContact = "SEND team, 0300 000 0002",
                DisagreementResolution = "Example Resolution, 0300 000 0003",
                InformationAndAdvice = "Example SENDIASS, 0300 000 0004",
            },
        ],
        RuleSet.England2014,
        CountingPractice.AfterTheDay,
        ChaseLadder.Default);

    internal static readonly OpeningFacts Facts = new()
    {
        Route = RequestRoute.Parent,
        ReceivedOn = Received,
        Child = new Child { GivenName = "Robin", FamilyName = "Example", DateOfBirth = new DateOnly(2017, 5, 1) },
        Family = new FamilyContact { Name = "Sam Example", Relationship = "mother", Email = "sam@example.org", ElectronicServiceAgreedOn = Received },
        SettingKind = SettingKind.School,
        Setting = School,
        Icb = Agency("ods:QHL", "Example ICB"),
        Advisers = [new NamedAdviser(AdviceKind.Medical, Agency("ods:RX1", "Example Community NHS Trust"))],
    };

    internal static AssessmentId Id(int number) => AssessmentId.For(Code, FormattableString.Invariant($"opening-{number}"));

    internal static Delivery Says(AssessmentId id, string messageId, AssessmentInput input, DateTimeOffset at, Actor? by = null) => new()
    {
        Assessment = id,
        MessageId = messageId,
        By = by ?? Officer,
        ReceivedAt = at,
        CorrelationId = "correlation-" + messageId,
        Input = input,
    };

    internal static Actor As(Agency agency) => new() { Role = ActorRole.Agency, Id = agency.Id.Value, Agency = agency.Id };

    internal static AdviceContent Advice(DateOnly writtenOn, string about) => new()
    {
        Author = "A. Author",
        AuthorRole = "Professional",
        WrittenOn = writtenOn,
        Views = [new AdviceView("v1", $"Likes drawing and {about}.")],
        Needs = [new AdviceNeed("n1", NeedArea.Education, $"Needs help with {about}.")],
        Outcomes = [new AdviceOutcome("o1", $"By July 2027 uses {about} to ask three questions in a lesson.", ["n1"])],
        Provision =
        [
            new AdviceProvision
            {
                Id = "p1",
                Kind = ProvisionKind.Education,
                Text = $"Direct teaching of {about} in a group of three.",
                Who = "Teaching assistant trained to level 3",
                HowOften = "4 times a week",
                HowLong = "30 minutes",
                Outcomes = ["o1"],
            },
        ],
    };

    private static Agency Agency(string id, string name) => new() { Id = Parse<AgencyId>(id), Name = name };

    private static T Parse<T>(string text)
        where T : struct, IIdentifier<T> => T.TryParse(text, out var value, out var problem) ? value : throw new ArgumentException(problem);
}
