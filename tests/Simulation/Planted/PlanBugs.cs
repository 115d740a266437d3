using System.Collections.Concurrent;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Invariants;

namespace IntegrationHub.Simulation.Planted;

/// <summary>
/// Slips in what a case and its plan say. Each event is changed before it is folded, and a plan's hash is that of the changed plan, so
/// that trail, state and shelf agree.
/// </summary>
internal static class PlanBugs
{
    internal static IEnumerable<(string Name, Invariant By, Func<AssessmentEvent, AssessmentEvent> Change)> All =>
    [
        ("the text of advice is cut short", Invariant.NoWordIsLost, e => e is AdviceReceived { Advice.Content: { Views: [var first, ..] } content } got
            ? got with { Advice = got.Advice with { Content = content with { Views = [first with { Text = first.Text[..^12] }, .. content.Views.Skip(1)] } } } : e),
        ("the second view of the family is lost", Invariant.NoWordIsLost, e => e is AdviceReceived { Advice.Content: { Views.Count: > 1 } content } got
            ? got with { Advice = got.Advice with { Content = content with { Views = [content.Views[0]] } } } : e),
        ("what a doctor says beside the lines is lost", Invariant.NoWordIsLost, e => e is AdviceReceived { Advice.Content: { Notes.Count: > 0 } content } got
            ? got with { Advice = got.Advice with { Content = content with { Notes = [] } } } : e),
        ("how long provision lasts is missing from the plan", Invariant.NoWordIsLost, Lines(line => line with { HowLong = null })),
        ("the second advice of one kind is missing from the plan", Invariant.NoWordIsLost, Plan(WithoutSeconds)),
        ("section K lists no advice of the family", Invariant.NoWordIsLost, Sections(s => s.Letter == PlanSectionLetter.K ? s with { Lines = [.. s.Lines.Where(l => l.From.Agency is not null)] } : s)),
        ("health needs stand among those of education", Invariant.NoWordIsLost, Plan(HealthAmongEducation)),
        ("advice loses its agency", Invariant.SourcesAreTrue, e => e is AdviceReceived { Advice.Agency: not null } got ? got with { Advice = got.Advice with { Agency = null } } : e),
        ("an outcome's source loses its agency", Invariant.SourcesAreTrue, Sections(s => s.Letter == PlanSectionLetter.E ? s with { Lines = [.. s.Lines.Select(l => l with { From = l.From with { Agency = null } })] } : s)),
        ("a source loses its agency's name", Invariant.SourcesAreTrue, Lines(l => l with { From = l.From with { AgencyName = null } })),
        ("a source names another request", Invariant.SourcesAreTrue, Lines(l => l.From.Request is null ? l : l with { From = l.From with { Request = "another-1" } })),
        ("a source is dated the day on which the plan was put together", Invariant.SourcesAreTrue, Plan(p => Each(p, l => l.From.Kind is null ? l : l with { From = l.From with { ReceivedOn = p.PreparedOn } }))),
        ("a source has the council as its author", Invariant.SourcesAreTrue, Lines(l => l with { From = l.From with { Author = "officer", AuthorRole = "Case officer of the council" } })),
        ("another case's advice stands in the plan", Invariant.SourcesAreTrue, WithAnotherCase()),
        ("advice that was corrected or taken back stays in the plan that is issued again", Invariant.SourcesAreTrue, WithWhatIsOver()),
    ];

    private static Func<AssessmentEvent, AssessmentEvent> Plan(Func<PlanDocument, PlanDocument> change) => e =>
    {
        if (e is not PlanPrepared prepared || change(prepared.Document) is var changed && changed == prepared.Document)
        {
            return e;
        }

        return new PlanPrepared(changed, PlanJson.ContentHash(PlanJson.Canonical(changed)));
    };

    private static Func<AssessmentEvent, AssessmentEvent> Sections(Func<PlanSection, PlanSection> change) => Plan(p => p with { Sections = [.. p.Sections.Select(change)] });

    private static Func<AssessmentEvent, AssessmentEvent> Lines(Func<PlanLine, PlanLine> change) => Plan(p => Each(p, change));

    private static PlanDocument Each(PlanDocument plan, Func<PlanLine, PlanLine> change) =>
        plan with { Sections = [.. plan.Sections.Select(s => s with { Lines = [.. s.Lines.Select(change)] })] };

    private static PlanDocument WithoutSeconds(PlanDocument plan)
    {
        var seconds = plan.Section(PlanSectionLetter.K).Lines.GroupBy(l => l.From.Kind).SelectMany(g => g.Skip(1)).Select(l => l.From.Source).ToHashSet(StringComparer.Ordinal);
        return seconds.Count == 0 ? plan : plan with { Sections = [.. plan.Sections.Select(s => s with { Lines = [.. s.Lines.Where(l => !seconds.Contains(l.From.Source))] })] };
    }

    private static PlanDocument HealthAmongEducation(PlanDocument plan)
    {
        var health = plan.Section(PlanSectionLetter.C).Lines;
        return plan with
        {
            Sections =
            [
                .. plan.Sections.Select(s => s.Letter switch
                {
                    PlanSectionLetter.B => s with { Lines = [.. s.Lines, .. health] },
                    PlanSectionLetter.C => s with { Lines = [] },
                    _ => s,
                }),
            ],
        };
    }

    /// <summary>The views of the case whose plan was put together before this one.</summary>
    private static Func<AssessmentEvent, AssessmentEvent> WithAnotherCase()
    {
        var first = new ConcurrentQueue<PlanDocument>();
        return Plan(plan =>
        {
            if (first.IsEmpty)
            {
                first.Enqueue(plan);
            }

            first.TryPeek(out var other);
            return other!.Assessment == plan.Assessment ? plan : plan with
            {
                Sections = [.. plan.Sections.Select(s => s.Letter == PlanSectionLetter.A ? s with { Lines = [.. other.Section(PlanSectionLetter.A).Lines] } : s)],
            };
        });
    }

    /// <summary>Lines of the version before whose source is no longer among those of the plan.</summary>
    private static Func<AssessmentEvent, AssessmentEvent> WithWhatIsOver()
    {
        var versions = new ConcurrentDictionary<(AssessmentId, int), PlanDocument>();
        return Plan(plan =>
        {
            versions[(plan.Assessment, plan.Version)] = plan;
            if (!versions.TryGetValue((plan.Assessment, plan.Version - 1), out var before))
            {
                return plan;
            }

            var listed = plan.Section(PlanSectionLetter.K).Lines.Select(l => l.From.Source).ToHashSet(StringComparer.Ordinal);
            return plan with
            {
                Sections = [.. plan.Sections.Select(s => s with { Lines = [.. s.Lines, .. before.Section(s.Letter).Lines.Where(l => l.From.Kind is not null && !listed.Contains(l.From.Source))] })],
            };
        });
    }
}
