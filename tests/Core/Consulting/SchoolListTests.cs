using IntegrationHub.Core.Tests.Assessments;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Letters;

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
    public void Everybody_in_the_family_who_is_told_gets_each_list_by_letter_and_by_post_where_the_hub_cannot_send_it()
    {
        var father = new FamilyPerson { Id = "p2", Name = "Alaric Example", Role = PersonRole.Parent, ParentalResponsibility = true, PostalAddress = ["9 Other Road", "EX9 9ZZ"], AccessibleFormat = "Braille" };
        var life = Life.Consulting().Do(new RecordPerson(father));
        life.Do(new ShareSchoolList([School, Other], "As we discussed."));
        life.Do(new ShareSchoolList([Other]));

        var letters = life.State.Notices.Where(n => n.Kind == NoticeKind.SchoolListShared).ToList();
        Assert.Equal(["schoolListShared-1-family", "schoolListShared-1-family-p2", "schoolListShared-2-family", "schoolListShared-2-family-p2"], letters.Select(n => n.Id));
        Assert.All(letters.Where(n => n.Person is null), n => Assert.Contains(life.Effects, e => e is SendNotice send && send.NoticeId == n.Id));
        Assert.Contains(life.State.Attention, a => a.Id == "post-schoolListShared-1-family-p2");

        var letter = LetterWriting.Write(new LetterSubject(LetterKind.SchoolListShared, letters[^1].Id), life.State, life.Rules, new LetterSending(life.Today, NoticeChannel.Electronic))!;
        Assert.Equal("Alaric Example", letter.RecipientName);
        Assert.Equal($"{Cases.OtherSchool.Name}\nWhy this school is on the list: It takes ages 4 to 11.\nWhat we do not know: Whether it has a free place.\nAsk for a visit.", letter.Facts["schoolList"]);
        Assert.Empty(letter.Missing);
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
        Assert.DoesNotContain(life.State.Notices, n => n.Kind == NoticeKind.SchoolListShared);
    }
}
