using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Fhir.Tests;

/// <summary>Asks and advice that the tests begin with. The NHS numbers are test numbers of the published examples.</summary>
internal static class Given
{
    internal static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 30, 0, TimeSpan.Zero);

    internal static T Id<T>(string text)
        where T : struct, IIdentifier<T> => T.TryParse(text, out var value, out var problem) ? value : throw new ArgumentException(problem);

    internal static RequestForAdvice Ask() => new()
    {
        Assessment = AssessmentId.For(Id<LocalAuthorityCode>("330"), "test"),
        RequestId = "330-0000000000AA/medical",
        Child = new Child
        {
            GivenName = "Meir",
            FamilyName = "Lieberman",
            DateOfBirth = new DateOnly(2015, 12, 19),
            NhsNumber = Id<NhsNumber>("9449307873"),
            NhsNumberStatus = NhsNumberStatus.Verified,
            Postcode = "KT4 7BS",
        },
        Council = new Agency { Id = Id<AgencyId>("la:330/send"), Name = "Council SEND service" },
        Provider = new Agency { Id = Id<AgencyId>("ods:RX1"), Name = "Community Paediatrics" },
        School = new Agency { Id = Id<AgencyId>("urn:100001"), Name = "Hill School" },
        Kind = AdviceKind.Medical,
        LegalBasis = "SEND Regulations 2014 reg 6(1)(c)",
        RequestedOn = new DateOnly(2026, 3, 2),
        ReceivedByBodyOn = new DateOnly(2026, 3, 3),
        Due = new DateOnly(2026, 4, 14),
        Asked = "Medical advice on needs, outcomes and provision.",
        Standing = RequestProgress.Chased,
    };

    internal static AdviceContent Advice() => new()
    {
        Author = "Dr Amara Bello",
        AuthorRole = "Consultant community paediatrician",
        WrittenOn = new DateOnly(2026, 4, 1),
        Views = [new("V1", "I like trains & <maps>.")],
        Needs = [new("N1", NeedArea.Health, "Epilepsy: absence seizures."), new("N2", NeedArea.Education, "Loses track after a seizure.")],
        Outcomes = [new("O1", "By July 2027 keeps up in class on 4 of 5 days.", ["N1", "N2"])],
        Provision =
        [
            new() { Id = "P1", Kind = ProvisionKind.Health, Text = "Seizure training of staff.", Who = "Epilepsy nurse specialist", HowOften = "yearly", HowLong = "2 hours", Outcomes = ["O1"] },
            new() { Id = "P2", Kind = ProvisionKind.Education, Text = "Recap with a teaching assistant.", Who = "Teaching assistant", HowOften = "daily", HowLong = "10 minutes", PreparesForAdulthood = true, Outcomes = ["O1"] },
        ],
    };

    internal static AvailableDocuments NoDocuments() => new(_ => null);
}
