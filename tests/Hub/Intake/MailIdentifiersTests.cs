using IntegrationHub.Functions.Intake.Matching;

namespace IntegrationHub.Hub.Tests.Intake;

/// <summary>Which numbers and days are found in a text, however they are written; a number whose check digit is wrong is none.</summary>
public sealed class MailIdentifiersTests
{
    public static TheoryData<string, string> Numbers => new()
    {
        { "NHS number 999 000 0018.", "NhsNumber 9990000018" },
        { "(9990000018)", "NhsNumber 9990000018" },
        { "999-000-0018", "NhsNumber 9990000018" },
        { "999 000 0019", "" },
        { "NHS number 999 000\n0018", "NhsNumber 9990000018" },
        { "> NHS number 999\n> 000 0018", "NhsNumber 9990000018" },
        { ">> 999 000\r\n>> 0018", "NhsNumber 9990000018" },
        { "999\u2009000\u202F0018", "NhsNumber 9990000018" },
        { "999\u2011000\u20130018", "NhsNumber 9990000018" },
        { "999  000  0018", "NhsNumber 9990000018" },
        { "999\n\n\n\n000 0018", "" },
        { "19990000018", "" },
        { "9990000018 and again 999 000 0018", "NhsNumber 9990000018" },
        { "UPN: Q330100101501, please", "Upn Q330100101501" },
        { "upn q330100101501", "Upn Q330100101501" },
        { "A330100101501", "" },
        { "XQ330100101501", "" },
        { "Ref 330-4vdn506w79c2", "Case 330-4VDN506W79C2" },
        { "330-4VDN506W79C2X", "" },
        { "330-ILOU506W79C2", "" },
        { "Case 330-4VDN506W79C2 of 9990000018", "Case 330-4VDN506W79C2|NhsNumber 9990000018" },
        { "Tel. 07700 900123, 020 7946 0018", "" },
    };

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Every_number_that_names_a_child_or_a_case_is_found(string text, string found) =>
        Assert.Equal(found, string.Join('|', MailIdentifiers.In(text).Select(one => $"{one.Kind} {one.Value}")));

    [Theory]
    [InlineData("born 14/03/2016")]
    [InlineData("born 14.3.2016,")]
    [InlineData("DOB 2016-03-14")]
    [InlineData("on 14 March 2016")]
    [InlineData("on the 14th  Mar 2016")]
    public void A_day_is_found_as_people_write_it(string text) => Assert.Equal([new DateOnly(2016, 3, 14)], MailIdentifiers.DaysIn(text));

    [Theory]
    [InlineData("31/02/2016")]
    [InlineData("114/03/2016")]
    [InlineData("14 Marsh 2016")]
    public void What_is_no_day_is_none(string text) => Assert.Empty(MailIdentifiers.DaysIn(text));
}
