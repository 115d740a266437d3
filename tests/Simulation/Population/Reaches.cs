using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;

namespace IntegrationHub.Simulation.Population;

/// <summary>
/// Which share of the agencies has a system that speaks to the hub; everybody else answers on the contributor's pages. No national figures
/// are published: these are assumptions. Trusts have FHIR from their record systems, most children's services a case system that a bus can be
/// attached to, few schools one, and psychologists and independent advisers have a browser.
/// </summary>
/// <param name="NhsOverFhir">Of the NHS bodies.</param>
/// <param name="SocialCareOverBus">Of the councils' social care.</param>
/// <param name="SettingsOverBus">Of schools and colleges.</param>
public sealed record Reaches(double NhsOverFhir = 0.8, double SocialCareOverBus = 0.7, double SettingsOverBus = 0.15)
{
    /// <summary>How an agency is reached. The same agency has the same door for every case.</summary>
    internal ReachedBy Of(Draw draw, Agency agency) => agency.Id switch
    {
        { Scheme: AgencyScheme.Ods } => draw.Chance(agency.Id.Value, NhsOverFhir) ? ReachedBy.Fhir : ReachedBy.Web,
        { Scheme: AgencyScheme.La, Code: var code } => code.EndsWith("social-care", StringComparison.Ordinal) && draw.Chance(agency.Id.Value, SocialCareOverBus) ? ReachedBy.Bus : ReachedBy.Web,
        _ => agency.Name != England.OwnAccount && draw.Chance(agency.Id.Value, SettingsOverBus) ? ReachedBy.Bus : ReachedBy.Web,
    };
}

/// <summary>How an agency is reached, and how it answers.</summary>
internal enum ReachedBy
{
    /// <summary>The bus.</summary>
    Bus,

    /// <summary>The hub's FHIR endpoint.</summary>
    Fhir,

    /// <summary>A message with a link to a page.</summary>
    Web,
}
