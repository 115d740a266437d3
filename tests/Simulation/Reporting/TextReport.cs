using System.Globalization;
using System.Text;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Invariants;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Reporting;

/// <summary>The report on one page of plain text. The same seed gives the same bytes; what it cost stands apart.</summary>
public static class TextReport
{
    private const int MaxViolations = 50;

    /// <summary>What is asked of each invariant, in words.</summary>
    public static string Words(Invariant invariant) => invariant switch
    {
        Invariant.LimitsAreRight => "limits equal an independent calculation",
        Invariant.MissesAreRecorded => "no limit missed without its record",
        Invariant.LateRequestsAreChased => "no overdue request without its escalation",
        Invariant.MessagesTakeEffectOnce => "every acknowledged message took effect once",
        Invariant.EffectsHappenOnce => "every effect happened once on the other side",
        Invariant.OneCurrentPlan => "exactly one current version of each plan",
        Invariant.TrailIsWhole => "audit trail complete, in order, and tells the state",
        Invariant.DatesAreInOrder => "no day on record before the fact it rests on",
        Invariant.NoWordIsLost => "every word of accepted advice kept, and in the plan",
        Invariant.SourcesAreTrue => "every line of a plan says its true source",
        Invariant.EachSeesTheirOwn => "everybody sees what is theirs, through every interface",
        Invariant.NoReviewIsLost => "no review of a plan is lost",
        Invariant.EverybodyHearsOfThePlan => "everybody is notified of each decision on the plan",
        Invariant.NoPlanEndsEarly => "no plan ceases before its time",
        Invariant.EveryTransferHasItsPlace => "no phase transfer without its place",
        Invariant.EveryReassessmentEnds => "every re-assessment is answered, and ends",
        Invariant.ReassessmentsAreAdvised => "every re-assessment has advice of its own",
        Invariant.PreferencesAreHeard => "every answer on a transfer is recorded",
        Invariant.TheNewBoardIsServed => "a new ICB has the plan, and what it asks for is done",
        Invariant.BudgetsAreKept => "every budget decision is recorded and paid",
        Invariant.OneHubKeepsThePlan => "a plan that moved is maintained by exactly one hub",
        Invariant.MovedPlansAreWhole => "a plan that moved arrived byte for byte, in its chain",
        Invariant.ListsAreRight => "every list and count agrees with the audit trails",
        Invariant.NoticesWereSent => "no notice sent without its letter",
        Invariant.LettersAreRight => "every letter is of its case, and whole",
        Invariant.WhatIsGivenIsThere => "what a channel accepted is in its case, once",
        Invariant.ReceiptsAreTrue => "a receipt for what is stored, else a reason",
        Invariant.NoWordStrays => "no word of advice in another child's case",
        _ => "nothing left waiting when a case is over",
    };

    private static string Words(Door door) => door switch
    {
        Door.Bus => "bus",
        Door.Fhir => "FHIR endpoint",
        Door.Web => "contributor's pages",
        _ => "straight to the inbox",
    };

    /// <summary>The part that is the same for the same seed.</summary>
    public static string Of(YearReport report)
    {
        var (tally, text) = (report.Tally, new StringBuilder());
        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
        Line($"A statutory year: {report.Requests:N0} requests{(report.Births > 0 ? FormattableString.Invariant($", and {report.Births:N0} for children of later years") : "")}, seed {report.Seed}, faults {report.Faults}{(report.Council is { } council ? $", {council}" : "")}");
        Line($"");
        Line($"Where they ended");
        foreach (var stage in Enum.GetValues<Stage>().Where(tally.Stages.ContainsKey))
        {
            Line($"  {Orchestrations.Assessments.Words.Of(stage),-34}{tally.Stages[stage],10:N0}  {Share(tally.Stages[stage], tally.Cases),7}");
        }

        Line($"");
        Line($"Timeliness");
        Line($"  decisions notified within 6 weeks  {tally.DecidedInTime,9:N0}  {Share(tally.DecidedInTime, tally.Decided),7} of {tally.Decided:N0}");
        Line($"  plans within 20 weeks, all plans   {tally.PlansInTime,9:N0}  {Share(tally.PlansInTime, tally.Plans),7} of {tally.Plans:N0}");
        var without = tally.Plans - tally.PlansWithException;
        Line($"  without those with an exception    {tally.PlansInTime - tally.PlansWithExceptionInTime,9:N0}  {Share(tally.PlansInTime - tally.PlansWithExceptionInTime, without),7} of {without:N0}");
        Line($"  plans after more than a year       {tally.PlansAfterAYear,9:N0}  {Share(tally.PlansAfterAYear, tally.Plans),7}");
        Line($"  weeks from request to plan, mean   {(tally.Plans == 0 ? 0 : tally.PlanDays / 7.0 / tally.Plans),9:F1}");
        Line($"");
        Line($"Who answers                  asked    on time      late  declined     never  mean days");
        foreach (var (kind, of) in tally.Answers)
        {
            var answered = of.OnTime + of.Late;
            Line($"  {kind,-22}{of.Asked,10:N0} {Share(of.OnTime, of.Asked),10}{Share(of.Late, of.Asked),10}{Share(of.Declined, of.Asked),10}{Share(of.Never, of.Asked),10} {(answered == 0 ? 0 : of.Days / (double)answered),10:F1}");
        }

        Line($"");
        Line($"Answers by channel           given   refused  repeated");
        foreach (var (door, at) in tally.Doors)
        {
            Line($"  {Words(door),-22}{at.Given,10:N0}{at.Refused,10:N0}{at.Repeated,10:N0}");
        }

        List(Line, "Disputes", tally.Disputes);
        if (report.Years > 0)
        {
            List(Line, FormattableString.Invariant($"Life of the plans, {report.Years} years"), tally.Lives);
        }

        List(Line, "Reminders and escalations", tally.Steps);
        List(Line, "Limits missed, each on record", tally.Missed);
        List(Line, "Inputs refused", tally.Refused);
        Line($"");
        Line($"{tally.Messages:N0} messages taken in, {tally.Events:N0} events in the audit trails, {tally.Effects:N0} effects carried out");
        Line($"");
        Line($"Invariants                                                   asked    broken");
        foreach (var invariant in Enum.GetValues<Invariant>().Where(i => report.Years > 0 || !i.IsOfLife()))
        {
            Line($"  {Words(invariant),-52}{report.Verdict.Asked(invariant),12:N0}{report.Verdict.Broken(invariant),10:N0}");
        }

        foreach (var violation in report.Verdict.Violations.OrderBy(v => v.Assessment, StringComparer.Ordinal).ThenBy(v => v.What, StringComparer.Ordinal).Take(MaxViolations))
        {
            Line($"  {violation.Assessment} {violation.Broken}: {violation.What}");
        }

        Line($"{(report.IsSound ? "Every case was lived through, and every invariant holds." : "BROKEN.")}");
        return text.ToString();
    }

    /// <summary>What it cost, on this machine and this time.</summary>
    public static string CostOf(YearReport report)
    {
        var (cost, faults) = (report.Cost, report.Cost.Faults);
        var seconds = cost.Wall.TotalSeconds;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            Cost of this run ({report.Durability}, {Environment.ProcessorCount} processors, {cost.Hubs} {(cost.Hubs == 1 ? "hub" : "hubs, each with its own store and clock")})
              {cost.Wall:hh\:mm\:ss} wall, {cost.Processor:hh\:mm\:ss} processor, {report.Tally.Cases / seconds:N0} cases/s, {faults.Operations:N0} durable operations, {faults.Operations / seconds:N0} /s, {(faults.Flushes == 0 ? 0 : faults.Operations / (double)faults.Flushes):N0} a flush
              {cost.PeakMemory / 1e6:N0} MB memory at most, {faults.BytesOnDisk / 1e6:N0} MB on disk, {(report.Tally.Cases == 0 ? 0 : faults.BytesOnDisk / report.Tally.Cases):N0} bytes a case
            Faults injected into {(cost.Hubs == 1 ? "the hub" : "the hubs")}
              {faults.FailedOperations:N0} durable operations failed, {faults.Deaths:N0} deaths of the process, {faults.Restarts:N0} new starts, {faults.Recoveries:N0} of them from a log that nobody had closed
              {faults.FullDisks:N0} full disks, {faults.ReadOnlyDisks:N0} read-only disks, {faults.DamagedPages:N0} damaged pages found and refused
              {faults.WrongDays:N0} days with a clock five minutes wrong, {faults.ClockChanges:N0} of them days on which the clocks change

            """);
    }

    internal static string Share(int part, int all) => all == 0 ? "-" : (100.0 * part / all).ToString("F1", CultureInfo.InvariantCulture) + " %";

    private static void List(Action<FormattableString> line, string title, IReadOnlyDictionary<string, int> counts)
    {
        line($"");
        line($"{title}");
        foreach (var (name, count) in counts)
        {
            line($"  {name,-34}{count,10:N0}");
        }
    }
}
