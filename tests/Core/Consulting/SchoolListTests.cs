using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Core.Tests.Consulting;

/// <summary>A list of schools for the family says why each is on it and what is not known, and the next list takes its place.</summary>
public class SchoolListTests
{
    private static ListedSchool School => new(Cases.School, ["It takes ages 4 to 11."], ["Whether it has a free place."], "Ask for a visit.");

    private static ListedSchool Other => School with { Institution = Cases.OtherSchool };

    [Fact]
    public void The_last_list_is_the_one_that_the_family_has()
    {
        var life = Life.Consulting();
        life.Do(new ShareSchoolList([School, Other], "As we discussed."));
        life.Do(new ShareSchoolList([Other]));

        Assert.Equal(life.Today, life.State.SchoolList!.On);
        Assert.Equal(Cases.OtherSchool.Id, Assert.Single(life.State.SchoolList.Schools).Institution.Id);
    }

    [Fact]
    public void A_list_that_does_not_say_enough_is_refused()
    {
        var life = Life.Consulting();
        life.Refused("no-school", new ShareSchoolList([]));
        life.Refused("institution-twice", new ShareSchoolList([School, School]));
        life.Refused("reasons-missing", new ShareSchoolList([School with { Why = [] }]));
        life.Refused("not-known-missing", new ShareSchoolList([School with { NotKnown = [] }]));
        life.Refused("text-missing", new ShareSchoolList([School with { Why = [" "] }]));
        life.Refused("text-missing", new ShareSchoolList([School], " "));
        life.Refused("too-many-schools", new ShareSchoolList([.. Enumerable.Repeat(School, 21)]));
        life.Refused("too-many-sentences", new ShareSchoolList([School with { Why = [.. Enumerable.Repeat("It is near.", 21)] }]));

        Assert.Null(life.State.SchoolList);
    }
}
