using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Simulation.Planted;

/// <summary>Slips in what follows a disputed decision: limits, their misses, and who is reminded of them.</summary>
internal static class DisputeBugs
{
    /// <summary>Many more disputes than England has, so that a small year has every kind.</summary>
    private const double Disputed = 8;

    internal static readonly IReadOnlyDictionary<string, Func<SimulationOptions, SimulationOptions>> All = new Dictionary<string, Func<SimulationOptions, SimulationOptions>>(StringComparer.Ordinal)
    {
        // Rules.
        ["an order to amend may take six weeks"] = Bugs.Law(rules => Bugs.Rule(rules, "orderAmendedPlan")["length"] = 6),
        ["a concession to assess may take fifteen weeks"] = Bugs.Law(rules => Bugs.Rule(rules, "concessionFinalPlan")["length"] = 15),
        ["a mediation agreement is carried out in three weeks"] = Bugs.Law(rules => Bugs.Rule(rules, "carryOutMediationAgreement")["length"] = 3),
        ["August counts for the council's response"] = Bugs.Law(rules => Bugs.Rule(rules, "appealResponse")["tribunalTime"] = false),
        ["an order leaves the first twenty weeks in force"] = Bugs.Law(rules => Bugs.Rule(rules, "orderFinalPlan").AsObject().Remove("replaces")),
        ["a refusal taken back gives twenty weeks again"] = Bugs.Law(rules => Bugs.Rule(rules, "reversalFinalPlan")["length"] = 20),
        ["the day that the parties agreed is ignored"] = Larger(rules =>
        {
            foreach (var key in new[] { "agreementAmendedPlan", "agreementNameInstitution", "agreementFinalPlan", "agreementNotifyAssessment" })
            {
                Bugs.Rule(rules, key)["noOtherDay"] = true;
            }
        }),
        ["a recommendation is answered in eight weeks"] = Larger(rules => Bugs.Rule(rules, "recommendationAnswer")["length"] = 8),
        ["health issues reach the ICB within a week"] = Bugs.Law(rules => Bugs.Rule(rules, "passHealthIssuesToIcb")["length"] = 5),
        ["the certificate gives no month to appeal"] = Bugs.Law(rules => Bugs.Rule(rules, "appeal").AsObject().Remove("orIfLater")),

        // Decisions and their folding.
        ["a concession after the response counts as one before it"] = Bugs.Events(e => e is AppealNoted { Step: AppealStep.Conceded } conceded ? conceded with { InTime = true } : e),
        ["a concession before the response counts as one after it"] = Bugs.Events(e => e is AppealNoted { Step: AppealStep.Conceded } conceded ? conceded with { InTime = false } : e),
        ["the miss of an ordered limit is not recorded"] = Bugs.Turns(t => Bugs.Without(t, e => e is LimitMissed missed && missed.Limit.StartsWith("order", StringComparison.Ordinal))),
        ["the head of service never hears of an overdue duty"] = Bugs.Turns(t => Bugs.Without(t, e => e is DutyChased { Step: "duty-overdue-head-of-service" })),
        ["every step is told to the officer at once"] = Bugs.Events(e => e is DutyChased chased ? chased with { Told = true } : e),
        ["a reminder of a duty is recorded and not sent"] = Bugs.Turns(t => t with { Effects = [.. t.Effects.Where(e => e.Effect is not RemindOfDuty)] }),
        ["a reversal is dated before the refusal"] = Bugs.Events(e => e is RefusalReversed reversed ? reversed with { On = reversed.On.AddDays(-200) } : e),
        ["an order is dated before its appeal"] = Bugs.Events(e => e is AppealNoted { Step: AppealStep.Ordered } ordered ? ordered with { On = ordered.On.AddDays(-300) } : e),
        ["a decision that was sent back stays as it was"] = Bugs.Turns(t => Bugs.Without(t, e => e is DecisionReopened)),
        ["the state forgets what was done"] = Bugs.Turns(t => t with { State = t.State with { Acts = [] } }),
    }.ToDictionary(bug => bug.Key, bug => new Func<SimulationOptions, SimulationOptions>(o => bug.Value(o with { Disputed = Disputed })), StringComparer.Ordinal);

    /// <summary>A slip in what is rare even so.</summary>
    private static Func<SimulationOptions, SimulationOptions> Larger(Action<System.Text.Json.Nodes.JsonNode> change) => o => Bugs.Law(change)(o with { Requests = 360 });
}
