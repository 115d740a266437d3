using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What agencies say without having been asked. It is put before the case officer; nothing is decided by it.</summary>
internal static class Unasked
{
    /// <summary>
    /// A closure is only proposed: whether it made keeping a limit impractical is the council's to judge (regs 5(4), 8(2), 10(4), 13(3)).
    /// One that meets no limit's window changes nothing.
    /// </summary>
    internal static void Closure(Deciding d, NoteSchoolClosure input)
    {
        if (!Form.Open(d)
            || !Form.Id(d, input.ClosureId, "The closure's id")
            || !d.Require(input.To >= input.From, "ends-before-it-begins", "The closure ends before it begins.")
            || !d.Require(d.State.Requests.Any(r => r.Agency?.Id == input.School), "not-asked", "This school was not asked for advice in this assessment."))
        {
            return;
        }

        var ground = d.Facts.SettingKind == SettingKind.EarlyYearsProvider ? Ground.EarlyYearsProviderClosed : Ground.SchoolClosed;
        var relieved = Clock.WouldRelieve(new ExceptionFact(ground, input.From, input.To), ClockFacts.Of(d.State), d.Rules.Law, d.Rules.Counting)
            .Where(limit => Limits.Progress(limit, d.State, d.Today).Standing is LimitStanding.Open or LimitStanding.Missed or LimitStanding.MetLate)
            .Select(limit => limit.Key).ToList();
        if (relieved.Count > 0)
        {
            d.AskAttention(
                $"closure-{input.ClosureId}",
                $"The school published that it is closed from {Words.Day(input.From, true)} to {Words.Day(input.To, true)}. Where that made it impractical to keep {string.Join(", ", relieved)}, claim the exception; the hub does not.");
        }
    }

    /// <summary>An assessment was pushed that may be about this child; whose it is, a person says.</summary>
    internal static void Pushed(Deciding d, NotePushedAssessment input)
    {
        if (Form.Open(d) && Form.Id(d, input.PushId, "The message's id"))
        {
            d.AskAttention(
                PushedId(input.PushId),
                $"{input.From} sent {Words.Of(input.Kind)} that nobody asked for and that may be about this child; it could not be attached by itself. Look at it under pushed-assessments/{input.PushId}, and attach or dismiss it.");
        }
    }

    /// <summary>Also after the assessment has ended: what a person decided stays on record, and nothing waits that cannot come any more.</summary>
    internal static void Settle(Deciding d, SettlePushedAssessment input)
    {
        var waits = d.State.Attention.Any(a => a.Id == PushedId(input.PushId));
        if (!Form.Id(d, input.PushId, "The message's id")
            || !Form.Text(d, input.Reason, "The reason")
            || !d.Require(
                input.Outcome != PushedOutcome.Attached || d.State.Existing.Any(x => x.Id == PushedId(input.PushId)),
                "not-attached",
                "The pushed assessment is not among the existing advice of this assessment.")
            || !d.Require(input.Outcome == PushedOutcome.Attached || waits, "unknown-attention", "Nothing with this id waits for a person."))
        {
            return;
        }

        d.Happened(new PushedAssessmentSettled(input.PushId, input.Outcome, input.Reason, input.By));
        if (waits)
        {
            d.Happened(new AttentionResolved(PushedId(input.PushId), input.Outcome switch
            {
                PushedOutcome.Attached => "attached",
                PushedOutcome.Dismissed => "dismissed",
                _ => "settled without this assessment",
            }));
        }
    }

    /// <summary>Under which id a pushed assessment stands here: as a matter for a person, and as existing advice once it is attached.</summary>
    internal static string PushedId(string pushId) => $"pushed-{pushId}";
}
