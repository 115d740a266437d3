using System.CommandLine;
using IntegrationHub.Local.Commands;

namespace IntegrationHub.Local.Tests.Commands;

/// <summary>Options that several commands share, and how numbers are printed.</summary>
public sealed class CommonOptionsTests
{
    [Theory]
    [InlineData("assessments list --council")]
    [InlineData("import RETURN.xml --council")]
    [InlineData("intake mail --council")]
    [InlineData("local-offer import offer --council")]
    [InlineData("moves import --in a --sender-key b --transferred 2026-01-01 --who c --council")]
    public void What_is_not_a_council_is_a_wrong_call_before_anything_is_read(string call)
    {
        var root = new RootCommand { AssessmentsCommand.Make(), ImportCommand.Make(), IntakeCommand.Make(), LocalOfferCommand.Make(), MovesCommand.Make() };

        foreach (var wrong in (string[])["33", "3300", "abc", "100"])
        {
            Assert.Contains(root.Parse($"{call} {wrong}").Errors, error => error.Message.StartsWith("--council: ", StringComparison.Ordinal));
        }

        Assert.DoesNotContain(root.Parse($"{call} 330").Errors, error => error.Message.StartsWith("--council: ", StringComparison.Ordinal));
    }

    /// <summary>03/01/2027 is the third of January in England; the library would read it as the first of March.</summary>
    [Theory]
    [InlineData("moves import --in a --sender-key b --council 331 --who c --transferred")]
    [InlineData("access-log export --council 330 --by a --reason b --out c --until 2027-01-31 --from")]
    [InlineData("access-log export --council 330 --by a --reason b --out c --from 2027-01-01 --until")]
    [InlineData("retention list --council 330 --on")]
    public void A_day_is_read_in_one_form_only(string call)
    {
        var root = new RootCommand { MovesCommand.Make(), AccessLogCommand.Make(), RetentionCommand.Make() };
        var option = call.Split(' ')[^1];

        foreach (var wrong in (string[])["03/01/2027", "31/01/2027", "2027-1-3", "2027-02-29", "soon"])
        {
            Assert.Equal($"{option} must be a date, for example 2026-03-03.", Assert.Single(root.Parse($"{call} {wrong}").Errors).Message);
        }

        Assert.Empty(root.Parse($"{call} 2027-01-03").Errors);
    }

    [Theory]
    [InlineData("access-log export --council 330 --from 2027-01-01 --until 2027-01-03 --out c --reason b --by", "--by")]
    [InlineData("access-log export --council 330 --from 2027-01-01 --until 2027-01-03 --out c --by a --reason", "--reason")]
    [InlineData("retention erase --council 330 --list x --by a --reason", "--reason")]
    [InlineData("import return.xml --council 330 --by", "--by")]
    public void Who_did_something_and_why_is_not_recorded_as_nothing(string call, string option)
    {
        var root = new RootCommand { AccessLogCommand.Make(), RetentionCommand.Make(), ImportCommand.Make() };

        foreach (var blank in (string[])["", " "])
        {
            Assert.Equal($"{option} must not be empty, because it is recorded.", Assert.Single(root.Parse([.. call.Split(' '), blank]).Errors).Message);
        }

        Assert.Empty(root.Parse($"{call} x").Errors);
    }

    [Theory]
    [InlineData("institutions import /")]
    [InlineData("import return.xml --council 330 --contacts /")]
    [InlineData("import-under-way / requests.csv --council 330")]
    [InlineData("moves import --in / --sender-key b --council 331 --who c --transferred 2027-01-03")]
    public void A_folder_in_place_of_a_file_is_said_to_be_one(string call)
    {
        var root = new RootCommand { InstitutionsCommand.Make(), ImportCommand.Make(), UnderWayCommand.Make(), MovesCommand.Make() };

        Assert.EndsWith(": / is a folder, not a file.", Assert.Single(CommonOptions.FoldersForFiles(root.Parse(call))), StringComparison.Ordinal);
        Assert.Empty(CommonOptions.FoldersForFiles(root.Parse(call.Replace(" /", " x", StringComparison.Ordinal))));
    }

    [Theory]
    [InlineData("institutions import --help")]
    [InlineData("import-under-way --help")]
    public void Help_is_shown_although_the_file_is_missing(string call)
    {
        var parsed = new RootCommand { InstitutionsCommand.Make(), UnderWayCommand.Make() }.Parse(call);

        Assert.Empty(parsed.Errors);
        Assert.Empty(CommonOptions.FoldersForFiles(parsed));
    }

    [Fact]
    public void The_addresses_of_an_Azure_account_are_read_and_a_wrong_address_is_no_crash()
    {
        const string tables = "--tables https://account.table.core.windows.net", blobs = "--blobs https://account.blob.core.windows.net";
        var import = AssessmentsCommand.Make();

        Assert.Empty(import.Parse($"import --in a {tables} {blobs}").Errors);
        Assert.Equal("--tables and --blobs must be given together.", Assert.Single(import.Parse($"import --in a {tables}").Errors).Message);
        Assert.Equal("--blobs must be an https address.", Assert.Single(import.Parse($"import --in a {tables} --blobs account").Errors).Message);
    }

    [Theory]
    [InlineData(0, "0 people")]
    [InlineData(1, "1 person")]
    [InlineData(1200, "1,200 people")]
    public void A_number_has_the_noun_that_belongs_to_it(long number, string text) => Assert.Equal(text, Counted.Of(number, "person", "people"));
}
