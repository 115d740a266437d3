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

    [Theory]
    [InlineData(0, "0 people")]
    [InlineData(1, "1 person")]
    [InlineData(1200, "1,200 people")]
    public void A_number_has_the_noun_that_belongs_to_it(long number, string text) => Assert.Equal(text, Counted.Of(number, "person", "people"));
}
