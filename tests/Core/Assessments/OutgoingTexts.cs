using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>The texts of a plan that a fact sends out.</summary>
internal static class OutgoingTexts
{
    internal static IEnumerable<string> Of(AssessmentEvent happened) => happened switch
    {
        PlanPrepared prepared => prepared.Document.Sections.SelectMany(s => s.Lines).Select(l => l.Text),
        AmendmentsProposed { Amendment: var amendment } => [amendment.Reasons, amendment.Proposal],
        _ => [],
    };
}
