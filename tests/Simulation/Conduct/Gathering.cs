using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>Advice is gathered: who declined is replaced, what is not sufficient goes back, and at some point nobody waits any longer.</summary>
internal static class Gathering
{
    internal static IEnumerable<Act> Acts(VisibleCase s)
    {
        var (draw, state) = (s.Draw, s.State);
        var agreed = state.AssessDecision!.On;
        foreach (var act in Family(s, agreed))
        {
            yield return act;
        }

        foreach (var advice in state.Advice)
        {
            if (advice.Counts && advice.RequestId is { } && draw.Chance($"insufficient {advice.Id}", 0.03))
            {
                yield return VisibleCase.Office(advice.ReceivedOn.AddDays(2), $"return-{advice.Id}", () => new ReturnAdvice(advice.Id, "It says nothing of provision."));
            }
        }

        foreach (var act in ForAdulthood(s))
        {
            yield return act;
        }

        var patience = agreed.AddDays(Patience(draw));
        foreach (var request in state.Requests)
        {
            var since = request.Status == RequestStatus.Declined ? request.StatusOn.AddDays(draw.Between($"replaced {request.Id}", 1, 8)) : patience;
            var lacking = request.Status == RequestStatus.Declined || (request.IsOpen && request.Kind == AdviceKind.Educational && state.Requests.Count(r => r.Kind == request.Kind) == 1);
            if (lacking && !state.Requests.Any(r => r.Kind == request.Kind && r != request && (r.IsOpen || r.Status == RequestStatus.Received)))
            {
                yield return VisibleCase.Office(since, $"replace-{request.Id}", () => new RequestAdvice(request.Kind, England.IndependentReport(s.Person.Council), "The first could not be had.", request.Id));
            }
        }

        if (draw.Chance("chasing paused", 0.01))
        {
            yield return VisibleCase.Office(agreed.AddDays(draw.Between("paused on", 20, 50)), "pause", () => new PauseChasing(s.Today.AddDays(10), "The school is closed."));
        }

        if (Awaited(state).Any() ? Replaced(state) : true)
        {
            var last = state.Advice.Count == 0 ? agreed : state.Advice.Max(a => a.ReceivedOn);
            var complete = !Awaited(state).Any();
            var on = complete ? last.AddDays(draw.Between("decided after advice", 0, 6)) : patience.AddDays(12);
            yield return VisibleCase.Office(on, $"issue-{Again(state)}{state.Requests.Count}-{state.Advice.Count}-{state.Advice.Count(a => !a.Counts)}", () => Decide(s));
        }
    }

    /// <summary>Requests that somebody still waits for.</summary>
    internal static IEnumerable<AdviceRequest> Awaited(AssessmentState state) =>
        state.Requests.Where(r => r.IsOpen || (r.Status == RequestStatus.Declined && state.Requests.All(o => o.Kind != r.Kind || o.Status == RequestStatus.Declined)));

    /// <summary>Nothing of the educational advice and of what was declined is waited for without a stand-in being asked.</summary>
    private static bool Replaced(AssessmentState state) =>
        Awaited(state).All(r => r.Status != RequestStatus.Declined && (r.Kind != AdviceKind.Educational || state.Requests.Count(o => o.Kind == r.Kind) > 1))
        && state.Advice.Any(a => a.Counts && a.Kind is AdviceKind.Educational or AdviceKind.Psychological);

    /// <summary>Reg 6(1)(g): who comes into Year 9 while the assessment runs needs advice on adulthood as well.</summary>
    internal static IEnumerable<Act> ForAdulthood(VisibleCase s)
    {
        if (Age.InOrBeyondYear9(s.State.Facts!.Child.DateOfBirth, s.Today) && s.State.Requests.All(r => r.Kind != AdviceKind.PreparationForAdulthood))
        {
            yield return VisibleCase.Office(s.Today.AddDays(-1), "adulthood", () => new RequestAdvice(AdviceKind.PreparationForAdulthood, England.IndependentReport(s.Person.Council), "Year 9 has begun."));
        }
    }

    private static IEnumerable<Act> Family(VisibleCase s, DateOnly agreed)
    {
        var draw = s.Draw;
        foreach (var request in s.State.Requests.Where(r => r.Agency is null && r.IsOpen))
        {
            if (!draw.Chance("family silent", 0.06))
            {
                var on = agreed.AddDays(draw.Chance("family late", 0.2) ? draw.Between("family advises", 43, 80) : draw.Between("family advises", 5, 41));
                var letter = new Letter(request.Kind, 1);
                yield return new Act(on, $"family-{request.Id}", Actors.Family, () => new SubmitAdvice(request.Id, Letters.Advice(s.Person, request.Id, letter, s.Today)), letter);
            }
        }

        if (draw.Chance("wish", 0.05))
        {
            yield return new Act(agreed.AddDays(6), "wish", Actors.Family, () => new AskForAdviser("wish-1", England.Therapies(s.Person.Council), "They know Robin."));
            if (s.State.Wishes.Any(w => w.Asked is null))
            {
                yield return VisibleCase.Office(agreed.AddDays(9), "answer-wish", () => new AnswerAdviserWish("wish-1", !draw.Chance("wish refused", 0.2), "As asked."));
            }
        }
    }

    /// <summary>Days after which an officer no longer waits for everybody; some cases wait for a psychologist for most of a year.</summary>
    private static int Patience(Draw draw) => draw.Among("patience", [43, 35, 22]) switch
    {
        0 => draw.Between("patience days", 50, 66),
        1 => draw.Between("patience days", 67, 110),
        _ => draw.Between("patience days", 111, 320),
    };

    /// <summary>The decision not to make a plan was sent back, and is made again.</summary>
    private static string Again(AssessmentState state) => state.Notices.Any(n => n.Kind == NoticeKind.NoPlan) ? "again-" : "";

    private static DecideWhetherToIssuePlan Decide(VisibleCase s)
    {
        var without = s.State.Requests.Where(r => r.IsOpen).Select(r => r.Id).ToList();
        return s.Draw.Chance($"{Again(s.State)}no plan", Again(s.State).Length > 0 ? 0.2 : 0.065)
            ? new DecideWhetherToIssuePlan(false, "Support without a plan meets the needs.", without, without.Count > 0 ? "They did not answer." : null)
            : new DecideWhetherToIssuePlan(true, "A plan is necessary.", without, without.Count > 0 ? "They did not answer." : null);
    }
}
