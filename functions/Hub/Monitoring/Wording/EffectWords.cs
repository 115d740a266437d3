using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;

namespace IntegrationHub.Functions.Monitoring.Wording;

/// <summary>Describes effects in plain words.</summary>
public static class EffectWords
{
    /// <summary>
    /// The reason why an effect is due when it is, such as "8 working days after the last day", or null if there is no particular reason.
    /// </summary>
    public static string? Why(AssessmentState state, Effect effect, ChaseLadder ladder)
    {
        var (id, step) = effect switch
        {
            SendReminder e => (e.RequestId, e.Step),
            SendEscalation e => (e.RequestId, e.Step),
            _ => (null, ""),
        };
        return state.Requests.FirstOrDefault(r => r.Id == id) is not { } request ? null
            : ladder.Find(request, step) is { } taken ? MonitorWords.WhenStepIsDue(taken, ladder)
            : "on request";
    }

    /// <summary>The state of an effect, such as "Done, after 2 attempts" or "Needs an operator, after 1 attempt".</summary>
    public static string Status(EffectRecord e) => e.End switch
    {
        EffectOutcome.Done => e.Attempts > 1 ? FormattableString.Invariant($"Done, after {e.Attempts} attempts") : "Done",
        EffectOutcome.Permanent => $"Failed permanently, after {Attempts(e.Attempts)}",
        EffectOutcome.NoChannel => "Not sent: no channel is set up",
        EffectOutcome.NeedsHuman => $"Needs an operator, after {Attempts(e.Attempts)}",
        _ when e.Attempts == 0 => e.NextAt is { } first ? $"Planned for {MonitorWords.At(first)}" : "Planned",
        _ => $"Not done yet, after {Attempts(e.Attempts)}{(e.NextAt is { } next ? $"; tried again {MonitorWords.At(next)}" : "")}",
    };

    private static string Attempts(int attempts) => FormattableString.Invariant($"{attempts} attempt{(attempts == 1 ? "" : "s")}");
}
