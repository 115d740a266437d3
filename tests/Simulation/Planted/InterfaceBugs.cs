using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Access;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using IntegrationHub.Simulation.Invariants;

namespace IntegrationHub.Simulation.Planted;

/// <summary>Slips in what people are shown. Cases, trails and plans are right; only what the interfaces take for the case, or for the caller, is not.</summary>
internal static class InterfaceBugs
{
    internal static IEnumerable<(string Name, Invariant By, Func<SimulationOptions, SimulationOptions> Plant)> All =>
    [
        ("a revoked link opens", Invariant.EachSeesTheirOwn, Seen(s => s with { FamilyLinks = [.. s.FamilyLinks.Select(l => l with { Revoked = false })] })),
        ("an expired link opens", Invariant.EachSeesTheirOwn, Seen(s => s with { FamilyLinks = [.. s.FamilyLinks.Select(l => l with { ExpiresOn = l.ExpiresOn.AddYears(2) })] })),
        ("a link that was given does not open", Invariant.EachSeesTheirOwn, Seen(s => s with { FamilyLinks = [] })),
        ("the family reads a plan before it is sent", Invariant.EachSeesTheirOwn, Seen(s => s with { Notices = [.. s.Notices.Select(n => n.PlanVersion is null ? n : n with { SentOn = n.SentOn ?? n.PlannedOn })] })),
        ("the family reads advice that was corrected or returned", Invariant.EachSeesTheirOwn, Seen(s => s with { Advice = [.. s.Advice.Select(a => a with { Returned = false, CorrectedBy = null, RetractedOn = null })] })),
        ("the family is not shown a draft that was sent to it", Invariant.EachSeesTheirOwn, Seen(s => s with { Notices = [.. s.Notices.Select(n => n.PlanVersion is null ? n : n with { SentOn = null })] })),
        ("who only pushed sees the case", Invariant.EachSeesTheirOwn, Seen(s => s with { Existing = [.. s.Existing.Select(e => e with { AgreedBy = [AgreeingParty.Council] })] })),
        ("a board sees a case before there is a plan", Invariant.EachSeesTheirOwn, Seen(s => s.Plans.Count > 0 ? s : s with { Plans = [new PlanVersion(9, Contracts.Plans.PlanKind.Draft, s.Facts!.ReceivedOn, "")] })),
        ("who declined still knows the child", Invariant.EachSeesTheirOwn, Seen(s => s with { Requests = [.. s.Requests.Select(r => r.Status == RequestStatus.Declined ? r with { Status = RequestStatus.Accepted } : r)] })),
        ("a trust is taken for its board", Invariant.EachSeesTheirOwn, Callers(c => c.Agency is { } trust && trust.Value.StartsWith("ods:RC", StringComparison.Ordinal) ? c with { Agency = BoardOf(trust) } : c)),
        ("the officer of one council is taken for that of any", Invariant.EachSeesTheirOwn, Callers(c => c is { Role: CallerRole.CouncilOfficer, Council: not null } ? c with { Council = Northbridge } : c)),
        ("needsAttention=true lists every case", Invariant.ListsAreRight, Lists(q => q with { NeedsAttention = q.NeedsAttention == true ? null : q.NeedsAttention })),
        ("open=false lists every case", Invariant.ListsAreRight, Lists(q => q with { Open = q.Open == false ? null : q.Open })),
        ("the officer's name is no filter", Invariant.ListsAreRight, Lists(q => q with { CaseOfficer = null })),
        ("an agency's list holds cases in which it was not asked", Invariant.ListsAreRight, Lists(q => q with { Agency = null, Council = q.Council ?? Northbridge })),
        ("one stage lists every stage", Invariant.ListsAreRight, Lists(q => q with { Stage = q.Stage == Stage.Assessing ? null : q.Stage })),
        ("a limited viewer's lists and counts hold every council", Invariant.ListsAreRight, Callers(c => c.Role is CallerRole.Operator or CallerRole.OperationsReader ? c with { Council = null } : c)),
        ("the first case of a list is missing", Invariant.ListsAreRight, o => o with { AroundInterfaces = s => new BuggyStore(s) { Page = p => p with { Items = [.. p.Items.Skip(1)] } } }),
    ];

    private static LocalAuthorityCode Northbridge { get; } = LocalAuthorityCode.TryParse("301", out var code, out var problem) ? code : throw new InvalidDataException(problem);

    private static AgencyId BoardOf(AgencyId trust) =>
        AgencyId.TryParse(FormattableString.Invariant($"ods:QB{int.Parse(trust.Value.AsSpan(6), System.Globalization.CultureInfo.InvariantCulture) / 4:D2}"), out var id, out var problem) ? id : throw new InvalidDataException(problem);

    private static Func<SimulationOptions, SimulationOptions> Seen(Func<AssessmentState, AssessmentState> change) =>
        o => o with { AroundInterfaces = s => new BuggyStore(s) { Loaded = l => l.State.Facts is null ? l : l with { State = change(l.State) } } };

    private static Func<SimulationOptions, SimulationOptions> Lists(Func<SummaryQuery, SummaryQuery> change) => o => o with { AroundInterfaces = s => new BuggyStore(s) { Query = change } };

    private static Func<SimulationOptions, SimulationOptions> Callers(Func<TokenRequest, TokenRequest> change) => o => o with { AroundCallers = change };
}
