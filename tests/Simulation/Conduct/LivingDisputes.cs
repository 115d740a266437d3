using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>
/// Disputes of a plan that is lived with, about any decision that can be appealed: one at a time. What the family was told while another dispute
/// was under way, or soon after it, it takes up with that one: an assumption, because appeals of one family about several decisions are heard together.
/// </summary>
internal static class LivingDisputes
{
    private const int SoonAfter = 60;

    /// <summary>The last dispute that was begun; null where there was none, or nobody here is a party to it any more.</summary>
    internal static Dispute? Current(VisibleCase s)
    {
        if (Relocating.HandedOn(s) || s.State.Ceasing?.CeasedOn is not null)
        {
            return null;
        }

        Dispute? current = null;
        foreach (var notice in s.State.Notices.Where(n => n is { To: RecipientRole.Family, Person: null, SentOn: not null } && CanBeDisputed(n.Kind)).OrderBy(n => n.SentOn))
        {
            var next = new Dispute(s, notice, notice.SentOn!.Value);
            if (Disputing.IsDisputed(next) && (current is null || Disputing.EndedOn(current with { Until = next.Told })?.AddDays(SoonAfter) < next.Told))
            {
                current = next;
            }
        }

        return current;
    }

    private static bool CanBeDisputed(NoticeKind kind) => kind is NoticeKind.WillNotAssess or NoticeKind.NoPlan or NoticeKind.FinalPlan or NoticeKind.AmendedPlan
        or NoticeKind.PlanKeptAfterReview or NoticeKind.NotAmendedAfterAll or NoticeKind.NoChange or NoticeKind.PlanCeases or NoticeKind.WillNotReassess;
}
