using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Population;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>Limits, and the records of those that were missed, asked at every step of the story.</summary>
internal sealed class LimitCheck(AssessmentId id, Retelling story, Verdict verdict, TimeSpan lateness)
{
    private static readonly TimeOnly Morning = new(6, 0);
    private static readonly string[] OfTheRequest = ["decideWhetherToAssess", "notifyNoPlan", "draftBy", "finalPlan"];
    private List<HandLimit> limits = [];

    /// <summary>The limits after the last instant that was asked about.</summary>
    internal IReadOnlyList<HandLimit> Now => limits;

    /// <summary>What the hub shows now, against the calculation by hand.</summary>
    internal static void Compare(CaseFile file, Retelling story, Verdict verdict)
    {
        var id = file.Loaded.State.Id;
        var hand = LimitsByHand.Of(story);
        var shown = file.Limits.Where(l => l.Limit.Due is not null).ToLookup(l => l.Limit.Key, l => l.Limit, StringComparer.Ordinal);
        foreach (var limit in hand)
        {
            // Two disputes of one case may end in the same remedy; each then has limits of its own.
            var found = shown[limit.Key].FirstOrDefault(l => l.From == limit.From) ?? shown[limit.Key].FirstOrDefault();
            verdict.Holds(
                Invariant.LimitsAreRight,
                found?.Due == limit.Due && CaseFile.Relief(found) == limit.RelievedBy,
                id,
                $"{limit.Key} is due {limit.Due:yyyy-MM-dd} relieved by [{limit.RelievedBy}], the hub says {found?.Due:yyyy-MM-dd} [{(found is null ? "" : CaseFile.Relief(found))}]");
            verdict.Holds(
                Invariant.LimitsAreRight,
                found is null || found.ReplacedOn == limit.ReplacedOn,
                id,
                $"{limit.Key} is replaced on [{limit.ReplacedOn:yyyy-MM-dd}], the hub says [{found?.ReplacedOn:yyyy-MM-dd}]");
        }

        verdict.Holds(Invariant.LimitsAreRight, shown.Sum(l => l.Count()) == hand.Count, id, $"the hub shows limits that there are not: {string.Join(' ', shown.Select(l => l.Key).Except(hand.Select(h => h.Key)))}");
    }

    /// <summary>Limits that were open before this instant and whose day lies before it.</summary>
    internal List<HandLimit> OverdueAt(DateTimeOffset at)
    {
        var day = Calendar.Day(at);
        return [.. limits.Where(l => l.Due < day && !IsRecorded(l) && Standing(l).Open)];
    }

    /// <summary>A miss is recorded: there must be one.</summary>
    internal void Recorded(LimitMissed missed, DateTimeOffset at)
    {
        var limit = LimitsByHand.Of(story).Find(l => Name(l) == missed.Limit);
        verdict.Holds(
            Invariant.MissesAreRecorded,
            limit is not null && limit.Due == missed.Due && limit.Due < Calendar.Day(at) && (Standing(limit) is { Open: true } || Standing(limit).MetOn > limit.Due),
            id,
            $"{missed.Limit} is recorded as missed, and it was not");
        verdict.Holds(
            Invariant.MissesAreRecorded,
            limit is null || string.Join(',', missed.RelievedBy.Order(StringComparer.Ordinal)) == limit.RelievedBy,
            id,
            $"{missed.Limit} is recorded with [{string.Join(',', missed.RelievedBy)}], relieved by [{limit?.RelievedBy}]");
    }

    /// <summary>After all that happened at one instant: what was overdue is recorded by now, and what will be before the next instant.</summary>
    internal void After(List<HandLimit> overdue, DateTimeOffset at, DateTimeOffset next)
    {
        limits = LimitsByHand.Of(story);
        foreach (var limit in overdue)
        {
            var now = limits.Find(l => l.Key == limit.Key && l.From == limit.From) ?? limits.Find(l => l.Key == limit.Key);
            var standing = Standing(now ?? limit);
            // What is recorded as sent on a day before the limit's was in time, though the hub heard of it late. What is replaced only after
            // the limit's day was late.
            var inTime = now?.Due != limit.Due || (now.ReplacedOn is { } replaced ? replaced <= limit.Due : !standing.Open && !(standing.MetOn > limit.Due));
            verdict.Holds(Invariant.MissesAreRecorded, inTime || IsRecorded(limit), id, $"{Name(limit)} was met after its day, and no miss is recorded");
        }

        foreach (var limit in limits)
        {
            if (IsRecorded(limit) || !Standing(limit).Open)
            {
                continue;
            }

            var by = new DateTimeOffset(limit.Due.AddDays(1).ToDateTime(Morning), TimeSpan.Zero);
            by = limit.Due < Calendar.Day(at) ? at : by;
            verdict.Holds(Invariant.MissesAreRecorded, by + lateness >= next, id, $"{Name(limit)} passed unmet and no miss was recorded by {by:yyyy-MM-dd HH:mm}");
        }
    }

    private bool IsRecorded(HandLimit limit) => story.MissedLimits.Contains((limit.Key, limit.Due));

    internal static string Name(HandLimit limit) => FormattableString.Invariant($"{limit.Key}@{limit.Due:yyyy-MM-dd}");

    /// <summary>Whether somebody has still to meet it, and when it was met; by hand, from the words of the regulations.</summary>
    internal (bool Open, DateOnly? MetOn) Standing(HandLimit limit)
    {
        var (open, met) = Unreplaced(limit);

        // Reg 15(3): whatever was not done when the plan was handed on is the other council's to do; what the council that made the plan had to do is not
        // asked of the one that took it over.
        open &= story.Life.HandedOn is null && !(story.Life.Taken is not null && OfTheRequest.Contains(limit.Key));
        return limit.ReplacedOn is { } replaced && !(met < replaced) ? (false, null) : (open, met);
    }

    private (bool Open, DateOnly? MetOn) Unreplaced(HandLimit limit)
    {
        var key = limit.Key;
        if (key.StartsWith("advice:", StringComparison.Ordinal))
        {
            var request = story.Requests.GetAlternateLookup<ReadOnlySpan<char>>()[key.AsSpan("advice:".Length)];
            return (request.IsOpen, request.AnsweredOn is { } on && !request.IsOpen ? on : null);
        }

        if (key.StartsWith("institutionResponse:", StringComparison.Ordinal))
        {
            var asked = story.Institutions.First(i => key.EndsWith(i.Key.Value, StringComparison.Ordinal)).Value;

            // An institution that is consulted on an amended plan answers until the council has decided on the amendment.
            var over = (story.FinalSentOn ?? story.Life.Taken?.IssuedOn) < asked.On
                ? story.Life.CeasedOn is not null || story.Life.Amendments.Exists(a => a.Outcome is AmendmentOutcome.Amended or AmendmentOutcome.NotAmended && a.OutcomeOn >= asked.On)
                : story.Ended;
            return (asked.AnsweredOn is null && !over, asked.AnsweredOn);
        }

        switch (key)
        {
            case "decideWhetherToAssess" when story.Ended && story.Stage != Stage.RefusedToAssess:
                // Nobody is owed the decision any more.
                return (false, BeforeTheEnd(Sent(story.WasTold(NoticeKind.WillNotAssess) ? NoticeKind.WillNotAssess : NoticeKind.WillAssess).MetOn));
            case "decideWhetherToAssess" or "notifyRefusalToAssess":
                // The first decision meets it, whatever became of that.
                return story.WasTold(NoticeKind.WillNotAssess) ? Sent(NoticeKind.WillNotAssess) : story.Assesses is not null ? Sent(NoticeKind.WillAssess) : (!story.Ended, null);
            case "notifyNoPlan" when story.Issues == true || (story.Ended && story.Stage != Stage.NoPlan):
                return (false, BeforeTheEnd(Sent(NoticeKind.NoPlan).MetOn));
            case "notifyNoPlan":
                return story.WasTold(NoticeKind.NoPlan) ? Sent(NoticeKind.NoPlan) : (story.Issues is null && !story.Ended, null);
            case "draftBy":
                var sent = story.Notices.Values.FirstOrDefault(n => n is { Kind: NoticeKind.DraftPlan, SentOn: not null })?.SentOn;
                return (sent is null && !story.Ended, sent);
            case "finalPlan":
                return (story.FinalSentOn is null && !story.Ended, story.FinalSentOn);
            case "finalPlanNotice":
                // Reg 14(2): the notice goes to the family, with its plan.
                return (false, story.SentToFamily(NoticeKind.FinalPlan));
            case "familyRepresentations" or "appeal" or "contactMediationAdviser":
                return (false, null);
            default:
                return LifeStanding.Of(limit, story) ?? DisputeStanding.Of(limit, story);
        }
    }

    private DateOnly? BeforeTheEnd(DateOnly? sent) => sent > (story.EndedOn ?? story.FinalSentOn) ? null : sent;

    /// <summary>Regs 4(1), 5(1) and 10(1) time the notice to the family alone.</summary>
    private (bool Open, DateOnly? MetOn) Sent(NoticeKind kind)
    {
        var sent = story.ToldFamily(kind, story.Received);
        return (sent is null, sent);
    }
}
