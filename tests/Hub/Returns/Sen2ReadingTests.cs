using System.Globalization;
using System.Text;
using System.Xml.Linq;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>
/// Generated returns are read in both forms, every fault in them is named and nothing else, and what is written is what was read. In CI 500
/// persons; SEN2_PERSONS=20000 is a large council.
/// </summary>
public sealed class Sen2ReadingTests : IDisposable
{
    private static readonly int Persons = int.Parse(Environment.GetEnvironmentVariable("SEN2_PERSONS") ?? "500", CultureInfo.InvariantCulture);
    private static readonly DateOnly Today = new(2026, 1, 20);
    private readonly string place = Directory.CreateTempSubdirectory("sen2-").FullName;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Every_fault_is_named_and_nothing_else_whichever_form_it_came_in(int seed)
    {
        var (file, planted) = new Sen2Generator(seed).Make(Persons);
        Assert.True(planted.Select(p => p.Code).Distinct().Count() > 12, "too few kinds of fault");
        foreach (var read in new[] { ThroughXml(file), ThroughCsv(file, "faults") })
        {
            Assert.Empty(read.Findings);
            var (rows, findings) = Takeover.Of(read, Today, RuleSet.England2014, CountingPractice.AfterTheDay, Sen2Generator.Schools);

            Assert.Equal(Lines(planted), Lines(findings.Select(f => (f.Place.Split('/')[0], f.Code))));
            var wrong = findings.Where(f => f.Severity == Sen2Severity.Error).Select(f => f.Place.Split('/')[0]).ToHashSet(StringComparer.Ordinal);
            Assert.Equal(rows.Count(row => !wrong.Contains(row.Place.Split('/')[0])), rows.Count(row => row.IsTaken));
        }

        static IEnumerable<string> Lines(IEnumerable<(string Person, string Code)> of) => of.Select(one => $"{one.Person}: {one.Code}").Distinct().Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void What_is_read_and_written_again_is_what_was_there_both_ways(int seed)
    {
        var (file, _) = new Sen2Generator(seed).Make(Persons);
        Assert.Equal(Flat(file), Flat(ThroughXml(file)));
        Assert.Equal(Flat(file), Flat(ThroughCsv(file, "one")));
        Assert.Equal(Flat(file), Flat(ThroughXml(ThroughCsv(ThroughXml(file), "two"))));
    }

    [Fact]
    public void Each_stage_is_told_with_what_must_be_found_out_and_what_had_passed()
    {
        var (file, _) = new Sen2Generator(5).Make(Persons);
        var (rows, _) = Takeover.Of(file, Today, RuleSet.England2014, CountingPractice.AfterTheDay, Sen2Generator.Schools);

        Assert.Equal(
            [TakeoverKind.OpenRequest, TakeoverKind.Assessment, TakeoverKind.PlanInForce, TakeoverKind.CeasedPlan, TakeoverKind.Refusal, TakeoverKind.NoPlan, TakeoverKind.Withdrawn],
            rows.Select(row => row.Kind).Distinct().Where(kind => kind != TakeoverKind.PlanBeingMade).Order());
        Assert.All(rows, row => Assert.Contains("the NHS number", row.Unknown));
        Assert.All(rows.Where(row => row.Kind == TakeoverKind.PlanInForce), row => Assert.Contains("the plan itself, sections A to K", row.Unknown));
        var open = rows.Where(row => row.Kind == TakeoverKind.OpenRequest && row.Since is not null).ToList();
        Assert.NotEmpty(open);
        Assert.All(open, row => Assert.Contains(row.Missed, missed => missed.StartsWith("decideWhetherToAssess, due ", StringComparison.Ordinal)));
        Assert.All(rows.Where(row => row.Kind is TakeoverKind.PlanInForce or TakeoverKind.Refusal), row => Assert.Empty(row.Missed));
    }

    /// <summary>Nothing that a source says is passed over in silence: whatever the layout does not know is named with its place.</summary>
    [Fact]
    public void An_element_an_attribute_or_words_that_nobody_knows_are_named_wherever_they_stand()
    {
        var (file, _) = new Sen2Generator(6).Make(40);
        var blocks = Xml(file).Descendants().Where(e => e.HasElements && e.Name.LocalName is not ("Message" or "Persons")).Select(e => e.Name.LocalName).Distinct().ToList();
        Assert.Equal(11, blocks.Count);
        foreach (var block in blocks)
        {
            foreach (var spoil in new Action<XElement>[] { e => e.Add(new XElement("Unheard", "x")), e => e.Add("stray words"), e => e.SetAttributeValue("note", "x") })
            {
                var xml = Xml(file);
                spoil(xml.Descendants(block).First());
                if (block == "Header" && xml.Descendants("Unheard").FirstOrDefault() is null)
                {
                    continue;
                }

                Assert.Contains(Read(xml.ToString()).Findings, f => f.Severity == Sen2Severity.Error && f.Code is "unknown-element" or "unknown-content");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("<Message><Persons><Person>")]
    [InlineData("no xml")]
    [InlineData("<!DOCTYPE m [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><Message><Persons><Person><Surname>&b;</Surname></Person></Persons></Message>")]
    [InlineData("<!DOCTYPE m SYSTEM \"file:///etc/passwd\"><Message/>")]
    public void What_is_no_return_is_refused_with_its_place_and_without_its_content(string xml)
    {
        var refused = Assert.Throws<InvalidDataException>(() => Read(xml));
        Assert.StartsWith("The file is not a well-formed XML return: line ", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("windows-1252", "Zo\u00EB-Ren\u00E9e O\u2019Dwyer")]
    [InlineData("iso-8859-1", "Zo\u00EB-Ren\u00E9e ODwyer")]
    [InlineData("utf-16", "Zo\u00EB-Ren\u00E9e O\u2019Dwyer")]
    public void A_return_is_read_in_the_encoding_that_it_declares(string encoding, string forename)
    {
        var xml = $"<?xml version=\"1.0\" encoding=\"{encoding}\"?><Message><Persons><Person><Forename>{forename}</Forename></Person></Persons></Message>";
        Assert.Throws<InvalidDataException>(() => Read("<?xml version=\"1.0\" encoding=\"of-my-own\"?><Message/>"));
        var bytes = CodePagesEncodingProvider.Instance.GetEncoding(encoding) ?? Encoding.GetEncoding(encoding);

        var read = Sen2Xml.Read(new MemoryStream([.. bytes.GetPreamble(), .. bytes.GetBytes(xml)]), Sen2Layout.Newest);

        Assert.Contains($"Forename={forename}", Flat(read), StringComparison.Ordinal);
    }

    [Fact]
    public void A_source_that_names_otherwise_is_read_by_its_mapping_and_a_mapping_to_nothing_is_refused()
    {
        var layout = Sen2Layout.Newest;
        var mapping = Sen2Mapping.Read(new MemoryStream(Encoding.UTF8.GetBytes("""{ "names": { "DoB": "PersonBirthDate" }, "codes": { "RequestSource": { "PAR": "1" } } }""")), layout);
        var xml = Xml(new Sen2Generator(7).Make(20).File).ToString()
            .Replace("PersonBirthDate>", "DoB>", StringComparison.Ordinal).Replace("<RequestSource>1<", "<RequestSource>PAR<", StringComparison.Ordinal)
            .Replace("SENSetting>", "SENsetting>", StringComparison.Ordinal);
        var read = Sen2Xml.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)), layout, mapping);

        Assert.Empty(read.Findings);
        Assert.Equal(Flat(new Sen2Generator(7).Make(20).File), Flat(read));
        Assert.Throws<InvalidDataException>(() => Sen2Mapping.Read(new MemoryStream(Encoding.UTF8.GetBytes("""{ "names": { "DoB": "Birthday" } }""")), layout));
    }

    [Fact]
    public void A_row_without_its_parent_a_key_given_twice_and_a_column_that_nobody_knows_are_named()
    {
        Sen2Csv.Write(new Sen2Generator(8).Make(10).File, place);
        File.AppendAllText(Path.Combine(place, "requests.csv"), "77,4711,2025-03-01,1,0,,A,0,0,\n");
        File.AppendAllText(Path.Combine(place, "person.csv"), "1,Quastrowx,Zelphix,2015-03-01,F,WBRI,,,,UN8\n");
        var needs = Path.Combine(place, "senneed.csv");
        File.WriteAllText(needs, File.ReadAllText(needs).Replace("sentyperank", "sentyperank,colour", StringComparison.Ordinal));

        var codes = Sen2Csv.Read(place, Sen2Layout.Newest).Findings.Select(f => f.Code).ToHashSet(StringComparer.Ordinal);

        Assert.Equal(["key-given-twice", "no-parent", "unknown-column"], codes.Order(StringComparer.Ordinal));
        Assert.Equal(["key-given-twice", "no-parent", "unknown-column"], Sen2Csv.Read(place, Sen2Layout.Newest).OfNobody.Select(f => f.Code).Order(StringComparer.Ordinal));
        Assert.Empty(new Sen2Generator(8).Make(10).File.OfNobody);
    }

    [Fact]
    public void A_column_given_twice_and_a_row_with_more_cells_than_columns_are_named()
    {
        Sen2Csv.Write(new Sen2Generator(8).Make(10).File, place);
        var persons = Path.Combine(place, "person.csv");
        var lines = File.ReadAllLines(persons);
        lines[0] = lines[0].Replace("forename", "surname", StringComparison.OrdinalIgnoreCase);
        lines[1] += ",Annabel";
        File.WriteAllLines(persons, lines);

        var findings = Sen2Csv.Read(place, Sen2Layout.Newest).Findings;

        Assert.Equal(["given-twice Person", "too-many-cells Person 1"], findings.Select(f => $"{f.Code} {f.Place}").Order(StringComparer.Ordinal));
        Assert.All(findings, f => Assert.Equal(Sen2Severity.Error, f.Severity));
    }

    /// <summary>Of two columns or two files only one would be read, and behind a comma that is not quoted every value is in the wrong column.</summary>
    [Fact]
    public void What_would_be_left_out_or_moved_is_an_error()
    {
        Sen2Csv.Write(new Sen2Generator(10).Make(10).File, place);
        var persons = Path.Combine(place, "person.csv");
        var sound = File.ReadAllLines(persons);
        File.WriteAllLines(persons, [sound[0] + ",Postcode", .. sound[1..].Select(line => line + ",ZZ99 3WZ")]);
        Assert.Contains(("Person", "given-twice"), Sen2Csv.Read(place, Sen2Layout.Newest).Findings.Select(f => (f.Place, f.Code)));

        File.WriteAllLines(persons, [sound[0], sound[1] + ",more", sound[2] + ",", .. sound[3..]]);
        Assert.Equal(("Person 1", "too-many-cells"), Assert.Single(Sen2Csv.Read(place, Sen2Layout.Newest).Findings.Select(f => (f.Place, f.Code))));

        File.WriteAllLines(persons, [.. sound, "7000,Quastróx,Zelphix,2015-03-01,F,WBRI,,,,UN8"], Encoding.Latin1);
        Assert.Contains("person.csv is not encoded in UTF-8", Assert.Throws<InvalidDataException>(() => Sen2Csv.Read(place, Sen2Layout.Newest)).Message, StringComparison.Ordinal);

        File.WriteAllLines(persons, sound);
        File.Copy(persons, Path.Combine(place, "other_person.csv"));
        Assert.Contains("more than one file for the table person", Assert.Throws<InvalidDataException>(() => Sen2Csv.Read(place, Sen2Layout.Newest)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html/>")]
    [InlineData("<Message><Header><Source><LEA>330</LEA></Source></Header></Message>")]
    public void Xml_without_persons_is_no_return(string xml) => Assert.Throws<InvalidDataException>(() => Read(xml));

    [Fact]
    public void COLLECTs_own_form_is_read()
    {
        var (file, _) = new Sen2Generator(9).Make(30);
        Sen2Csv.Write(file, place);
        foreach (var path in Directory.GetFiles(place, "*.csv"))
        {
            var text = System.Text.RegularExpressions.Regex.Replace(
                File.ReadAllText(path), @"\b(\d{4})-(\d\d)-(\d\d)\b", m => DateOnly.ParseExact(m.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("yyyy-MMM-dd", CultureInfo.InvariantCulture) + " 00:00:00");
            File.WriteAllText(Path.Combine(place, $"Blade-Export_15-01-2026_{Path.GetFileName(path).ToUpperInvariant()}"), text);
            File.Delete(path);
        }

        Assert.Equal(Flat(file), Flat(Sen2Csv.Read(place, Sen2Layout.Newest)));
    }

    public void Dispose() => Directory.Delete(place, recursive: true);

    private static string Flat(Sen2File file) => string.Join('\n', file.Header.Concat(file.Persons).SelectMany(item => item.Whole()).Select(
        item => $"{item.Place}: {string.Join("; ", item.Block.Items.Where(f => item[f.Name] is not null).Select(f => $"{f.Name}={item[f.Name]}"))}"));

    private static Sen2File ThroughXml(Sen2File file) => Read(Xml(file).ToString());

    private static XDocument Xml(Sen2File file)
    {
        using var stream = new MemoryStream();
        Sen2Xml.Write(file, stream);
        stream.Position = 0;
        return XDocument.Load(stream);
    }

    private static Sen2File Read(string xml) => Sen2Xml.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)), Sen2Layout.Newest);

    private Sen2File ThroughCsv(Sen2File file, string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(place, name)).FullName;
        Sen2Csv.Write(file, folder);
        return Sen2Csv.Read(folder, Sen2Layout.Newest);
    }
}
