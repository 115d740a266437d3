using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>A council, a child and advice to test with. All names and numbers are invented.</summary>
internal static class Cases
{
    internal static readonly LocalAuthorityCode Council = Parse<LocalAuthorityCode>("330");
    internal static readonly AssessmentId Id = AssessmentId.For(Council, "test");
    internal static readonly Agency Icb = new() { Id = Parse<AgencyId>("ods:QHL"), Name = "Example ICB" };
    internal static readonly Agency Hospital = new() { Id = Parse<AgencyId>("ods:RX1"), Name = "Example Community NHS Trust" };
    internal static readonly Agency School = new() { Id = Parse<AgencyId>("urn:100001"), Name = "Example Primary School" };
    internal static readonly Agency OtherSchool = new() { Id = Parse<AgencyId>("urn:100002"), Name = "Example Special School" };
    internal static readonly Agency SocialCare = new() { Id = Parse<AgencyId>("la:330/social-care"), Name = "Children's Services" };
    internal static readonly Agency Psychology = new() { Id = Parse<AgencyId>("la:330/educational-psychology"), Name = "Educational Psychology Service" };
    internal static readonly Agency Therapist = new() { Id = Parse<AgencyId>("ods:RY2"), Name = "Example Therapies" };
    internal static readonly Agency Accommodation = new() { Id = Parse<AgencyId>("urn:100009"), Name = "Example Secure Children's Home" };
    internal static readonly Agency YouthOffendingTeam = new() { Id = Parse<AgencyId>("la:330/youth-offending-team"), Name = "Example Youth Offending Team" };
    internal static readonly Agency Commissioner = new() { Id = Parse<AgencyId>("ods:Q71"), Name = "Example Health and Justice Commissioner" };
    internal static readonly Actor Officer = new() { Role = ActorRole.CouncilOfficer, Id = "officer-1" };
    internal static readonly Actor Family = new() { Role = ActorRole.Family, Id = "family-1" };

    internal static readonly CouncilProfile Profile = new()
    {
        Code = Council,
        Name = "Example Council",
        SocialCare = SocialCare,
        EducationalPsychology = Psychology,
        MediationAdviser = "Example Mediation, 0300 000 0001",
        MediationContact = "SEND team, 0300 000 0002",
        DisagreementResolution = "Example Resolution, 0300 000 0003",
        InformationAndAdvice = "Example SENDIASS, 0300 000 0004",
    };

    internal static readonly Rules Rules = new(RuleSet.England2014, CountingPractice.AfterTheDay, ChaseLadder.Default, Profile);

    internal static readonly DateOnly Received = new(2026, 1, 5);

    internal static OpeningFacts Facts => new()
    {
        Route = RequestRoute.Parent,
        ReceivedOn = Received,
        Child = new Child { GivenName = "Robin", FamilyName = "Example", DateOfBirth = new DateOnly(2017, 5, 1) },
        Family = new FamilyContact { Name = "Sam Example", Relationship = "mother", Email = "sam@example.org", ElectronicServiceAgreedOn = Received },
        SettingKind = SettingKind.School,
        Setting = School,
        Icb = Icb,
        Advisers = [new NamedAdviser(AdviceKind.Medical, Hospital)],
    };

    internal static Actor As(Agency agency) => new() { Role = ActorRole.Agency, Id = agency.Id.Value, Agency = agency.Id };

    internal static AdviceContent Content(DateOnly writtenOn, string about = "speech") => new()
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

    internal static T Parse<T>(string text)
        where T : struct, IIdentifier<T> => T.TryParse(text, out var value, out var problem) ? value : throw new ArgumentException(problem);
}
