using IntegrationHub.Functions.Workspace.Cases;

namespace IntegrationHub.Hub.Tests.Workspace;

/// <summary>A list of work becomes a file only as a whole.</summary>
public sealed class WorkPageTests
{
    [Theory]
    [InlineData(3, true, "")]
    [InlineData(WorkPage.Max, true, "")]
    [InlineData(WorkPage.Max + 1, true, "at most 1000 cases")]
    [InlineData(3, false, "still reading the cases")]
    public void A_list_is_a_file_only_when_every_case_was_read_and_fits(int total, bool isComplete, string why)
    {
        var problem = new WorkPage([], total, 1, WorkPage.Max, isComplete).FileProblem;

        Assert.Equal(why.Length == 0, problem is null);
        Assert.Contains(why, problem ?? "", StringComparison.Ordinal);
    }
}
