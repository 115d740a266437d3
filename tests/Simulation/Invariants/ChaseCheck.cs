using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>Late requests are chased, each step on its day, and nobody before.</summary>
internal sealed class ChaseCheck(AssessmentId id, Retelling story, Verdict verdict, TimeSpan lateness)
{
    private static readonly TimeOnly Morning = new(6, 0);

    /// <summary>A step is taken: it must be due.</summary>
    internal void Taken(ChaseStepTaken taken, DateTimeOffset at)
    {
        var request = story.Requests.GetValueOrDefault(taken.RequestId);
        var step = request is null ? null : LadderByHand.Of(request, story).FirstOrDefault(s => s.Key == taken.Step);
        verdict.Holds(
            Invariant.LateRequestsAreChased,
            step is not null && story.IsChased(request!) && step.Day <= Calendar.Day(at) && step.To == taken.ToRole && taken.Due == Retelling.DueOf(request!) && !request!.Steps.ContainsKey(taken.Step),
            id,
            $"{taken.RequestId} was chased by {taken.Step} on {Calendar.Day(at):yyyy-MM-dd}, which was not due");
    }

    /// <summary>After all that happened at one instant: every step due by now was taken, and the next one will be before the next instant.</summary>
    internal void After(DateTimeOffset at, DateTimeOffset next)
    {
        foreach (var (request, told) in story.Requests)
        {
            if (!story.IsChased(told))
            {
                continue;
            }

            foreach (var step in LadderByHand.Of(told, story))
            {
                if (told.Steps.ContainsKey(step.Key))
                {
                    continue;
                }

                var day = story.PausedUntil is { } paused && step.Day <= paused ? paused.AddDays(1) : step.Day;
                var by = day <= Calendar.Day(at) ? at : new DateTimeOffset(day.ToDateTime(Morning), TimeSpan.Zero);
                verdict.Holds(Invariant.LateRequestsAreChased, by + lateness >= next, id, $"{request} lacks {step.Key}, due {step.Day:yyyy-MM-dd}");
            }
        }
    }
}
