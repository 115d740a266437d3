using System.Collections.Frozen;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Cases;

/// <summary>
/// How the steps are grouped on the page that lists all steps. A step that is not listed here appears under the last heading, so that no
/// step is missing.
/// </summary>
internal static class StepGroups
{
    private const string Other = "Letters, reminders and failed actions";

    private static readonly (string Heading, string[] Steps)[] Groups =
    [
        ("The case", ["assign-case-officer", "assign-key-worker", "correct-facts", "correct-record", "record-document", "record-note", "record-panel", "restrict-case", "lift-restriction", "record-person", "end-person", "name-supporter", "end-supporter", "write-to-family", "issue-family-link", "revoke-family-link", "move-to-another-council", "withdraw-request", "resolve-attention"]),
        ("Whether to assess", ["record-consultation", "decide-whether-to-assess"]),
        ("Advice", ["name-adviser", "request-advice", "ask-person-for-advice", "record-request-sent", "acknowledge-advice-request", "accept-advice-request", "decline-advice-request", "report-on-advice-request", "submit-advice",
            "return-advice", "retract-advice", "withdraw-advice-request", "record-missed-appointment", "propose-existing-advice", "agree-existing-advice", "record-family-evidence", "ask-for-adviser", "answer-adviser-wish"]),
        ("Time limits", ["claim-exception", "end-exception", "record-delay-reason"]),
        ("The plan", ["decide-whether-to-issue-plan", "edit-plan", "accept-plan-finding", "prepare-draft", "record-representations", "ask-for-meeting", "record-meeting-held", "share-school-list", "consult-institution",
            "record-institution-answer", "record-icb-agreement", "ask-for-personal-budget", "settle-personal-budget", "name-placement", "finalise-plan"]),
        ("For the SEN2 return", ["record-child-facts", "record-school-place", "record-plan-terms"]),
        ("Costs", ["record-plan-costs"]),
        ("A plan that was taken over", ["tell-of-transfer", "enter-plan-text", "record-past-review"]),
        ("Personal budget of the plan", ["ask-for-budget-line", "decide-on-budget-line", "change-budget-line", "ask-for-budget-review", "answer-budget-review", "record-payment-review"]),
        ("Detention in youth accommodation", ["record-detention", "record-detention-move", "record-release"]),
        ("Change of ICB", ["record-icb-change", "record-icb-request"]),
        ("Reviews of the plan", ["arrange-review", "request-review-advice", "record-review-invitations", "record-review-papers", "record-review-meeting", "record-review-report", "decide-after-review"]),
        ("Amending the plan", ["propose-amendments", "finalise-amended-plan", "decide-not-to-amend"]),
        ("Phase transfer", ["record-phase-transfer", "ask-transfer-preference", "answer-transfer-preference"]),
        ("Re-assessment", ["record-reassessment-request", "agree-reassessment", "refuse-reassessment", "ask-for-reassessment-advice", "decide-on-plan"]),
        ("Ceasing the plan", ["consider-ceasing", "record-ceasing-view", "decide-on-ceasing", "record-plan-ceased"]),
        ("Disputes", ["note-mediation", "note-appeal", "record-tribunal-day", "record-recommendation", "record-act", "reverse-refusal"]),
    ];

    private static readonly FrozenDictionary<string, (int Group, int Place)> Places = Groups
        .SelectMany((group, n) => group.Steps.Select((step, place) => (step, At: (n, place)))).ToFrozenDictionary(s => s.step, s => s.At);

    /// <summary>The steps that an officer is allowed to send to an open case, under their headings.</summary>
    internal static IEnumerable<IGrouping<string, StepDefinition>> Of(Officer officer) => StepCatalogue.Steps
        .Where(step => !step.Opens && officer.MaySend(step))
        .OrderBy(step => Places.GetValueOrDefault(step.Name, (Groups.Length, 0)))
        .GroupBy(step => Places.TryGetValue(step.Name, out var at) ? Groups[at.Group].Heading : Other);
}
