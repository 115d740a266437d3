using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Agencies.Receiving;
using IntegrationHub.Functions.Children;
using IntegrationHub.Hub.Tests.Access;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Hub.Tests.Children;

/// <summary>Which spellings leave no doubt that a name is the same, and what a search makes of agreement and contradiction.</summary>
public sealed class NameComparisonTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Alex|Example", "ALEX|example", true)]
    [InlineData("Zoë|Müller", "Zoe|Muller", true)]
    [InlineData("Zoë|O’Brien", "Zoe\u0308|O'Brien", true)]
    [InlineData("Søren|Łukasik", "Soren|Lukasik", true)]
    [InlineData("Anne-Marie|Smith-Jones", "Anne Marie|Smith Jones", true)]
    [InlineData("AnneMarie|SmithJones", "Anne Marie|Smith Jones", true)]
    [InlineData("Alex Robin|Example", "Alex|Example", true)]
    [InlineData("Robin|Example", "Alex Robin|Example", true)]
    [InlineData("Thomas (Tom)|Example", "Tom|Example", true)]
    [InlineData("Example|Alex", "Alex|Example", true)]
    [InlineData("Amara Grace|Okafor", "Okafor|Amara", true)]
    [InlineData(" Alex | Example ", "Alex|Example", true)]
    [InlineData("Alex|Example", "Alexa|Example", false)]
    [InlineData("Alex|Example", "Robin|Example", false)]
    [InlineData("Alex|Example", "Alex|Sample", false)]
    [InlineData("Alex|Smith", "Alex|Smith-Jones", false)]
    [InlineData("Alex Robin|Example", "Alex Sam|Example", false)]
    [InlineData("Tom|Example", "Thomas|Example", false)]
    [InlineData("-|Example", "-|Example", false)]
    [InlineData("राम|देव", "रमा|देव", false)]
    public void Spellings_that_leave_no_doubt_are_one_name_and_no_others(string one, string other, bool same)
    {
        Assert.Equal(same, NameComparison.IsSame(Named(one), Named(other)));
        Assert.Equal(same, NameComparison.IsSame(Named(other), Named(one)));
    }

    /// <summary>What the sender says beside a case of Alex Example, born 14 March 2016, NHS number 9990000018, UPN Q330100101501, postcode AB1 2CD.</summary>
    [Theory]
    [InlineData("Alex|Example", "2016-03-14", "9990000018", null, null, "certain")]
    [InlineData("ALEX ROBIN|Exámple", "2016-03-14", "9990000018", null, "AB12CD", "certain")]
    [InlineData("Alex|Example", "2016-03-14", null, "Q330100101501", null, "certain")]
    [InlineData("Alex|Example", "2016-03-14", null, null, "ab1 2cd", "certain")]
    [InlineData("Robin|Other", "2016-03-14", "9990000018", null, "AB1 2CD", "doubtful")]
    [InlineData("Robin|Example", "2016-03-14", "9990000018", null, null, "doubtful")]
    [InlineData("Alex|Example", "2016-03-15", "9990000018", null, null, "doubtful")]
    [InlineData("Robin|Other", "2016-03-14", null, "Q330100101501", null, "doubtful")]
    [InlineData("Alex|Example", "2016-03-14", "9000000009", "Q330100101501", null, "doubtful")]
    [InlineData("Alex|Example", "2016-03-14", "9000000009", null, "AB1 2CD", "doubtful")]
    [InlineData("Alex|Example", "2016-03-14", null, null, null, "doubtful")]
    [InlineData("Alex|Example", "2016-03-14", null, null, "ZZ9 9ZZ", "doubtful")]
    [InlineData("Alex|Example", "2016-03-14", null, null, " ", "doubtful")]
    [InlineData("Alex|Example", "2016-03-15", null, null, "AB1 2CD", "none")]
    [InlineData("Robin|Example", "2016-03-14", null, null, "AB1 2CD", "none")]
    public async Task A_contradiction_or_a_name_and_birthday_alone_goes_to_a_person(string name, string born, string? nhs, string? upn, string? postcode, string expected)
    {
        await using var hub = await HubUnderTest.StartAsync();
        var id = await hub.SeedAsync("a");
        await hub.SubmitAsync(id, new CorrectFacts("The postcode was found.", Child: (await hub.Store.LoadAsync(id, Stop)).State.Facts!.Child with { Postcode = "AB1 2CD" }));

        var matches = await hub.Part<ChildSearch>().FindAsync(
            Named(name) with
            {
                DateOfBirth = DateOnly.ParseExact(born, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
                NhsNumber = nhs is null ? null : HubUnderTest.Parse<NhsNumber>(nhs),
                Upn = upn is null ? null : HubUnderTest.Parse<Upn>(upn),
                Postcode = postcode,
            },
            null,
            Stop);

        Assert.Equal(expected, matches.Certain is not null ? "certain" : matches.Assessments.Count > 0 ? "doubtful" : "none");
    }

    private static Child Named(string name) => new() { GivenName = name.Split('|')[0], FamilyName = name.Split('|')[1], DateOfBirth = new DateOnly(2016, 3, 14) };
}
