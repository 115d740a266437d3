namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// One assessment from its opening to its end, as pure functions. <see cref="Decide"/> returns what follows from an input,
/// <see cref="DecideDue"/> returns what follows from the passing of time, and <see cref="Evolve"/> returns the state afterwards. Nothing
/// else changes an assessment.
/// </summary>
public static class Assessment
{
    /// <summary>Decides what follows from <paramref name="input"/>, without ever throwing. An input that is not lawful or not possible now
    /// is refused and changes nothing.</summary>
    /// <param name="state">The state of the assessment, or <see cref="AssessmentState.None"/> if the assessment has not been
    /// opened.</param>
    /// <param name="input">The input.</param>
    /// <param name="by">Who sends the input. Whether the sender has access to the assessment has already been checked.</param>
    /// <param name="now">The present instant.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="nothingMissedUntil">The day before which every time limit that was not met is already recorded as missed, if the
    /// caller knows that day.</param>
    public static Decision Decide(AssessmentState state, AssessmentInput input, Actor by, DateTimeOffset now, Rules rules, DateOnly? nothingMissedUntil = null)
    {
        var d = new Deciding(state, by, now, rules);
        var step = StepCatalogue.Of(input);
        if (d.Require(step.Senders.Contains(by.Role), "not-the-sender", "You cannot send this in your role.")
            && (input is IOpensCase || d.Require(state.Facts is not null, "not-open", "There is no such assessment."))
            && step.Dates.All(day => day.Holds(d, input)))
        {
            input.Decide(d);
        }

        if (d.ChangesSomething && state.Facts is not null && !step.Corrects)
        {
            var on = step.DayOf(input) ?? d.Today;
            if (!(on < nothingMissedUntil))
            {
                EndedLate.Record(d, state, on);
            }
        }

        return d.Close();
    }

    /// <summary>Decides what has fallen due by <paramref name="now"/> (reminders, escalations, time limits that were not met) and when
    /// to check again.</summary>
    public static Decision DecideDue(AssessmentState state, DateTimeOffset now, Rules rules)
    {
        if (state.Facts is null)
        {
            return new Decision { Events = [], Effects = [], After = state };
        }

        var d = new Deciding(state, Actor.TheHub, now, rules);
        var limits = Limits.All(state, rules);
        Chasing.TakeDueSteps(d);
        DutyChasing.TakeDueSteps(d, limits);
        Limits.RecordMissed(d, limits);
        CeasingPlan.AskWhenTimeEnded(d);
        RightsSwitch.TellWhenPassed(d);

        // No time limit starts from anything that was recorded above, so the limits calculated before it still apply.
        return d.Close(WakeUp.Next(d.State, d.Today, limits, rules), limits);
    }

    /// <summary>
    /// The state after an event. Every event is accepted, because an event is a fact and today's code must also read the events of old
    /// assessments.
    /// </summary>
    public static AssessmentState Evolve(AssessmentState state, AssessmentEvent happened) => happened.After(state);

    /// <summary>The state after all of these events.</summary>
    public static AssessmentState Replay(AssessmentState state, IEnumerable<AssessmentEvent> events) => events.Aggregate(state, Evolve);
}
