using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>Whether somebody has still to meet a limit of a dispute, and when it was met; by hand, from the words of the regulations.</summary>
internal static class DisputeStanding
{
    internal static (bool Open, DateOnly? MetOn) Of(HandLimit limit, Retelling story)
    {
        var (dispute, from) = (story.Dispute, limit.From);
        switch (limit.Key)
        {
            case var key when key.StartsWith("appealResponse", StringComparison.Ordinal):
                var appeal = dispute.Shown.Last(one => one.Key == key && one.On == from);
                return Met(appeal.AnsweredOn, appeal.IsOver);
            case "mediationCertificate" or "mediationCertificateAfterMediation" or "deemedMediationCertificate":
                return Met(dispute.Since(MediationStep.CertificateIssued, from));
            case "passHealthIssuesToIcb":
                return Met(dispute.Since(MediationStep.HealthIssuesPassed, from));
            case "arrangeMediation" or "arrangeHealthMediation":
                return Met(
                    Earlier(dispute.Since(MediationStep.Ended, from), dispute.Since(MediationStep.Agreed, from)),
                    dispute.Since(MediationStep.NotArranged, from) is not null || dispute.Since(MediationStep.NotWanted, from.AddDays(1)) is not null);
            case var key when key.StartsWith("recommendationAnswer", StringComparison.Ordinal):
                // Those received before have the first answers.
                var before = dispute.Recommended.Count(on => on < from || (on == from && key.Length > "recommendationAnswer".Length));
                return Met(dispute.Acts.Where(a => a.Act == Act.RecommendationAnswered && a.On >= from).OrderBy(a => a.On).Skip(before - dispute.Acts.Count(a => a.Act == Act.RecommendationAnswered && a.On < from)).Select(a => (DateOnly?)a.On).FirstOrDefault());
            case "carryOutMediationAgreement":
                return Met(Earlier(dispute.Since(Act.RemedyCarriedOut, from, limit.Remedy), dispute.Since(MediationStep.CarriedOut, from)));
            case "boardReportsAgreement":
                return Met(dispute.Since(Act.RemedyCarriedOut, from, limit.Remedy));
            case "reversalNoPlan":
                return NoPlan(story, from);
            case "reversalFinalPlan":
                return FinalPlan(story, from);
        }

        // What was ordered for the plan is no longer due once the plan has ceased; an order that comes after that still is.
        var ceasedSince = story.Life.CeasedOn >= from;
        return limit.Key[limit.Key.IndexOfAny([.. Capitals])..] switch
        {
            // What was sent since the council gave in is not sent a second time for the order that confirms it.
            "NotifyAssessment" => Met(story.ToldAll(NoticeKind.WillAssess, GaveIn(story, from)), story.Ended),
            "NoPlan" => NoPlan(story, GaveIn(story, from)),
            "FinalPlan" or "MadePlan" => FinalPlan(story, story.Received),
            "DraftPlan" => Met(story.ToldAll(NoticeKind.DraftPlan, story.Received), story.Ended),
            "NotifyReassessment" => Met(story.ToldAll(NoticeKind.WillReassess, from), ceasedSince),
            "NoPlanAfterReassessment" => Decided(dispute, from) is { Amend: true } ? (false, null) : Met(story.ToldAll(NoticeKind.NoChange, from), ceasedSince),
            "PlanAfterReassessment" => Decided(dispute, from) is { Amend: false } ? (false, null) : Met(story.ToldAll(NoticeKind.AmendedPlan, from), ceasedSince),
            "AmendedPlan" or "NameInstitution" or "AmendContinuedPlan" => Met(story.ToldAll(NoticeKind.AmendedPlan, from), ceasedSince),
            "Reconsider" => Met(new[] { NoticeKind.WillAssess, NoticeKind.WillNotAssess, NoticeKind.NoPlan, NoticeKind.DraftPlan, NoticeKind.AmendedPlan, NoticeKind.NoChange }
                .Min(kind => story.ToldFamily(kind, from)), story.Stage is Stage.Withdrawn or Stage.Moved || story.Life.CeasedOn is not null),
            // A plan that is not maintained from the next day has ceased at once.
            "CeasePlan" => Met(Earlier(dispute.Since(Act.RemedyCarriedOut, from, limit.Remedy), story.Life.CeasedOn is { } ceased && ceased >= from ? ceased == from ? from : ceased.AddDays(-1) : null)),
            _ => Met(dispute.Since(Act.RemedyCarriedOut, from, limit.Remedy), ceasedSince),
        };
    }

    private const string Capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    private static DateOnly GaveIn(Retelling story, DateOnly from) => story is { Assesses: true, AssessesOn: { } on } && on < from ? on : from;

    private static (bool Open, DateOnly? MetOn) Met(DateOnly? on, bool gone = false) => (on is null && !gone, on);

    private static DateOnly? Earlier(DateOnly? one, DateOnly? other) => one is null || other < one ? other : one;

    /// <summary>What the council decided first after a re-assessment or a referral back that began on a day: a later decision is about another.</summary>
    private static (bool Amend, DateOnly On)? Decided(ToldDispute dispute, DateOnly from) => dispute.Decisions.Where(d => d.On >= from).Cast<(bool, DateOnly)?>().FirstOrDefault();

    private static (bool Open, DateOnly? MetOn) NoPlan(Retelling story, DateOnly from) => Met(story.ToldFamily(NoticeKind.NoPlan, from), story.Issues == true || (story.Ended && story.Issues is null));

    private static (bool Open, DateOnly? MetOn) FinalPlan(Retelling story, DateOnly from) => Met(story.ToldAll(NoticeKind.FinalPlan, from), story.Ended && story.FinalSentOn is null);
}
