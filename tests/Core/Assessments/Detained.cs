using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>Cases whose young person is detained. All names and numbers are invented.</summary>
internal static class Detained
{
    internal static readonly Agency OtherAccommodation = new() { Id = Cases.Parse<AgencyId>("urn:100010"), Name = "Example Young Offender Institution" };

    internal static readonly RecipientRole[] OfThePlace = [RecipientRole.PersonInCharge, RecipientRole.HealthServicesCommissioner, RecipientRole.YouthOffendingTeam];

    /// <summary>Fourteen when the request is received.</summary>
    internal static OpeningFacts Facts => Cases.Facts with { Child = Cases.Facts.Child with { DateOfBirth = new DateOnly(2011, 5, 1) } };

    internal static RecordDetention Step(DateOnly on, DateOnly? aware = null) => new(Cases.Accommodation, on, aware ?? on, Cases.YouthOffendingTeam, Cases.Commissioner);

    internal static Life From(Life life, DateOnly? on = null) => life.Do(Step(on ?? life.Today, life.Today));

    internal static RecordAct Consulted(Life life) => new(Orchestrations.StatutoryClock.Act.PersonInChargeConsulted, life.Today, "By telephone.");

    internal static IEnumerable<RecipientRole> Told(Life life, NoticeKind kind) => life.State.Notices.Where(n => n.Kind == kind).Select(n => n.To).Distinct().Order();
}
