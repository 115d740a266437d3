using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>The advice of a re-assessment: the family gives its views, what is not sufficient goes back, and whoever declined is replaced. Agencies answer by themselves.</summary>
internal static class AskingAgain
{
    // Assumptions, as in a first assessment.
    private const double Silent = 0.06;
    private const double Insufficient = 0.03;

    internal static IEnumerable<Act> Acts(VisibleCase s)
    {
        if (ReassessmentRound.Open(s.State) is not { } round || s.State.ReassessmentRound is not { BegunOn: var begun })
        {
            yield break;
        }

        var (draw, requests) = (s.Draw, s.State.Requests.Where(r => r.Reassessment == round).ToList());
        foreach (var request in requests)
        {
            if (request is { Agency: null, IsOpen: true } && !draw.Chance("family silent", Silent, round))
            {
                var letter = new Letter(request.Kind, 1);
                yield return new Act(begun.AddDays(draw.Between("family advises again", 5, 50, round)), $"family-{request.Id}", Actors.Family,
                    () => new SubmitAdvice(request.Id, Letters.Advice(s.Person, request.Id, letter, s.Today)), letter);
            }

            if (request.Status == RequestStatus.Declined && !requests.Exists(r => r.Kind == request.Kind && (r.IsOpen || r.Status == RequestStatus.Received)))
            {
                yield return VisibleCase.Office(request.StatusOn.AddDays(draw.Between($"replaced {request.Id}", 1, 8)), $"replace-{request.Id}",
                    () => new RequestAdvice(request.Kind, England.IndependentReport(s.Person.Council), "The first could not be had.", request.Id));
            }
        }

        foreach (var advice in s.State.Advice)
        {
            if (advice.Counts && advice.Reassessment == round && draw.Chance($"insufficient {advice.Id}", Insufficient))
            {
                yield return VisibleCase.Office(advice.ReceivedOn.AddDays(2), $"return-{advice.Id}", () => new ReturnAdvice(advice.Id, "It says nothing of provision."));
            }
        }

        if (Age.InOrBeyondYear9(s.State.Facts!.Child.DateOfBirth, s.Today) && !requests.Exists(r => r.Kind == AdviceKind.PreparationForAdulthood))
        {
            yield return VisibleCase.Office(s.Today.AddDays(-1), FormattableString.Invariant($"adulthood-{round}"),
                () => new RequestAdvice(AdviceKind.PreparationForAdulthood, England.IndependentReport(s.Person.Council), "Year 9 has begun."));
        }
    }

    /// <summary>Why the council decides without what has not come; null where everything has.</summary>
    internal static string? NotWaitedFor(VisibleCase s) => ReassessmentAdvice.Awaited(s.State).Any(r => r.IsOpen) ? "They did not answer." : null;
}
