using System.Text.Json;
using CsCheck;
using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Messages.Tests.Identifiers;

/// <summary>What every identifier keeps, whatever text comes in.</summary>
public class IdentifierPropertyTests
{
    [Fact]
    public void NHS_numbers() => Keeps<NhsNumber>(Digits(9, 11).Select(digits => $"{digits[..3]} {digits[3..6]}-{digits[6..]}"));

    [Fact]
    public void UPNs() => Keeps<Upn>(Gen.Select(Gen.Char["ABCMZI"], Gen.Char["0123456789"].Array[12], (letter, digits) => letter + new string(digits)));

    [Fact]
    public void URNs() => Keeps<Urn>(Digits(5, 7));

    [Fact]
    public void UKPRNs() => Keeps<Ukprn>(Digits(7, 9).Select(digits => "1" + digits[1..]));

    [Fact]
    public void ODS_codes() => Keeps<OdsCode>(Gen.Char["RXYabc019-"].Array[2, 11].Select(characters => new string(characters)));

    [Fact]
    public void Council_codes() => Keeps<LocalAuthorityCode>(Digits(2, 4));

    [Fact]
    public void Agencies() => Keeps<AgencyId>(Gen.Select(
        Gen.Int[0, 5].Select(i => new[] { "ods:", "URN:", "ukprn:1", "la:330/", "la:", "" }[i]),
        Gen.Char["RX019ab-"].Array[1, 12].Select(characters => new string(characters)),
        (scheme, code) => scheme + code));

    [Fact]
    public void Assessments() => Keeps<AssessmentId>(Gen.Char["0123456789ABCDEFGHJKMNPQRSTVWXYZhi"].Array[12].Select(characters => "330-" + new string(characters)));

    private static Gen<string> Digits(int fewest, int most) => Gen.Char["0123456789"].Array[fewest, most].Select(characters => new string(characters));

    private static void Keeps<T>(Gen<string> likely)
        where T : struct, IIdentifier<T>
    {
        var valid = 0;
        Gen.OneOf(likely, likely.Select(text => $"  {text}\t"), Gen.String).Sample(text =>
        {
            if (!T.TryParse(text, out var identifier, out var problem))
            {
                Assert.Equal(default, identifier);
                Assert.NotEmpty(problem);

                // Short texts stand in a sentence by accident; a longer one would be someone's number.
                Assert.False(text.Trim().Length > 4 && problem.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase), problem);
                Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(text)));
                return;
            }

            Interlocked.Increment(ref valid);
            Assert.Empty(problem);
            Assert.True(T.TryParse(identifier.Value, out var again, out _));
            Assert.Equal(identifier, again);
            Assert.All(identifier.Value, character => Assert.True(char.IsAscii(character) && !char.IsWhiteSpace(character)));
            Assert.Equal(identifier, JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(identifier)));
            Assert.Equal(identifier, JsonSerializer.Deserialize<Dictionary<T, int>>(JsonSerializer.Serialize(new Dictionary<T, int> { [identifier] = 1 }))!.Keys.Single());
        }, iter: 2_000);

        // Otherwise the half of this test that reads valid ones would have held nothing.
        Assert.True(valid > 0);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("{}")]
    public void Only_a_text_is_read(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<NhsNumber>(json));
}
