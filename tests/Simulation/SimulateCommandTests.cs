namespace IntegrationHub.Simulation;

/// <summary>What the program says to a call.</summary>
public sealed class SimulateCommandTests
{
    [Theory]
    [InlineData("--requests needs a whole number of 1 or more", "simulate", "--requests", "0")]
    [InlineData("--requests needs a whole number", "simulate", "--requests", "many")]
    [InlineData("--requests needs a whole number", "simulate", "--requests", "99999999999999999999")]
    [InlineData("--look needs a whole number of 0 or more", "simulate", "--look", "-1")]
    [InlineData("--channels needs a whole number of 0 or more", "simulate", "--channels", "-1")]
    [InlineData("--care-bus needs a number of 0 or more, 1 at most", "simulate", "--care-bus", "1.5")]
    [InlineData("--hubs needs a whole number", "simulate", "--hubs", "1.5")]
    [InlineData("--disputes needs a number of 0 or more, 1000 at most", "simulate", "--disputes", "NaN")]
    [InlineData("--years needs a whole number of 0 or more, 10 at most", "simulate", "--years", "11")]
    [InlineData("'minus'", "simulate", "--seed", "minus")]
    [InlineData("'tape'", "simulate", "--store", "tape")]
    [InlineData("'often'", "simulate", "--faults", "often")]
    [InlineData("--sead", "simulate", "--sead", "1")]
    [InlineData("simulat", "simulat")]
    [InlineData("no such council", "simulate", "--council", "Nowhere")]
    public async Task A_wrong_call_is_answered_with_one_line(string told, params string[] words)
    {
        var (exit, output, error) = await AnswerAsync(words);

        Assert.Equal(2, exit);
        Assert.Equal("", output);
        Assert.Contains(told, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_year_is_told_on_standard_output_and_its_faults_on_standard_error()
    {
        var (exit, output, error) = await AnswerAsync(["simulate", "--requests", "5", "--store", "memory", "--look", "0"]);

        Assert.Equal(0, exit);
        Assert.StartsWith("A statutory year: 5 requests, seed 1, faults some", output, StringComparison.Ordinal);
        Assert.Contains("every invariant holds", output, StringComparison.Ordinal);
        Assert.Contains("Faults injected into the hub\n", error, StringComparison.Ordinal);
    }

    private static async Task<(int Exit, string Output, string Error)> AnswerAsync(string[] words)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exit = await SimulateCommand.AnswerAsync(words, output, error, TestContext.Current.CancellationToken);
        return (exit, output.ToString(), error.ToString());
    }
}
