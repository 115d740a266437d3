using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Messages.Tests.Identifiers;

public class AgencyAndAssessmentIdTests
{
    [Theory]
    [InlineData("ods:RX1", "ods:RX1", AgencyScheme.Ods, "RX1")]
    [InlineData(" ODS:rx1 ", "ods:RX1", AgencyScheme.Ods, "RX1")]
    [InlineData("urn:100001", "urn:100001", AgencyScheme.Urn, "100001")]
    [InlineData("UKPRN:10001234", "ukprn:10001234", AgencyScheme.Ukprn, "10001234")]
    [InlineData("la:330/social-care", "la:330/social-care", AgencyScheme.La, "330/social-care")]
    [InlineData("person:330/k7q2-1", "person:330/k7q2-1", AgencyScheme.Person, "330/k7q2-1")]
    public void An_agency_stands_in_a_register(string text, string value, AgencyScheme scheme, string code)
    {
        Assert.True(AgencyId.TryParse(text, out var agency, out var problem), problem);
        Assert.Equal((value, scheme, code), (agency.Value, agency.Scheme, agency.Code));
    }

    [Theory]
    [InlineData("RX1", "an agency is")]
    [InlineData("gp:RX1", "an agency is")]
    [InlineData("ods:", "an ODS code is")]
    [InlineData("ods:R", "an ODS code is")]
    [InlineData("urn:00001", "a URN is")]
    [InlineData("ukprn:2", "a UKPRN is")]
    [InlineData("u\u212Aprn:10001234", "an agency is")] // the Kelvin sign is no k
    [InlineData("la:330", "an agency is")]
    [InlineData("la:330/", "an agency is")]
    [InlineData("la:100/social-care", "an agency is")]
    [InlineData("la:330/Social Care", "an agency is")]
    [InlineData("la:330/a-name-that-is-longer-than-forty-characters", "an agency is")]
    [InlineData(":", "an agency is")]
    [InlineData(null, "an agency is")]
    public void What_is_no_agency_says_why(string? text, string expected)
    {
        Assert.False(AgencyId.TryParse(text, out var agency, out var problem));
        Assert.Equal(default, agency);
        Assert.StartsWith(expected, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void An_agency_can_be_made_from_its_number()
    {
        Assert.True(OdsCode.TryParse("RX1", out var ods, out _));
        Assert.True(Urn.TryParse("100001", out var urn, out _));
        Assert.True(Ukprn.TryParse("10001234", out var ukprn, out _));

        Assert.Equal(["ods:RX1", "urn:100001", "ukprn:10001234"], [AgencyId.Of(ods).Value, AgencyId.Of(urn).Value, AgencyId.Of(ukprn).Value]);
    }

    [Theory]
    [InlineData("330-7K3M9Q2XH4TD", "330-7K3M9Q2XH4TD")]
    [InlineData(" 330-7k3m9q2xh4td ", "330-7K3M9Q2XH4TD")]
    public void Assessment_ids(string text, string value)
    {
        Assert.True(AssessmentId.TryParse(text, out var id, out var problem), problem);
        Assert.Equal((value, "330"), (id.Value, id.Council.Value));
    }

    [Theory]
    [InlineData("330-7K3M9Q2XH4T")]
    [InlineData("330-7K3M9Q2XH4TDA")]
    [InlineData("330_7K3M9Q2XH4TD")]
    [InlineData("100-7K3M9Q2XH4TD")]
    [InlineData("330-7K3M9Q2XH4TI")] // I, L, O and U are not in the alphabet
    [InlineData("330-LK3M9Q2XH4TD")]
    [InlineData("330-OK3M9Q2XH4TD")]
    [InlineData("330-UK3M9Q2XH4TD")]
    [InlineData("330-7K3M9Q2XH4T\u017F")]
    [InlineData(null)]
    public void No_assessment_ids(string? text)
    {
        Assert.False(AssessmentId.TryParse(text, out var id, out _));
        Assert.Equal(default, id);
    }

    [Fact]
    public void The_same_opening_leads_to_the_same_assessment_and_another_to_another()
    {
        var (council, other) = (Council("330"), Council("938"));
        var id = AssessmentId.For(council, "key");

        // Fixed for good: a change would open every repeated message a second time.
        Assert.Equal("330-YPYJH692M5J2", AssessmentId.For(council, "k").Value);
        Assert.Equal(id, AssessmentId.For(council, "key"));
        Assert.Equal(council, id.Council);
        Assert.NotEqual(id, AssessmentId.For(council, "key2"));
        Assert.NotEqual(id.Value[4..], AssessmentId.For(other, "key").Value[4..]);
        Assert.True(AssessmentId.TryParse(id.Value, out var read, out _) && read == id);
    }

    [Fact]
    public void Ten_thousand_openings_are_ten_thousand_assessments() =>
        Assert.Equal(10_000, Enumerable.Range(0, 10_000).Select(i => AssessmentId.For(Council("330"), $"message-{i}")).Distinct().Count());

    [Fact]
    public void The_default_belongs_to_no_council() => Assert.Throws<InvalidOperationException>(() => default(AssessmentId).Council);

    private static LocalAuthorityCode Council(string code) =>
        LocalAuthorityCode.TryParse(code, out var council, out var problem) ? council : throw new ArgumentException(problem, nameof(code));
}
