using System.Text.Json;
using System.Text.Json.Nodes;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;
using IntegrationHub.Simulation.Invariants;

namespace IntegrationHub.Simulation.Planted;

/// <summary>Mistakes in moves between two hubs. Each is found by the invariant that checks for it.</summary>
internal static class MoveBugs
{
    /// <summary>Few plans of which most move.</summary>
    internal static readonly SimulationOptions Lives = LifeBugs.Lives with { Requests = 9, Seed = 3, Moving = 0.9 };

    internal static readonly IReadOnlyDictionary<string, (Invariant By, Func<SimulationOptions, SimulationOptions> Plant)> All = new Dictionary<string, (Invariant By, Func<SimulationOptions, SimulationOptions> Plant)>(StringComparer.Ordinal)
    {
        // Limits of reg 15.
        ["the plan is to be handed on within 20 working days of hearing of the move"] = (Invariant.LimitsAreRight, Bugs.Law(law => Bugs.Rule(law, "transferPlan")["ifUnaware"]!["length"] = 20)),
        ["the new council tells the family within eight weeks"] = (Invariant.LimitsAreRight, Bugs.Law(law => Bugs.Rule(law, "transferInform")["length"] = 8)),
        ["the new council reviews a year after the transfer"] = (Invariant.LimitsAreRight, Bugs.Law(law => Bugs.Rule(law, "transferReview")["orIfLater"]!["length"] = 12)),
        ["a plan that was handed on late is not on record"] = (Invariant.MissesAreRecorded, Bugs.Turns(turn => Bugs.Without(turn, e => e is LimitMissed { Limit: var limit } && limit.StartsWith("transferPlan@", StringComparison.Ordinal)))),
        ["nobody is reminded to hand the plan on"] = (Invariant.LateRequestsAreChased, Bugs.Turns(turn => Bugs.Without(turn, e => e is DutyChased { Limit: var limit } && limit.StartsWith("transferPlan@", StringComparison.Ordinal)))),

        ["the family has no letter about the transfer"] = (Invariant.EverybodyHearsOfThePlan, o => o with { AroundStore = s => new BuggyStore(s) { Drop = e => e is NoticePlanned { Notice.Kind: NoticeKind.TransferTold } } }),

        // Who keeps the plan.
        ["the council that handed the plan on keeps it"] = (Invariant.OneHubKeepsThePlan, o => o with { AroundStore = s => new BuggyStore(s) { Drop = e => e is ActRecorded { Done.Act: Act.PlanHandedOn } } }),
        ["the new council opens a case without the plan"] = (Invariant.OneHubKeepsThePlan, o => o with { AroundStore = s => new BuggyStore(s) { Drop = e => e is PlanTakenOver } }),
        ["a package that was changed on its way is not taken, and nobody asks for another"] = (Invariant.OneHubKeepsThePlan, o => o with { AroundPackage = Damaged }),

        // What arrives.
        ["a line of the plan loses its last words when it is taken over"] = (Invariant.MovedPlansAreWhole, Entered(line => line with { Text = line.Text[..^4] })),
        ["provision that is taken over loses how long it lasts"] = (Invariant.MovedPlansAreWhole, Entered(line => line with { HowLong = null })),
        ["the last review is forgotten on the way"] = (Invariant.MovedPlansAreWhole, Bugs.Events(e => e is PlanTakenOver taken ? taken with { Plan = taken.Plan with { LastReviewedOn = null, NeverReviewed = true } } : e)),
        ["the day of the transfer is that of the entry in the calendar"] = (Invariant.MovedPlansAreWhole, Bugs.Events(e => e is PlanTakenOver taken ? taken with { Plan = taken.Plan with { TransferredOn = taken.Plan.TransferredOn?.AddDays(1) } } : e)),
        ["what is kept of a version is cut short"] = (Invariant.MovedPlansAreWhole, o => o with { AroundDocuments = documents => new BuggyDocuments(documents) { Read = (name, bytes) => name.Contains("/attachments/", StringComparison.Ordinal) ? bytes[..^1] : bytes } }),
        ["the version that came with the plan falls out of the chain"] = (Invariant.MovedPlansAreWhole, o => o with { AroundDocuments = documents => new BuggyDocuments(documents) { Replaced = WithoutFirst } }),
    };

    private static Func<SimulationOptions, SimulationOptions> Entered(Func<PlanLine, PlanLine> change) => Bugs.Events(e => e is PlanTextEntered entered && Changed(entered.Document, change) is var plan
        ? entered with { Document = plan, ContentHash = PlanJson.ContentHash(PlanJson.Canonical(plan)) } : e);

    private static PlanDocument Changed(PlanDocument plan, Func<PlanLine, PlanLine> change) =>
        plan with { Sections = [.. plan.Sections.Select(s => s with { Lines = [.. s.Lines.Select(change)] })] };

    /// <summary>A chain that began with a final plan, which is one that came from elsewhere, loses it with the next version.</summary>
    private static byte[] WithoutFirst(string name, byte[] bytes)
    {
        var manifest = name.EndsWith("/manifest.json", StringComparison.Ordinal) ? JsonNode.Parse(bytes) : null;
        if (manifest?["entries"] is not JsonArray { Count: > 1 } entries || entries[0]!["kind"]!.GetValue<string>() != "final")
        {
            return bytes;
        }

        entries.RemoveAt(0);
        return JsonSerializer.SerializeToUtf8Bytes(manifest);
    }

    private static byte[] Damaged(byte[] package)
    {
        var changed = package.ToArray();
        changed[changed.Length / 2] ^= 1;
        return changed;
    }
}
