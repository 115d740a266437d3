using IntegrationHub.Contracts.Plans;
using Codes = IntegrationHub.Orchestrations.Plans.PlanFindingCodes;

namespace IntegrationHub.Orchestrations.Plans;

/// <summary>
/// The checks before a draft and before a final plan is sent. A breach of a statute or regulation prevents the step. A breach of a "should"
/// in the Code either prevents the step until an officer accepts the finding with a reason, or is only shown to the officer. A finding that
/// is a guess from the wording never prevents a step.
/// </summary>
public static class PlanChecks
{
    // Code 9.69(F) says "should normally": an officer can accept an exception. Reg 12 and CFA s38(5) allow no exception.
    private static readonly HashSet<string> Acceptable = new(StringComparer.Ordinal)
    {
        Codes.WhoMissing, Codes.HowOftenMissing, Codes.HowLongMissing, Codes.NeedWithoutProvision, Codes.AdviceOutstanding, Codes.AdviceNotReadIn,

        // A brother or sister, or a number that only looks like an NHS number, can be in advice that may be sent.
        Codes.AdviceNamesOther,
    };

    /// <summary>All findings about a plan, in the order of its sections. The step is allowed if no finding is
    /// <see cref="FindingSeverity.Blocking"/>.</summary>
    public static IReadOnlyList<PlanFinding> Check(PlanDocument plan, PlanCheckContext context)
    {
        var found = new List<PlanFinding>();
        FormChecks.Check(plan, found);
        if (!found.Exists(f => f.Code == Codes.SectionsIncomplete))
        {
            LinkChecks.Check(plan, found);
            ProvisionChecks.Check(plan, context, found);
            StageChecks.Check(plan, context, found);
            AdviceChecks.Check(plan, context, found);
        }

        OtherChildChecks.Check(plan, context, found);
        return [.. found.Select(f => Weigh(f, context)).OrderBy(f => f.Section is null ? -1 : (int)f.Section)];
    }

    /// <summary>Whether any of the findings prevents the step.</summary>
    public static bool Refuses(IEnumerable<PlanFinding> findings) => findings.Any(f => f.Severity == FindingSeverity.Blocking);

    internal static PlanFinding Weigh(PlanFinding finding, PlanCheckContext context) =>
        finding.Severity == FindingSeverity.Blocking && Acceptable.Contains(finding.Code)
        && context.Accepted.FirstOrDefault(a => a.Code == finding.Code && a.LineId == finding.LineId && !string.IsNullOrWhiteSpace(a.Reason)) is { } accepted
            ? finding with { Severity = FindingSeverity.Warning, Reason = $"{finding.Reason} Accepted on {accepted.On:yyyy-MM-dd} with a reason." }
            : finding;
}
