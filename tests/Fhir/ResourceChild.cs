using System.Text;
using CsCheck;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;
using IntegrationHub.Contracts.Fhir.Reading;
using IntegrationHub.Contracts.Fhir.Subjects;

namespace IntegrationHub.Fhir.Tests;

/// <summary>Whom content is about: every way to name a patient, right, wrong, missing and contradicting.</summary>
public sealed class ResourceChild
{
    private const string Own = "Patient/own";
    private static readonly Named Right = new(Own, "9449307873", "Lieberman", "Meir", "2015-12-19");
    private static readonly Named Wrong = new("Patient/another", "9449305552", "Elsewhere", "Other", "2012-01-01");

    private static KnownChild Known => new()
    {
        Assessment = Given.Ask().Assessment,
        Child = Given.Ask().Child,
        References = new HashSet<string> { Own },
        RequestId = Given.Ask().RequestId,
    };

    private sealed record Named(string Reference, string Number, string Family, string First, string Born);

    // Each puts one name of a person into the content; several may be put into the same.
    private static readonly Dictionary<string, Action<Letter, Named>> Ways = new()
    {
        ["reference"] = (letter, who) => letter.Subject.Reference = who.Reference,
        ["versioned reference"] = (letter, who) => letter.Subject.Reference = $"{who.Reference}/_history/3",
        ["identifier"] = (letter, who) => letter.Subject.Identifier = new Identifier(FhirUris.NhsNumber, who.Number),
        ["identifier with blanks"] = (letter, who) => letter.Subject.Identifier = new Identifier(FhirUris.NhsNumber, $"{who.Number[..3]} {who.Number[3..6]} {who.Number[6..]}"),
        ["identifier of an older system"] = (letter, who) => letter.Subject.Identifier = new Identifier("http://fhir.nhs.net/Id/nhs-number", who.Number),
        ["identifier by OID"] = (letter, who) => letter.Subject.Identifier = new Identifier("urn:oid:2.16.840.1.113883.2.1.4.1", who.Number),
        ["identifier without a system"] = (letter, who) => letter.Subject.Identifier = new Identifier { Value = who.Number },
        ["contained by number"] = (letter, who) => letter.Contain(new Patient { Identifier = [new Identifier(FhirUris.NhsNumber, who.Number)] }),
        ["contained by name and birthday"] = (letter, who) => letter.Contain(ByName(who)),
        ["entry by number"] = (letter, who) => letter.Add(new Patient { Identifier = [new Identifier(FhirUris.NhsNumber, who.Number)] }),
        ["entry by name and birthday"] = (letter, who) => letter.Add(ByName(who)),
        ["another entry's subject"] = (letter, who) => letter.Add(new Observation { Status = ObservationStatus.Final, Code = new CodeableConcept { Text = "Weight" }, Subject = new ResourceReference(who.Reference) }),
        ["another entry's patient"] = (letter, who) => letter.Add(new RelatedPerson { Patient = new ResourceReference { Identifier = new Identifier(FhirUris.NhsNumber, who.Number) } }),
        ["a Bundle in the Bundle"] = (letter, who) => letter.Add(new Bundle { Type = Bundle.BundleType.Collection, Entry = [new() { FullUrl = "urn:uuid:inner", Resource = ByName(who) }] }),
        ["a document in an attachment"] = (letter, who) => letter.Add(new DocumentReference { Content = [new() { Attachment = new Attachment { ContentType = FhirFormats.Json, Data = Document(who) } }] }),
        ["a document in a Binary, of a type that hides it"] = (letter, who) => letter.Add(new Binary { ContentType = "text/plain", Data = Document(who) }),
    };

    public static TheoryData<string> Names => [.. Ways.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_right_child_is_known(string way)
    {
        var reading = Read((way, Right));

        Assert.Equal([], reading.Contradictions);
        Assert.True(reading.IsNamed);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Another_child_contradicts_and_its_place_is_told(string way)
    {
        var reading = Read((way, Wrong));

        Assert.NotEmpty(reading.Contradictions);
        Assert.False(reading.IsNamed);
        Assert.All(reading.Contradictions, problem => Assert.StartsWith("Bundle.entry[", problem.Path, StringComparison.Ordinal));
    }

    [Fact]
    public void Whoever_says_nobody_is_told_nobody() => Assert.Equal((0, false), Read() is var reading ? (reading.Contradictions.Count, reading.IsNamed) : default);

    [Fact]
    public void One_wrong_name_beside_any_number_of_right_ones_contradicts() => Gen.Select(Gen.Shuffle(Ways.Keys.ToArray()), Gen.Int[1, 6], Gen.Bool).Sample(
        (order, count, allRight) =>
        {
            // What stands in the same element comes last and wins; so each element is used once.
            var chosen = order.DistinctBy(Element).Take(count).ToList();
            var reading = Read([.. chosen.Select((way, i) => (way, allRight || i > 0 ? Right : Wrong))]);
            return allRight ? reading.IsSameChild : reading.Contradictions.Count > 0;
        },
        iter: 2000);

    [Fact]
    public void Names_are_compared_without_case_accents_and_hyphens_and_former_names_may_differ()
    {
        var child = Known with { Child = Known.Child with { GivenName = "Zoë-Anne", FamilyName = "O'Brien" } };
        Patient Called(string family, string given) => new() { BirthDate = Right.Born, Name = [new HumanName { Family = family, Given = [given] }] };
        var former = Called("OBRIEN", "ZOE ANNE");
        former.Name.Add(new HumanName { Use = HumanName.NameUse.Old, Family = "Smith", Given = ["Zoe"] });

        Assert.True(SubjectReader.Read(Called("O’BRIEN", "Zoe"), child, _ => null).IsSameChild);
        Assert.True(SubjectReader.Read(former, child, _ => null).IsSameChild);
        Assert.NotEmpty(SubjectReader.Read(Called("O'Brien", "Tom"), child, _ => null).Contradictions);
        Assert.NotEmpty(SubjectReader.Read(Called("Smith", "Zoe-Anne"), child, _ => null).Contradictions);
    }

    [Theory]
    [InlineData("2015", false, false)]
    [InlineData("2015-12", false, false)]
    [InlineData("2014", true, false)]
    [InlineData("2015-12-20", true, false)]
    public void A_birth_date_of_less_than_a_day_may_agree_but_proves_nothing(string born, bool contradicts, bool isNamed)
    {
        var reading = SubjectReader.Read(new Patient { BirthDate = born, Name = [new HumanName { Family = "Lieberman", Given = ["Meir"] }] }, Known, _ => null);

        Assert.Equal((contradicts, isNamed), (reading.Contradictions.Count > 0, reading.IsNamed));
    }

    [Fact]
    public void A_number_that_the_hub_does_not_know_proves_nothing_and_two_of_them_contradict()
    {
        var child = Known with { Child = Known.Child with { NhsNumber = null } };
        var patient = new Patient { Identifier = [new Identifier(FhirUris.NhsNumber, Right.Number)] };
        Assert.Equal((0, false), SubjectReader.Read(patient, child, _ => null) is var one ? (one.Contradictions.Count, one.IsNamed) : default);

        patient.Identifier.Add(new Identifier(FhirUris.NhsNumber, Wrong.Number));

        Assert.NotEmpty(SubjectReader.Read(patient, child, _ => null).Contradictions);
    }

    [Fact]
    public void Two_numbers_that_the_hub_does_not_know_contradict_when_one_is_inside_an_attachment()
    {
        var child = Known with { Child = Known.Child with { NhsNumber = null } };
        DocumentReference With(Named inside) => new()
        {
            Subject = new ResourceReference { Reference = Own, Identifier = new Identifier(FhirUris.NhsNumber, Right.Number) },
            Content = [new() { Attachment = new Attachment { ContentType = FhirFormats.Json, Data = Document(inside) } }],
        };

        Assert.Equal((0, true), SubjectReader.Read(With(Right), child, _ => null) is var same ? (same.Contradictions.Count, same.IsNamed) : default);
        Assert.Equal("DocumentReference.content[0].attachment", Assert.Single(SubjectReader.Read(With(Wrong), child, _ => null).Contradictions).Path);
    }

    [Fact]
    public void The_parents_own_number_and_the_authors_name_are_not_the_childs()
    {
        var letter = new Letter();
        letter.Subject.Reference = Own;
        letter.Subject.Display = "LIEBERMAN, Meir (Master)";
        letter.Add(new RelatedPerson { Patient = new ResourceReference(Own), Identifier = [new Identifier(FhirUris.NhsNumber, Wrong.Number)] });
        letter.Add(new Practitioner { Name = [new HumanName { Family = "Bello", Given = ["Amara"] }] });

        Assert.True(SubjectReader.Read(letter.Bundle, Known, _ => null).IsSameChild);
    }

    [Theory]
    [InlineData("Practitioner/1", null, "subject.reference")]
    [InlineData("Group/1", null, "subject.reference")]
    [InlineData(Own, "Tom Lieberman", "subject.display")]
    public void Somebody_else_in_the_subjects_place_contradicts(string reference, string? display, string place)
    {
        var letter = new Letter();
        (letter.Subject.Reference, letter.Subject.Display) = (reference, display);

        Assert.Equal($"Bundle.entry[0].resource.{place}", Assert.Single(SubjectReader.Read(letter.Bundle, Known, _ => null).Contradictions).Path);
    }

    private static string Element(string way) => way.StartsWith("identifier", StringComparison.Ordinal) ? "identifier"
        : way.Contains("reference", StringComparison.Ordinal) || way.StartsWith("contained", StringComparison.Ordinal) ? "reference" : way;

    private static SubjectReading Read(params (string Way, Named Who)[] names)
    {
        var letter = new Letter();
        foreach (var (way, who) in names)
        {
            Ways[way](letter, who);
        }

        return SubjectReader.Read(letter.Bundle, Known, _ => null);
    }

    private static Patient ByName(Named who) => new() { Name = [new HumanName { Family = who.Family, Given = [who.First] }], BirthDate = who.Born };

    private static byte[] Document(Named who) => Encoding.UTF8.GetBytes(
        $$$"""{"resourceType":"Bundle","type":"collection","entry":[{"resource":{"resourceType":"Patient","identifier":[{"system":"{{{FhirUris.NhsNumber}}}","value":"{{{who.Number}}}"}]}}]}""");

    private sealed class Letter
    {
        private readonly Composition composition = new() { Subject = new ResourceReference() };

        internal Letter() => Bundle = new Bundle { Type = Bundle.BundleType.Document, Entry = [new() { FullUrl = "urn:uuid:composition", Resource = composition }] };

        internal Bundle Bundle { get; }

        internal ResourceReference Subject => composition.Subject!;

        internal void Contain(Patient patient)
        {
            patient.Id = "p";
            composition.Contained.Add(patient);
            Subject.Reference = "#p";
        }

        internal void Add(Resource resource) => Bundle.Entry.Add(new() { FullUrl = $"urn:uuid:{Bundle.Entry.Count}", Resource = resource });
    }
}
