using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Messages.Tests.Identifiers;

public class IdentifierTests
{
    [Theory]
    [InlineData("9000000009", "9000000009")]
    [InlineData("9446368138", "9446368138")]
    [InlineData("9449307873", "9449307873")]
    [InlineData("9476719931", "9476719931")]
    [InlineData(" 944 636 8138 ", "9446368138")]
    [InlineData("944-636-8138", "9446368138")]
    public void NHS_numbers(string text, string value) => Valid<NhsNumber>(text, value);

    [Theory]
    [InlineData("3478526985")]
    [InlineData("7449306524")]
    [InlineData("8449303649")]
    [InlineData("0000000000")]
    [InlineData("1111111111")]
    [InlineData("9999999999")]
    [InlineData("944636813")]
    [InlineData("94463681380")]
    [InlineData("944636813X")]
    [InlineData("９４４６３６８１３８")] // full-width digits
    [InlineData("")]
    [InlineData(null)]
    public void No_NHS_numbers(string? text) => Invalid<NhsNumber>(text);

    // 1 x 10 + 1 x 2 leaves remainder 1, so the check would be 10: no tenth digit makes these nine a number.
    [Fact]
    public void No_NHS_number_has_a_check_digit_of_ten() => Assert.All(Enumerable.Range(0, 10), digit => Invalid<NhsNumber>($"100000001{digit}"));

    [Theory]
    [InlineData("B801200005001", "B801200005001", false)]
    [InlineData(" b80 1200 0050 01 ", "B801200005001", false)]
    [InlineData("M80120000500A", "M80120000500A", true)]
    public void UPNs(string text, string value, bool temporary) => Assert.Equal(temporary, Valid<Upn>(text, value).IsTemporary);

    [Theory]
    [InlineData("A801200005001")]
    [InlineData("I801200005001")]
    [InlineData("B80120000500")]
    [InlineData("B8012000050011")]
    [InlineData("B80120000500I")]
    [InlineData("BB01200005001")]
    [InlineData("8801200005001")]
    [InlineData(null)]
    public void No_UPNs(string? text) => Invalid<Upn>(text);

    [Fact]
    public void A_permanent_UPN_has_exactly_one_check_letter() =>
        Assert.Single("ABCDEFGHJKLMNPQRTUVWXYZ", letter => Upn.TryParse($"{letter}801200005001", out _, out _));

    [Fact]
    public void A_temporary_UPN_has_exactly_one_check_letter_for_each_ending() =>
        Assert.All("ABCDEFGHJKLMNPQRTUVWXYZ", last =>
            Assert.Single("ABCDEFGHJKLMNPQRTUVWXYZ", letter => Upn.TryParse($"{letter}80120000500{last}", out _, out _)));

    [Theory]
    [InlineData("100001", "100001")]
    [InlineData(" 142223 ", "142223")]
    public void URNs(string text, string value) => Valid<Urn>(text, value);

    [Theory]
    [InlineData("010000")]
    [InlineData("10000")]
    [InlineData("1000001")]
    [InlineData("10000a")]
    [InlineData("100 001")]
    [InlineData(null)]
    public void No_URNs(string? text) => Invalid<Urn>(text);

    [Theory]
    [InlineData("10001234", "10001234")]
    public void UKPRNs(string text, string value) => Valid<Ukprn>(text, value);

    [Theory]
    [InlineData("20001234")]
    [InlineData("1000123")]
    [InlineData("100012345")]
    [InlineData("1000123x")]
    [InlineData(null)]
    public void No_UKPRNs(string? text) => Invalid<Ukprn>(text);

    [Theory]
    [InlineData("rx1", "RX1")]
    [InlineData("RX1AB", "RX1AB")]
    [InlineData("Y12345", "Y12345")]
    [InlineData("QHL", "QHL")]
    public void ODS_codes(string text, string value) => Valid<OdsCode>(text, value);

    [Theory]
    [InlineData("RX")]
    [InlineData("RX1AB678901")]
    [InlineData("RX-1")]
    [InlineData("RX\u017F")] // long s, which other scripts' rules turn into an S
    [InlineData("RXÉ")]
    [InlineData(null)]
    public void No_ODS_codes(string? text) => Invalid<OdsCode>(text);

    [Theory]
    [InlineData("201", "201")]
    [InlineData(" 330 ", "330")]
    [InlineData("938", "938")]
    public void Council_codes(string text, string value) => Valid<LocalAuthorityCode>(text, value);

    [Theory]
    [InlineData("200")]
    [InlineData("33")]
    [InlineData("3300")]
    [InlineData("3a0")]
    [InlineData("٣٣٠")] // Arabic-Indic digits
    [InlineData(null)]
    public void No_council_codes(string? text) => Invalid<LocalAuthorityCode>(text);

    private static T Valid<T>(string text, string value)
        where T : struct, IIdentifier<T>
    {
        Assert.True(T.TryParse(text, out var identifier, out var problem), problem);
        Assert.Equal((value, value, ""), (identifier.Value, identifier.ToString(), problem));
        return identifier;
    }

    private static void Invalid<T>(string? text)
        where T : struct, IIdentifier<T>
    {
        Assert.False(T.TryParse(text, out var identifier, out var problem));
        Assert.Equal(default, identifier);
        Assert.EndsWith(".", problem, StringComparison.Ordinal);
    }
}
