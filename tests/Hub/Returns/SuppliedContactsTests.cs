using System.Text;
using IntegrationHub.Functions.Returns;
using IntegrationHub.Hub.Tests.Returns.Independent;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Hub.Tests.Returns;

/// <summary>The table of contacts beside a return: a row is used only where it is certain whom it is about, and every other row says why not.</summary>
public sealed class SuppliedContactsTests
{
    private const string Columns = "upn,uln,forename,surname,birthdate,name,relationship,email,electronicServiceAgreedOn,mobile,telephone,language,interpreter,accessibleFormat,address1,address2";
    private const string Sound = "Q330100101501,,,,2016-05-09,Quennel Ostrabane,mother,q@example.org,2024-02-01,07700 900123,01632 960123,cy,Polish,large print,12 Example Street,ZZ99 3WZ";

    [Fact]
    public void Everything_that_a_row_says_is_the_contact()
    {
        var given = Read(Sound);

        Assert.Empty(given.Findings);
        var (person, contact) = Assert.Single(given.ByPerson);
        Assert.Equal("Person 1", person);
        Assert.Equal(
            ("Quennel Ostrabane", "mother", "q@example.org", new DateOnly(2024, 2, 1), "07700 900123", "01632 960123"),
            (contact.Name, contact.Relationship, contact.Email, contact.ElectronicServiceAgreedOn, contact.Mobile, contact.Telephone));
        Assert.Equal(("cy", "Polish", "large print", "12 Example Street|ZZ99 3WZ"), (contact.Language, contact.Interpreter, contact.AccessibleFormat, string.Join('|', contact.PostalAddress!)));
    }

    [Fact]
    public void A_child_without_a_number_is_found_by_name_and_date_of_birth_in_either_form_of_a_day()
    {
        var given = Read(",,ORSOLIN,Vendel-mark,30/11/2021,Quennel Ostrabane,father,,,,,,,,12 Example Street,ZZ99 3WZ");

        Assert.Empty(given.Findings);
        var (person, contact) = Assert.Single(given.ByPerson);
        Assert.Equal(("Person 2", null, null), (person, contact.Email, contact.ElectronicServiceAgreedOn));
    }

    [Theory]
    [InlineData("Q330100101501,,,,2016-05-08,", "Quennel Ostrabane,mother,,,,,,,,12 Example Street,ZZ99 3WZ", "contact-of-another")]
    [InlineData("Q330100101501,,,,,", "Quennel Ostrabane,mother,,,,,,,,12 Example Street,ZZ99 3WZ", "not-a-day")]
    [InlineData("V330000000999,,,,2016-05-09,", "Quennel Ostrabane,mother,,,,,,,,12 Example Street,ZZ99 3WZ", "contact-of-nobody")]
    [InlineData(",,Zelphine,,2016-05-09,", "Quennel Ostrabane,mother,,,,,,,,12 Example Street,ZZ99 3WZ", "contact-of-nobody")]
    [InlineData("Q330100101501,,,,2016-05-09,", ",mother,,,,,,,,12 Example Street,ZZ99 3WZ", "missing")]
    [InlineData("Q330100101501,,,,2016-05-09,", "Quennel Ostrabane,,,,,,,,,12 Example Street,ZZ99 3WZ", "missing")]
    [InlineData("Q330100101501,,,,2016-05-09,", "Quennel Ostrabane,mother,q@example.org,2026-01-21,,,,,,12 Example Street,ZZ99 3WZ", "not-a-day")]
    [InlineData("Q330100101501,,,,2016-05-09,", "Quennel Ostrabane,mother,q@example.org,yes,,,,,,12 Example Street,ZZ99 3WZ", "not-a-day")]
    [InlineData("Q330100101501,,,,2016-05-09,", "Quennel Ostrabane,mother,,2024-02-01,,,,,,12 Example Street,ZZ99 3WZ", "missing")]
    [InlineData("Q330100101501,,,,2016-05-09,", "Quennel Ostrabane,mother,at home,,,,,,,12 Example Street,ZZ99 3WZ", "not-an-address")]
    [InlineData("Q330100101501,,,,2016-05-09,", "Quennel Ostrabane,mother,,,,,,,,,ZZ99 3WZ", "address-too-short")]
    public void A_row_with_an_error_is_named_and_not_used(string child, string contact, string code)
    {
        var given = Read(child + contact);

        Assert.Empty(given.ByPerson);
        var finding = Assert.Single(given.Findings);
        Assert.Equal(("Contact 1", code, Sen2Severity.Error), (finding.Place, finding.Code, finding.Severity));
        Assert.DoesNotContain("Ostrabane", finding.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Q330100101501,,Orsolin,Quastrow,2016-05-09", "contact-of-another")]
    [InlineData("Q330100101501,,,Vendelmark,2016-05-09", "contact-of-another")]
    [InlineData("Q330100101501,1000000001,,,2016-05-09", "contact-of-another")]
    [InlineData("Q330100101501,1000000002,,,2016-05-09", null)]
    [InlineData("Q330100101501,,Zelphine Ann,QUASTROW,2016-05-09", null)]
    [InlineData("Q330100101501,,Zelphine,,2016-05-09", null)]
    public void A_twin_with_the_same_birthday_is_told_apart_by_everything_that_the_row_says(string child, string? code)
    {
        var xml = SoundReturn.Read();
        SoundReturn.Of(xml.Root!, SoundReturn.Ceased).Element("UPN")!.ReplaceWith(new System.Xml.Linq.XElement("UniqueLearnerNumber", "1000000001"));

        var given = Read($"{child},Quennel Ostrabane,mother,,,,,,,,12 Example Street,ZZ99 3WZ", xml.ToString());

        Assert.Equal(code, given.Findings.SingleOrDefault()?.Code);
        Assert.Equal(code is null ? 1 : 0, given.ByPerson.Count);
    }

    [Fact]
    public void A_row_with_a_comma_too_many_is_not_used_because_its_address_would_be_cut()
    {
        var given = Read("Q330100101501,,,,2016-05-09,Quennel Ostrabane,mother,,,,,,,,Flat 2, 12 Example Street,ZZ99 3WZ");

        Assert.Empty(given.ByPerson);
        Assert.Equal(("Contact 1", "too-many-cells", Sen2Severity.Error), Assert.Single(given.Findings) is var one ? (one.Place, one.Code, one.Severity) : default);
        Assert.Empty(Read($"{Sound},,").Findings);
    }

    [Fact]
    public void Of_two_contacts_of_one_child_neither_is_used_and_whoever_cannot_be_written_to_is_a_doubt()
    {
        var twice = Read($"{Sound}\n{Sound.Replace("mother", "father", StringComparison.Ordinal)}");
        Assert.Empty(twice.ByPerson);
        Assert.Equal(("Contact 2", "contact-given-twice"), (Assert.Single(twice.Findings).Place, twice.Findings[0].Code));

        var silent = Read("Q330100101501,,,,2016-05-09,Quennel Ostrabane,mother,,,,01632 960123,,,,,");
        Assert.Single(silent.ByPerson);
        Assert.Equal(("no-way-to-write", Sen2Severity.Doubt), (Assert.Single(silent.Findings).Code, silent.Findings[0].Severity));
    }

    [Fact]
    public void A_person_whom_the_return_has_twice_is_nobody_and_a_column_that_nobody_knows_is_named()
    {
        var xml = SoundReturn.Read();
        SoundReturn.Of(xml.Root!, SoundReturn.Ceased).Element("UPN")!.Value = "Q330100101501";
        Assert.Equal("contact-of-several", Assert.Single(Read(Sound, xml.ToString()).Findings).Code);

        var unknown = SuppliedContacts.Read(new StringReader($"{Columns},colour,Email\n{Sound},blue,x\n"), File(SoundReturn.Read().ToString()), Today);
        Assert.Equal(["colour unknown-column", "email given-twice"], unknown.Findings.Select(finding => $"{finding.Item} {finding.Code}"));
        Assert.Throws<InvalidDataException>(() => SuppliedContacts.Read(new StringReader(""), File(SoundReturn.Read().ToString()), Today));
    }

    /// <summary>An unquoted comma moves the rest of the row, and its last value is under no column.</summary>
    [Fact]
    public void A_row_with_more_values_than_columns_is_not_used() =>
        Assert.Equal(("Contact 1", "too-many-cells"), (Assert.Single(Read(Sound + ",ZZ99 9ZZ").Findings).Place, Read(Sound + ",ZZ99 9ZZ").Findings[0].Code));

    [Fact]
    public void A_table_that_is_not_utf_8_is_refused_because_names_would_lose_letters()
    {
        var table = new MemoryStream(Encoding.Latin1.GetBytes($"{Columns}\n{Sound.Replace("Ostrabane", "Ostrábane", StringComparison.Ordinal)}\n"));

        var refused = Assert.Throws<InvalidDataException>(() => SuppliedContacts.Read(Sen2Csv.Text(table), File(SoundReturn.Read().ToString()), Today));

        Assert.Contains("UTF-8", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Ostr", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_contact_answers_is_not_asked_of_the_officer()
    {
        var file = File(SoundReturn.Read().ToString());
        var rows = Takeover.Of(file, Today, RuleSet.England2014, CountingPractice.AfterTheDay).Rows;

        var known = Read(Sound).Known(rows);

        Assert.Equal([false, true, true], known.Select(row => row.Unknown.Contains("the contact for the child, with an address")));
        Assert.All(known, row => Assert.Contains("the NHS number", row.Unknown));
    }

    private static DateOnly Today => new(2026, 1, 20);

    private static SuppliedContacts Read(string rows, string? xml = null) => SuppliedContacts.Read(new StringReader($"{Columns}\n{rows}\n"), File(xml ?? SoundReturn.Read().ToString()), Today);

    private static Sen2File File(string xml) => Sen2Xml.Read(new MemoryStream(Encoding.UTF8.GetBytes(xml)), Sen2Layout.Newest);
}
