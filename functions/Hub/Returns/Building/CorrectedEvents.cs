using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Returns.Building;

/// <summary>
/// The events of a case, with corrections applied. An event that was recorded with the wrong date is given the right date, and an event
/// that did not happen is left out.
/// </summary>
internal static class CorrectedEvents
{
    internal static List<AssessmentEvent> Of(IEnumerable<RecordedEvent> events)
    {
        var happened = new List<AssessmentEvent>();
        foreach (var recorded in events)
        {
            if (recorded.What is RecordCorrected mistake)
            {
                Correct(happened, mistake);
            }
            else
            {
                happened.Add(recorded.What);
            }
        }

        return happened;
    }

    private static void Correct(List<AssessmentEvent> happened, RecordCorrected mistake)
    {
        var named = mistake.Named(Enumerable.Range(0, happened.Count).Where(n => IsAbout(happened[n], mistake)));
        foreach (var n in named.OrderDescending())
        {
            if (mistake.On is { } day)
            {
                happened[n] = Moved(happened[n], day);
            }
            else
            {
                happened.RemoveAt(n);
            }
        }
    }

    // The dates of notices are taken from the case's state, which includes corrections.
    private static bool IsAbout(AssessmentEvent what, RecordCorrected mistake) => (what, mistake.Record) switch
    {
        (MediationNoted noted, MistakenRecord.Mediation) => noted.On == mistake.WasOn && Is(noted.Step, mistake.Which),
        (AppealNoted noted, MistakenRecord.Appeal) => noted.On == mistake.WasOn && Is(noted.Step, mistake.Which),
        (ActRecorded { Done: var done }, MistakenRecord.Act) => done.On == mistake.WasOn && Is(done.Act, mistake.Which),
        (RequestWithdrawn withdrawn, MistakenRecord.Withdrawal) => withdrawn.On == mistake.WasOn,
        (MovedToAnotherCouncil moved, MistakenRecord.Move) => mistake.Which != RecordCorrected.Aware && moved.MovedOn == mistake.WasOn,
        (PlanCeased ceased, MistakenRecord.Ceasing) => ceased.On == mistake.WasOn,
        _ => false,
    };

    private static AssessmentEvent Moved(AssessmentEvent what, DateOnly day) => what switch
    {
        MediationNoted noted => noted with { On = day },
        AppealNoted noted => noted with { On = day },
        ActRecorded { Done: var done } => new ActRecorded(done with { On = day }),
        RequestWithdrawn withdrawn => withdrawn with { On = day },
        MovedToAnotherCouncil moved => moved with { MovedOn = day },
        PlanCeased ceased => ceased with { On = day },
        _ => what,
    };

    private static bool Is<T>(T word, string? which)
        where T : struct, Enum => Enum.TryParse<T>(which, ignoreCase: true, out var said) && EqualityComparer<T>.Default.Equals(said, word);
}
