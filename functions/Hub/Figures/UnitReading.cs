using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Institutions;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Functions.Returns.Building;
using IntegrationHub.Functions.Returns.Stored;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Figures;

/// <summary>
/// Reads the units that the figures count, such as requests, from the persons in a stored return. Nothing is worked out a second time:
/// outcomes, days and flags are taken from the return, so that the hub's figures agree with the figures that DfE makes from the same return.
/// </summary>
/// <param name="period">The year of the return.</param>
/// <param name="layout">The layout of the return, which lists its codes.</param>
/// <param name="rules">The council's rules, which give the lengths of the time limits.</param>
/// <param name="schools">The register of schools, or null if none was imported. Without the register, a school's kind is not known.</param>
internal sealed class UnitReading(ReturnPeriod period, Sen2Layout layout, Rules rules, LoadedRegister? schools)
{
    private const string FinalPlan = "finalPlan";
    private const string Decision = "decideWhetherToAssess";
    private const string NoPlan = "notifyNoPlan";
    private const string Review = "annualReview";
    private const string ReviewDecision = "reviewDecision";

    internal IEnumerable<FigureUnit> Of(StoredPerson stored)
    {
        var person = new PersonItems(stored);
        foreach (var request in person.Blocks("Requests"))
        {
            if (request.Day("ReceivedDate") is not { } received)
            {
                continue;
            }

            var started = request.Block("Assessment")?.Block("NamedPlan")?.Day("StartDate");
            var values = Values(person, request, received, started);
            if (period.Holds(received))
            {
                yield return Request(request, received, values);
            }

            if (request.Block("Assessment") is { } assessment)
            {
                if (assessment["AssessmentOutcome"] != layout.Rule("outcomeBefore"))
                {
                    yield return Assessment(assessment, received, values);
                }

                if (started is { } issued && period.Holds(issued) && IsOwnPlan(assessment, request.Block("ActivePlans")))
                {
                    yield return NewPlan(assessment, received, issued, values);
                }
            }

            if (request.Block("ActivePlans") is { } active)
            {
                yield return Plan(active, started, values);
            }
        }
    }

    /// <summary>
    /// Whether this council made the plan. If a plan followed a refusal to issue one, the outcome of the assessment is still the refusal,
    /// or the code for an outcome in an earlier year. A plan that another council transferred has that code for an earlier year too.
    /// </summary>
    private bool IsOwnPlan(PersonItems assessment, PersonItems? active)
    {
        var outcome = assessment["AssessmentOutcome"];
        return outcome == layout.Rule("outcomeYes") || outcome == layout.Rule("outcomeNo")
            || (outcome == layout.Rule("outcomeBefore") && active is not null && active["TransferLA"] is null);
    }

    /// <summary>The last day of a statutory time limit, counted in whole days from the event that starts it, as the statistics count
    /// it.</summary>
    private DateOnly LastDay(string rule, DateOnly from)
    {
        var limit = rules.LawOn(from).Rule(rule);
        return limit.Unit switch
        {
            LengthUnit.Weeks => from.AddDays(7 * limit.Length!.Value),
            LengthUnit.Months => from.AddMonths(limit.Length!.Value),
            _ => from.AddDays(limit.Length!.Value),
        };
    }

    private FigureUnit Request(PersonItems request, DateOnly received, IReadOnlyDictionary<string, string> values)
    {
        var counts = new List<string> { Outcome(request["RequestOutcome"], "requestsToAssess", "requestsNotToAssess", "requestsUndecided", "requestsWithdrawn") };
        if (request.Day("RequestOutcomeDate") is { } told)
        {
            counts.Add(told <= LastDay(Decision, received) ? "requestsInTime" : "requestsLate");
        }

        AddIf(counts, request.Flag("RYA"), "requestsInYouthAccommodation");
        AddFlags(counts, request, "RequestMediation", "RequestTribunal", "request");
        return new(Measures.Requests, counts, values);
    }

    private FigureUnit Assessment(PersonItems assessment, DateOnly received, IReadOnlyDictionary<string, string> values)
    {
        var counts = new List<string> { Outcome(assessment["AssessmentOutcome"], "plansAgreed", "noPlan", "assessmentsUndecided", "assessmentsWithdrawn") };
        if (counts[0] == "noPlan" && assessment.Day("AssessmentOutcomeDate") is { } told)
        {
            counts.Add(told <= LastDay(NoPlan, received) ? "noPlanInTime" : "noPlanLate");
        }

        AddFlags(counts, assessment, "AssessmentMediation", "AssessmentTribunal", "assessment");
        AddFlags(counts, assessment, "OtherMediation", "OtherTribunal", "other");
        return new(Measures.Assessments, counts, values);
    }

    private FigureUnit NewPlan(PersonItems assessment, DateOnly received, DateOnly started, IReadOnlyDictionary<string, string> values)
    {
        var span = started <= LastDay(FinalPlan, received) ? 0 : started <= received.AddYears(1) ? 1 : 2;
        return new(
            Measures.NewPlans, assessment.Flag("Week20") ? [Measures.Spans[span]] : [Measures.Spans[span], Measures.NoException, Measures.SpansNoException[span]], values,
            started.DayNumber - received.DayNumber);
    }

    private FigureUnit Plan(PersonItems active, DateOnly? started, IReadOnlyDictionary<string, string> values)
    {
        // A review is expected if, by the end of the year, the plan had been in force for the full period within which a review is due.
        var expected = started is null || LastDay(Review, started.Value) <= period.Last;
        var counts = new List<string> { expected ? Measures.ReviewExpected : "reviewNotExpected" };
        if (expected)
        {
            var (held, decided) = (active.Day("ReviewMeeting"), active.Day("LastReview"));
            counts.Add(held is null ? "reviewNone" : Measures.ReviewHeld);
            if (held is { } on)
            {
                counts.Add(on > period.Last ? "reviewAfterYear" : on < period.First ? "reviewBeforeYear" : Measures.ReviewInYear);
                if (decided >= on)
                {
                    counts.Add(decided <= LastDay(ReviewDecision, on) ? Measures.DecidedInTime : Measures.DecidedLate);
                }
            }
        }

        return new(Measures.Plans, counts, values);
    }

    private Dictionary<string, string> Values(PersonItems person, PersonItems request, DateOnly received, DateOnly? started)
    {
        var born = person.Day("PersonBirthDate");
        var active = request.Block("ActivePlans");
        var place = (active?.Blocks("PlacementDetail") ?? request.Block("Assessment")?.Block("NamedPlan")?.Blocks("PlanDetail") ?? [])
            .Where(one => !(one.Day("LeavingDate") < period.Census)).OrderBy(one => one["PlacementRank"], StringComparer.Ordinal)
            .ThenByDescending(one => one["EntryDate"], StringComparer.Ordinal).FirstOrDefault();
        var (kind, setting) = PlaceOf(place);
        return new(StringComparer.Ordinal)
        {
            [Dimensions.Sex] = person["Sex"] is "F" or "M" ? person["Sex"]! : Dimensions.Unknown,
            [Dimensions.Need] = active?.Blocks("SENneed").OrderBy(one => one["SENtypeRank"], StringComparer.Ordinal).FirstOrDefault()?["SENtype"] ?? Dimensions.Unknown,
            [Dimensions.Place] = kind,
            [Dimensions.Setting] = setting,
            [Dimensions.AgeAtRequest] = Dimensions.AgeOn(born, received),
            [Dimensions.AgeAtStart] = started is { } start ? Dimensions.AgeOn(born, start) : Dimensions.Unknown,
            [Dimensions.AgeAtCensus] = Dimensions.AgeOn(born, period.Census),
        };
    }

    private (string Kind, string Setting) PlaceOf(PersonItems? place)
    {
        var setting = place?["SENSetting"];
        if (setting is not null)
        {
            return (setting == "EYP" ? "earlyYears" : "elsewhere", setting);
        }

        var type = place?["URN"] is { } number && Urn.TryParse(number, out var urn, out _) ? schools?.Find(urn)?.Type : null;
        var kind = type is null ? null : FigureLayout.Newest.Places.FirstOrDefault(one => one.Value.Contains(type, StringComparer.OrdinalIgnoreCase)).Key;
        return (kind ?? (place?["UKPRN"] is null ? Dimensions.Unknown : "furtherEducation"), "");
    }

    private string Outcome(string? code, string yes, string no, string open, string withdrawn) =>
        code == layout.Rule("outcomeYes") ? yes : code == layout.Rule("outcomeNo") ? no : code == layout.Rule("outcomeWithdrawn") ? withdrawn : open;

    private static void AddFlags(List<string> counts, PersonItems block, string mediation, string tribunal, string of)
    {
        AddIf(counts, block.Flag(mediation), $"{of}Mediation");
        AddIf(counts, block.Flag(tribunal), $"{of}Tribunal");
        AddIf(counts, block.Flag(mediation) && block.Flag(tribunal), $"{of}MediationAndTribunal");
    }

    private static void AddIf(List<string> counts, bool holds, string what)
    {
        if (holds)
        {
            counts.Add(what);
        }
    }
}
