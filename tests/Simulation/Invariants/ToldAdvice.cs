using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Plans;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>One piece of advice as its author wrote it, with what the trail says of where it came from.</summary>
/// <param name="Id">Its id in the case.</param>
/// <param name="Request">The request that it answers; null for existing advice that is relied on.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Agency">Who gave it; null for the family.</param>
/// <param name="AgencyName">Its name.</param>
/// <param name="ReceivedOn">Day on which it came in.</param>
/// <param name="Content">What its author sent.</param>
internal sealed record ToldAdvice(string Id, string? Request, AdviceKind Kind, AgencyId? Agency, string? AgencyName, DateOnly ReceivedOn, AdviceContent Content)
{
    /// <summary>It came in a re-assessment: a plan lists it and offers its lines, of which none is in the plan by itself.</summary>
    internal bool Again { get; init; }

    /// <summary>It was returned, corrected or taken back, and no longer counts.</summary>
    internal bool IsOver { get; set; }

    /// <summary>Its lines as they must stand in a plan: section, id, words, and what provision says beside them.</summary>
    /// <param name="adult">The person is 18 or older: section H1 is closed to them (CFA 2014 s37(2)(e)).</param>
    internal IEnumerable<(PlanSectionLetter Section, string Id, string Text, string? Who, string? HowOften, string? HowLong)> Lines(bool adult)
    {
        foreach (var view in Content.Views)
        {
            yield return (PlanSectionLetter.A, $"{Id}/{view.Id}", view.Text, null, null, null);
        }

        foreach (var need in Content.Needs)
        {
            var section = need.Area == NeedArea.Education ? PlanSectionLetter.B : need.Area == NeedArea.Health ? PlanSectionLetter.C : PlanSectionLetter.D;
            yield return (section, $"{Id}/{need.Id}", need.Text, null, null, null);
        }

        foreach (var outcome in Content.Outcomes)
        {
            yield return (PlanSectionLetter.E, $"{Id}/{outcome.Id}", outcome.Text, null, null, null);
        }

        foreach (var provision in Content.Provision)
        {
            var section = provision.Kind switch
            {
                ProvisionKind.Education => PlanSectionLetter.F,
                ProvisionKind.Health => PlanSectionLetter.G,
                ProvisionKind.SocialCareSection2 when !adult => PlanSectionLetter.H1,
                _ => PlanSectionLetter.H2,
            };
            yield return (section, $"{Id}/{provision.Id}", provision.Text, provision.Who, provision.HowOften, provision.HowLong);
        }
    }

    /// <summary>Every word of it, in the author's order.</summary>
    internal static IEnumerable<string> Words(AdviceContent content) =>
    [
        content.Author,
        content.AuthorRole,
        .. content.Views.Select(v => v.Text),
        .. content.Needs.Select(n => n.Text),
        .. content.Outcomes.Select(o => o.Text),
        .. content.Provision.SelectMany(p => new[] { p.Text, p.Who ?? "", p.HowOften ?? "", p.HowLong ?? "" }),
        .. content.Notes.SelectMany(n => new[] { n.Heading, n.Text }),
        .. content.Attachments.Select(a => a.Sha256),
    ];
}
