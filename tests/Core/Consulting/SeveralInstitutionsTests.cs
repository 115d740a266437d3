using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Core.Tests.Disputing;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Consulting;

/// <summary>Several institutions are consulted in one act, each by its own letter, and answer by the tests of the law.</summary>
public class SeveralInstitutionsTests
{
    [Fact]
    public void Each_of_those_consulted_at_once_has_its_letter_and_its_own_limit()
    {
        var life = Life.Consulting();
        life.Do(new ConsultInstitution(Cases.School, life.Today, [Cases.OtherSchool]));

        Assert.Equal([Cases.School.Id, Cases.OtherSchool.Id], life.State.Institutions.Select(one => one.Institution.Id));
        Assert.Equal([Cases.School.Id, Cases.OtherSchool.Id], life.State.Notices.Where(n => n.Kind == NoticeKind.InstitutionConsulted).Select(n => n.Agency!.Id));
        var limits = Limits.Of(life.State, life.Today, life.Rules).Where(l => l.Limit.RuleKey == "institutionResponse").Select(l => l.Limit.Key);
        Assert.Equal([$"institutionResponse:{Cases.School.Id}", $"institutionResponse:{Cases.OtherSchool.Id}"], limits.Order(StringComparer.Ordinal));
    }

    /// <summary>The letter names a last day for the answer: it runs for an amended plan as for a draft, until the council has decided on the amendment.</summary>
    [Fact]
    public void An_institution_consulted_on_an_amended_plan_has_its_fifteen_days()
    {
        foreach (var way in new[] { "answers", "is silent", "is overtaken", "ceases" })
        {
            var life = Amended.Proposed(Disputed.Issued());
            life.Do(new ConsultInstitution(Cases.School, life.Today));
            var asked = life.Today;
            Assert.Equal((LimitStatus.Open, (DateOnly?)asked.AddDays(15)), (Answer().Standing, Answer().Limit.Due));
            Assert.NotEqual(LimitStatus.Open, Limits.Of(life.State, life.Today, life.Rules).Single(l => l.Limit.Key == $"institutionResponse:{Cases.OtherSchool.Id}").Standing);

            life.On(asked.AddDays(5));
            switch (way)
            {
                case "answers": life.Do(new RecordInstitutionAnswer(Cases.School.Id, life.Today, true, "Yes."), Cases.As(Cases.School)); break;
                case "is silent": life.On(asked.AddDays(16)); break;
                case "is overtaken": life.Do(new DecideNotToAmend("Not after all.")); break;
                default: life.Do(new RecordPlanCeased(life.Today, Died: true)); break;
            }

            Assert.Equal(way switch { "answers" => LimitStatus.Met, "is silent" => LimitStatus.Missed, _ => LimitStatus.Fallen }, Answer().Standing);

            LimitProgress Answer() => Limits.Of(life.State, life.Today, life.Rules).Single(l => l.Limit.Key == $"institutionResponse:{Cases.School.Id}");
        }
    }

    [Fact]
    public void All_are_consulted_or_none()
    {
        var life = Life.Consulting();
        life.Do(new ConsultInstitution(Cases.School, life.Today));
        life.Refused("already-consulted", new ConsultInstitution(Cases.OtherSchool, life.Today, [Cases.School]));
        life.Refused("institution-twice", new ConsultInstitution(Cases.OtherSchool, life.Today, [Cases.OtherSchool]));
        life.Refused("too-many-institutions", new ConsultInstitution(Cases.OtherSchool, life.Today, [.. Enumerable.Repeat(Cases.School, 20)]));

        Assert.Equal(Cases.School.Id, Assert.Single(life.State.Institutions).Institution.Id);
    }

    [Fact]
    public void An_answer_names_the_tests_it_relies_on_the_place_and_its_cost()
    {
        var life = Life.Consulting();
        life.Do(new ConsultInstitution(Cases.School, life.Today, [Cases.OtherSchool]));
        RecordInstitutionAnswer Answer(bool can, IReadOnlyList<PlacementObjection>? objections, decimal? cost = null) => new(Cases.School.Id, life.Today, can, "As we say.", objections, "From September", cost);
        life.Refused("objections-unclear", Answer(true, [PlacementObjection.Unsuitable]), Cases.As(Cases.School));
        life.Refused("objection-twice", Answer(false, [PlacementObjection.Unsuitable, PlacementObjection.Unsuitable]), Cases.As(Cases.School));
        life.Refused("cost-negative", Answer(true, null, -1), Cases.As(Cases.School));

        life.Do(Answer(false, [PlacementObjection.EducationOfOthers, PlacementObjection.UseOfResources], 41_000), Cases.As(Cases.School));

        var answered = Assert.Single(life.State.Institutions, one => one.AnsweredOn is not null);
        Assert.Equal([PlacementObjection.EducationOfOthers, PlacementObjection.UseOfResources], answered.Objections);
        Assert.Equal(("From September", 41_000m), (answered.Place, answered.AnnualCostPounds!.Value));
    }
}
