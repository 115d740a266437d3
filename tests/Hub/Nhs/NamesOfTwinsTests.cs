using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Subjects;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Fhir.Tests;

namespace IntegrationHub.Hub.Tests.Nhs;

/// <summary>Twins share a birth date, a family name and often the first of two given names; only the second tells them apart.</summary>
public sealed class NamesOfTwinsTests
{
    [Theory]
    [InlineData("Mohammed Ali", "Mohammed Hassan", false)]
    [InlineData("Mary-Anne", "Mary-Jane", false)]
    [InlineData("Mary-Anne", "Maryanne", true)]
    [InlineData("Mohammed Ali", "Mohammed", true)]
    [InlineData("Mohammed", "Mohammed Hassan", true)]
    [InlineData("Mohammed Ali", "Mohammed A", true)]
    [InlineData("Mohammed Ali", "Mohammed A.", true)]
    [InlineData("Mohammed Ali", "Mohammed H", false)]
    [InlineData("Mohammed Ali", "Mohammed Ali Hassan", true)]
    public void A_second_given_name_that_differs_is_another_child(string own, string told, bool isSame)
    {
        foreach (var name in new[] { new HumanName { Family = "Khan", Given = told.Split(' ') }, new HumanName { Text = $"Master {told} KHAN" } })
        {
            Assert.Equal((told, isSame), (told, Reading(own, "Khan", name).IsSameChild));
        }
    }

    [Fact]
    public void The_text_of_a_name_must_not_name_another_child_beside_its_parts() =>
        Assert.False(Reading("Alex", "Doyle", new HumanName { Family = "Doyle", Given = ["Alex"], Text = "Sam Doyle" }).IsSameChild);

    [Theory]
    [InlineData("", null, false)]
    [InlineData("urn:example:UPN", null, false)]
    [InlineData("https://school.example/pupil-number", null, false)]
    [InlineData("urn:example:local", "UPN", false)]
    [InlineData("urn:example:local", "Unique pupil number", false)]
    [InlineData("urn:example:local", null, true)]
    public void A_siblings_pupil_number_is_found_however_it_is_labelled(string system, string? type, bool isSame)
    {
        var ask = Given.Ask();
        var known = new KnownChild { Assessment = ask.Assessment, Child = ask.Child with { Upn = Given.Id<Upn>("Q330100101501") }, References = new HashSet<string>() };
        Hl7.Fhir.Model.Identifier Labelled(string upn) => new(system.Length == 0 ? null : system, upn) { Type = type is null ? null : new CodeableConcept { Text = type } };
        Patient With(Hl7.Fhir.Model.Identifier identifier) => new() { Name = [new HumanName { Family = "Lieberman", Given = ["Meir"] }], BirthDate = "2015-12-19", Identifier = [identifier] };

        Assert.Equal(isSame, SubjectReader.Read(With(Labelled("V330000000112")), known, _ => null).IsSameChild);
        Assert.True(SubjectReader.Read(With(Labelled("q330100101501")), known, _ => null).IsSameChild);
    }

    private static SubjectReading Reading(string given, string family, HumanName told)
    {
        var ask = Given.Ask();
        var known = new KnownChild { Assessment = ask.Assessment, Child = ask.Child with { GivenName = given, FamilyName = family, NhsNumber = null }, References = new HashSet<string>() };
        return SubjectReader.Read(new Patient { Name = [told], BirthDate = "2015-12-19" }, known, _ => null);
    }
}
