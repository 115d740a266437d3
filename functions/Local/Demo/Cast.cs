using System.Text.Json;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Local.Demo;

/// <summary>The people and organisations in the demonstration. Every person, number and address is invented.</summary>
internal static class Cast
{
    internal static readonly LocalAuthorityCode CouncilCode = Id<LocalAuthorityCode>("330");
    internal static readonly DateOnly Start = new(2026, 1, 12);

    internal static readonly Agency Icb = new() { Id = Id<AgencyId>("ods:QHL"), Name = "Northbridge Integrated Care Board" };
    internal static readonly Agency Trust = new() { Id = Id<AgencyId>("ods:RX1"), Name = "Northbridge Community NHS Trust" };
    internal static readonly Agency Therapies = new() { Id = Id<AgencyId>("ods:RY2"), Name = "Northbridge Children's Therapies" };
    internal static readonly Agency OccupationalTherapy = new() { Id = Id<AgencyId>("ods:RY3"), Name = "Northbridge Occupational Therapy" };
    internal static readonly Agency School = new() { Id = Id<AgencyId>("urn:100001"), Name = "Millbrook School" };
    internal static readonly Agency College = new() { Id = Id<AgencyId>("urn:100002"), Name = "Hillside Special School" };
    internal static readonly Agency Riverside = new() { Id = Id<AgencyId>("urn:100003"), Name = "Riverside College" };
    internal static readonly Agency Fairmead = new() { Id = Id<AgencyId>("urn:100004"), Name = "Fairmead Specialist College" };
    internal static readonly Agency SocialCare = new() { Id = Id<AgencyId>("la:330/social-care"), Name = "Northbridge Children's Services" };
    internal static readonly Agency Psychology = new() { Id = Id<AgencyId>("la:330/educational-psychology"), Name = "Northbridge Educational Psychology Service" };

    internal static CouncilProfile Council => new()
    {
        Code = CouncilCode,
        Name = "Northbridge Council",
        SocialCare = SocialCare,
        EducationalPsychology = Psychology,
        Icb = Icb,
        MediationAdviser = "Example Mediation Service, 0300 000 0001, mediation@example.org",
        MediationContact = "SEND team of the council, 0300 000 0002, send@example.org",
        DisagreementResolution = "Example Disagreement Resolution, 0300 000 0003",
        InformationAndAdvice = "Northbridge SENDIASS, 0300 000 0004, sendiass@example.org",
        SendLead = "Head of SEND",
    };

    /// <summary>The council to which the family moves.</summary>
    internal static CouncilProfile SecondCouncil => new()
    {
        Code = Id<LocalAuthorityCode>("331"),
        Name = "Southmere Council",
        SocialCare = new() { Id = Id<AgencyId>("la:331/social-care"), Name = "Southmere Children's Services" },
        EducationalPsychology = new() { Id = Id<AgencyId>("la:331/educational-psychology"), Name = "Southmere Educational Psychology Service" },
        Icb = new() { Id = Id<AgencyId>("ods:QWO"), Name = "Southmere Integrated Care Board" },
        MediationAdviser = "Example Mediation Service, 0300 000 0011, mediation@example.org",
        MediationContact = "SEND team of the council, 0300 000 0012, send@example.org",
        DisagreementResolution = "Example Disagreement Resolution, 0300 000 0013",
        InformationAndAdvice = "Southmere SENDIASS, 0300 000 0014, sendiass@example.org",
        SendLead = "Head of SEND",
    };

    /// <summary>The institutions that are consulted before the transfer to post-16.</summary>
    internal static IReadOnlyList<Agency> Consulted => [Riverside, College, Fairmead];

    internal static OpeningFacts Facts => new()
    {
        Route = RequestRoute.Parent,
        ReceivedOn = Start,
        Child = new Child
        {
            GivenName = "Alex",
            FamilyName = "Doyle",
            DateOfBirth = new DateOnly(2011, 11, 3),
            NhsNumber = Id<NhsNumber>("9000000009"),
            NhsNumberStatus = NhsNumberStatus.Verified,
            Upn = Id<Upn>("B801200005001"),
            Postcode = "NB1 2AB",
        },
        Family = new FamilyContact { Name = "Maria Doyle", Relationship = "mother", Email = "family@example.org", ElectronicServiceAgreedOn = Start },
        SettingKind = SettingKind.School,
        Setting = School,
        Icb = Icb,
        Advisers = [new NamedAdviser(AdviceKind.Medical, Trust)],
    };

    /// <summary>The advice from one partner, dated the day on which the partner answers.</summary>
    internal static AdviceContent Advice(string name, DateOnly? writtenOn = null)
    {
        using var data = typeof(Cast).Assembly.GetManifestResourceStream($"IntegrationHub.Local.Demo.Story.{name}.json")
            ?? throw new InvalidDataException($"The demonstration has no advice named {name}.");
        var advice = JsonSerializer.Deserialize(data, AssessmentJson.Default.AdviceContent) ?? throw new InvalidDataException($"{name} is empty.");
        return writtenOn is { } day ? advice with { WrittenOn = day } : advice;
    }

    private static T Id<T>(string text)
        where T : struct, IIdentifier<T> => T.TryParse(text, out var value, out var problem) ? value : throw new InvalidDataException(problem);
}
