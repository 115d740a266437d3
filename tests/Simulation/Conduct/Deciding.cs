using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>Whether to assess. Shares of outcomes as in England in 2024: 65 % assessed, 25 % refused, the rest withdrawn or pending.</summary>
internal static class Deciding
{
    internal const double Refused = 0.252;
    internal const double Withdrawn = 0.035;
    private const double LateDecision = 0.13;

    internal static IEnumerable<Act> Acts(VisibleCase s)
    {
        var draw = s.Draw;
        if (s.State.ConsultedOn is null)
        {
            yield return VisibleCase.Office(s.Received.AddDays(draw.Between("consulted after", 2, 12)), "consulted", () => new RecordConsultation(s.Today, "The family wants an assessment."));
            yield break;
        }

        if (s.State.Notices.Any(n => n.Kind == NoticeKind.WillNotAssess))
        {
            // The Tribunal sent the decision back.
            var back = s.State.Appeal.Max(a => a.On);
            var again = draw.Chance("assesses after all", 0.8);
            yield return VisibleCase.Office(back.AddDays(draw.Between("decided again after", 3, 24)), "decide-again", () => new DecideWhetherToAssess(again, again ? "It may be necessary after all." : "The needs are met."));
            yield break;
        }

        if (draw.Chance("withdrawn", Withdrawn))
        {
            yield return new Act(s.Received.AddDays(draw.Between("withdrawn after", 5, 60)), "withdraw", Actors.Family, () => new WithdrawRequest(s.Today, "We manage for now."));
        }

        if (draw.Chance("moved", 0.006))
        {
            yield return VisibleCase.Office(s.Received.AddDays(draw.Between("moved after", 10, 60)), "move", () => new MoveToAnotherCouncil(Elsewhere, s.Today, s.Today));
        }

        var after = draw.Chance("decided late", LateDecision) ? draw.Between("decided after", 43, 80) : draw.Between("decided after", 14, 40);
        var assess = !draw.Chance("refused", Refused);
        yield return VisibleCase.Office(s.Received.AddDays(after), "decide", () => new DecideWhetherToAssess(assess, assess ? "It may be necessary." : "Support without a plan meets the needs."));
    }

    private static LocalAuthorityCode Elsewhere { get; } =
        LocalAuthorityCode.TryParse("999", out var code, out var problem) ? code : throw new InvalidDataException(problem);
}
