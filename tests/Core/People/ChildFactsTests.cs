using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.People;

/// <summary>What the SEN2 return asks of a child is recorded as it is known, part by part; what is not known stays so.</summary>
public sealed class ChildFactsTests
{
    [Fact]
    public void What_is_not_said_stays_as_it_was_and_nothing_is_invented()
    {
        var life = Life.Assessing();
        Assert.Null(life.State.ChildFacts);

        life.Do(new RecordChildFacts(Ethnicity: "REFU", Needs: [SenNeed.Asd, SenNeed.Slcn]));
        Assert.Equal((null, null, null, null), (life.State.ChildFacts!.Sex, life.State.ChildFacts.LookedAfter, life.State.ChildFacts.AskedBy, life.State.ChildFacts.Uln));

        life.Do(new RecordChildFacts(Sex.Female, LookedAfter: true));
        Assert.Equal((Sex.Female, "REFU", true), (life.State.ChildFacts!.Sex, life.State.ChildFacts.Ethnicity, life.State.ChildFacts.LookedAfter));
        Assert.Equal([SenNeed.Asd, SenNeed.Slcn], life.State.ChildFacts.Needs);

        life.Do(new RecordChildFacts(Sex.Female, Clear: true));
        Assert.Equal((Sex.Female, null, null), (life.State.ChildFacts!.Sex, life.State.ChildFacts.Ethnicity, life.State.ChildFacts.LookedAfter));
        Assert.Empty(life.State.ChildFacts.Needs);
    }

    [Fact]
    public void A_number_that_has_come_ends_the_reason_why_there_was_none()
    {
        var life = Life.Assessing().Do(new RecordChildFacts(NoNumber: NoNumber.Un1));
        life.Do(new RecordChildFacts(Uln: Number()));
        Assert.Equal((Number(), null), (life.State.ChildFacts!.Uln, life.State.ChildFacts.NoNumber));
        life.Refused("number-known", new RecordChildFacts(NoNumber: NoNumber.Un8));
    }

    [Fact]
    public void What_cannot_be_is_refused()
    {
        var life = Life.Assessing();
        life.Refused("nothing-changed", new RecordChildFacts());
        life.Refused("ethnicity-not-a-code", new RecordChildFacts(Ethnicity: "British"));
        life.Refused("need-twice", new RecordChildFacts(Needs: [SenNeed.Asd, SenNeed.Asd]));
        var school = new SchoolPlace { Rank = 1, Institution = Cases.OtherSchool.Id };
        life.Refused("rank-unknown", new RecordSchoolPlace(school with { Rank = 3 }, life.Today));
        life.Refused("one-place", new RecordSchoolPlace(school with { Setting = SenSetting.Ehe }, life.Today));
        life.Refused("not-a-school", new RecordSchoolPlace(school with { Institution = Cases.Hospital.Id }, life.Today));
        life.Refused("other-not-named", new RecordSchoolPlace(new SchoolPlace { Rank = 1, Setting = SenSetting.Oth }, life.Today));
        life.Refused("not-a-code", new RecordSchoolPlace(school, life.Today, Residential: "A!"));
        life.Refused("named-places", new RecordPlanTerms([school, school]));
    }

    [Fact]
    public void A_record_of_the_same_rank_and_first_day_takes_the_earlier_ones_place()
    {
        var life = Life.Assessing();
        var (school, from) = (new SchoolPlace { Rank = 1, Institution = Cases.OtherSchool.Id }, life.Today.AddDays(-30));
        life.Do(new RecordSchoolPlace(school, from)).Do(new RecordSchoolPlace(school with { SenUnit = true }, from, life.Today));
        life.Do(new RecordSchoolPlace(school, life.Today.AddDays(1)));
        Assert.Equal([(true, life.Today), (null, (DateOnly?)null)], life.State.SchoolPlaces.Select(one => (one.Place.SenUnit, one.To)));
        life.Refused("nothing-changed", new RecordSchoolPlace(school, life.Today.AddDays(1)));
    }

    [Fact]
    public void A_place_with_a_wrong_first_day_is_corrected_or_removed()
    {
        var life = Life.Assessing();
        var (school, second) = (new SchoolPlace { Rank = 1, Institution = Cases.OtherSchool.Id }, new SchoolPlace { Rank = 2, Setting = SenSetting.Ehe });
        var from = life.Today.AddDays(-30);
        life.Do(new RecordSchoolPlace(school, from, life.Today)).Do(new RecordSchoolPlace(second, from)).Do(new RecordSchoolPlace(school, life.Today.AddDays(1)));
        CorrectRecord To(DateOnly was, DateOnly? on, int? number = null) => new(MistakenRecord.SchoolPlace, was, "A slip.", on, null, number);

        life.Refused("several-such-records", To(from, from.AddDays(-1)));
        life.Refused("day-out-of-order", To(from, life.Today.AddDays(1), 1));
        life.Refused("day-out-of-order", To(from, Cases.Facts.Child.DateOfBirth.AddDays(-1), 1));
        life.Refused("place-on-record", To(life.Today.AddDays(1), from));
        life.Refused("no-such-record", To(from.AddDays(1), from));

        // The place was entered long before the request.
        life.Do(To(from, from.AddYears(-2), 1)).Do(To(life.Today.AddDays(1), life.Today.AddDays(60)));
        Assert.Equal([(1, from.AddYears(-2)), (2, from), (1, life.Today.AddDays(60))], life.State.SchoolPlaces.Select(one => (one.Place.Rank, one.From)));

        life.Do(To(from, null));
        Assert.Equal([1, 1], life.State.SchoolPlaces.Select(one => one.Place.Rank));
        life.Refused("no-such-record", To(from, null));
        Assert.DoesNotContain(life.State.Attention, a => a.Id.StartsWith("wrong-day", StringComparison.Ordinal));
    }

    private static Uln Number() => Uln.TryParse("1000000000", out var uln, out var problem) ? uln : throw new FormatException(problem);
}
