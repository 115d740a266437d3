using IntegrationHub.Functions.Institutions;

namespace IntegrationHub.Hub.Tests.Institutions;

/// <summary>The register's files: Windows-1252, columns that come and go, closed schools and those that followed.</summary>
public sealed class GiasFileTests
{
    [Fact]
    public void A_line_is_read_by_the_names_of_its_columns()
    {
        var read = GiasFile.Read(new MemoryStream(Extract.Bytes(Extract.Lines)));

        Assert.Empty(read.Findings);
        var cafe = read.Rows.Single(row => row.Urn.Value == "100003");
        Assert.Equal(("Café School", InstitutionStatus.ToClose, new DateOnly(2027, 8, 31), true), (cafe.Name, cafe.Status, cafe.ClosedOn!.Value, cafe.Section41!.Value));
        Assert.Equal(["SEMH"], cafe.Needs);
        var special = read.Rows.Single(row => row.Urn.Value == "100002");
        Assert.Equal(["ASD", "SLD"], special.Needs);
        Assert.Equal((3, 19, 90, 88, "Example Borough"), (special.FromAge, special.ToAge, special.Capacity, special.Pupils, special.Council));
        var primary = read.Rows.Single(row => row.Urn.Value == "100001");
        Assert.Equal(["SLCN"], primary.Needs);
        Assert.Equal("Resourced provision", primary.Resourced);
        Assert.False(primary.Section41);
        Assert.Equal(1.0, special.MilesFrom(primary)!.Value, 0.001);
        Assert.Null(cafe.MilesFrom(primary));
    }

    [Fact]
    public void Columns_that_are_new_are_counted_and_those_that_are_gone_are_named()
    {
        var read = GiasFile.Read(new MemoryStream(Extract.Bytes(Extract.Lines)));
        Assert.Equal(2, read.Ignored);
        Assert.Contains("Boarders (name)", read.Absent);
        Assert.DoesNotContain("Easting", read.Absent);

        var mixed = Extract.Encoded("NewColumn,PhaseOfEducation (name),EstablishmentName,EstablishmentStatus (name),TypeOfEstablishment (name),URN\r\nx,Secondary,High School,Open,Academy converter,100009\r\n");
        var row = Assert.Single(GiasFile.Read(new MemoryStream(mixed)).Rows);
        Assert.Equal(("100009", "High School", "Secondary"), (row.Urn.Value, row.Name, row.Phase));
        Assert.Null(row.Section41);
    }

    [Theory]
    [InlineData("URN")]
    [InlineData("EstablishmentName")]
    [InlineData("EstablishmentStatus (name)")]
    [InlineData("TypeOfEstablishment (name)")]
    [InlineData("PhaseOfEducation (name)")]
    public void A_file_without_a_column_that_it_must_have_is_refused_and_the_column_named(string column)
    {
        var without = Extract.Encoded(Extract.Header.Replace($"{column},", "", StringComparison.Ordinal).Replace($"{column}\r\n", "", StringComparison.Ordinal));

        var refused = Assert.Throws<InvalidDataException>(() => GiasFile.Read(new MemoryStream(without)));

        Assert.Contains(column, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_refused_line_is_named_with_its_number_and_reason()
    {
        var read = GiasFile.Read(new MemoryStream(Extract.Bytes(
        [
            Extract.Lines[0],
            Extract.Lines[1].Replace("100002", "10002", StringComparison.Ordinal),
            Extract.Lines[2].Replace("Café School", "", StringComparison.Ordinal),
            Extract.Lines[3].Replace("Closed", "Perhaps", StringComparison.Ordinal),
            Extract.Lines[0],
            Extract.Lines[4].Replace("01-09-2024", "2024-09-01", StringComparison.Ordinal),
        ])));

        Assert.Equal(["100001", "100005"], read.Rows.Select(row => row.Urn.Value));
        Assert.Equal([3, 4, 5, 6], read.Findings.Where(finding => finding.IsRefused).Select(finding => finding.Line));
        Assert.Equal("Perhaps", read.Findings.Single(finding => finding.Line == 5).Words.Split('"')[1]);
        var doubt = Assert.Single(read.Findings, finding => !finding.IsRefused);
        Assert.Equal((7, "100005"), (doubt.Line, doubt.Urn));
        Assert.Null(read.Rows[1].OpenedOn);
    }

    [Fact]
    public void Links_lead_from_a_closed_school_to_the_one_that_followed()
    {
        var (rows, findings) = GiasLinks.Add(
            GiasFile.Read(new MemoryStream(Extract.Bytes(Extract.Lines))).Rows,
            new MemoryStream(Extract.Encoded(Extract.Links + "100004,100099,Gone,Successor,\r\nx,100001,Bad,Successor,\r\n")));
        var register = new LoadedRegister(new RegisterSource("invented.csv", "", new DateOnly(2026, 11, 29), true), rows);

        var closed = rows.Single(row => row.Urn.Value == "100004");
        Assert.Equal("100005", Assert.Single(register.SuccessorsOf(closed)).Urn.Value);
        Assert.Empty(register.SuccessorsOf(rows.Single(row => row.Urn.Value == "100005")));
        Assert.Equal([4, 5], findings.Select(finding => finding.Line));
        Assert.Equal(new DateOnly(2024, 9, 1), closed.Links[0].On);
    }

    [Fact]
    public void A_quotation_mark_where_none_belongs_is_told_and_no_line_is_lost_behind_it_in_silence()
    {
        var read = GiasFile.Read(new MemoryStream(Extract.Bytes(
        [
            Extract.Lines[0].Replace("Millbrook Primary", "Mill\"brook Primary", StringComparison.Ordinal),
            Extract.Lines[1],
            Extract.Lines[3].Replace("Good", "\"Good", StringComparison.Ordinal),
            Extract.Lines[4],
        ])));

        Assert.Equal(["100001", "100002", "100004"], read.Rows.Select(row => row.Urn.Value));
        Assert.Equal("Mill\"brook Primary School", read.Rows[0].Name);
        Assert.Equal([(2, "100001", false), (5, "100004", false)], read.Findings.Select(finding => (finding.Line, finding.Urn, finding.IsRefused)));
        Assert.StartsWith("EstablishmentName: the value has a misplaced quotation mark", read.Findings[0].Words, StringComparison.Ordinal);

        var broken = GiasFile.Read(new MemoryStream(Extract.Bytes([Extract.Lines[0].Replace("Millbrook", "\"Millbrook", StringComparison.Ordinal), Extract.Lines[2], Extract.Lines[4]])));
        Assert.True(Assert.Single(broken.Findings).IsRefused);
        Assert.Equal(["100005"], broken.Rows.Select(row => row.Urn.Value));
    }

    [Fact]
    public void A_day_of_a_link_that_cannot_be_read_is_told_and_the_link_is_kept()
    {
        var (rows, findings) = GiasLinks.Add(
            GiasFile.Read(new MemoryStream(Extract.Bytes(Extract.Lines))).Rows,
            new MemoryStream(Extract.Encoded(Extract.Links.Replace("01-09-2024", "2024-09-01", StringComparison.Ordinal))));

        Assert.Null(Assert.Single(rows.Single(row => row.Urn.Value == "100004").Links).On);
        var doubt = Assert.Single(findings);
        Assert.Equal((2, "100004", false), (doubt.Line, doubt.Urn, doubt.IsRefused));
        Assert.Contains("2024-09-01", doubt.Words, StringComparison.Ordinal);
    }
}
