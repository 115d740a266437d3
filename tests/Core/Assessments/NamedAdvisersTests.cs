using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Assessments;

/// <summary>Advisers who are named when a case is opened.</summary>
public sealed class NamedAdvisersTests
{
    [Fact]
    public void An_adviser_who_is_named_at_the_opening_can_be_asked_or_the_opening_is_refused()
    {
        OpenAssessment Naming(params NamedAdviser[] advisers) => new(Cases.Facts with { Advisers = advisers });
        new Life().Refused("not-named-this-way", Naming(new NamedAdviser(AdviceKind.Other, Cases.Hospital)));
        new Life().Refused("not-named-this-way", Naming(new NamedAdviser(AdviceKind.FamilyViews, Cases.Hospital)));
        new Life().Refused("text-missing", Naming(new NamedAdviser(AdviceKind.Medical, Cases.Hospital with { Name = " " })));
        new Life().Refused("adviser-named-twice", Naming(new NamedAdviser(AdviceKind.Medical, Cases.Hospital), new NamedAdviser(AdviceKind.Medical, Cases.Icb)));
        new Life().Do(Naming(new NamedAdviser(AdviceKind.Medical, Cases.Hospital), new NamedAdviser(AdviceKind.Psychological, Cases.Psychology)));
    }
}
