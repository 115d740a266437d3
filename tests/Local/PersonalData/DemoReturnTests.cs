using IntegrationHub.Functions.Returns;
using IntegrationHub.Functions.Returns.Building;
using IntegrationHub.Hub.Tests.Returns.Independent;
using IntegrationHub.Local.Demo;
using IntegrationHub.Orchestrations.Embedded;

namespace IntegrationHub.Local.Tests.PersonalData;

/// <summary>The return of the demonstration's case, as somebody else's reader sees it.</summary>
public sealed class DemoReturnTests(DemoData demo) : IClassFixture<DemoData>
{
    [Fact]
    public async Task What_breaks_a_rule_of_another_reader_is_named_to_the_officer_of_the_case()
    {
        var stop = TestContext.Current.CancellationToken;
        var folder = Directory.CreateDirectory(demo.Beside("return")).FullName;
        await using var store = SqliteAssessmentStore.Open(new SqliteStoreOptions { Path = Path.Combine(demo.Copy(), "assessments.db") });

        var built = await ReturnFiles.WriteAsync(new ReturnBuild(store, Sen2Layout.Newest, Cast.CouncilCode, 2027), Sen2Layout.Newest, folder, DateTimeOffset.UnixEpoch, stop);

        Assert.Equal(1, built.Persons);
        Assert.Equal([], ListedFaults.NotNamed(folder));

        // The demonstration asks for the plan and not for the return: what only the return asks is missing, and nothing else is wrong.
        Assert.Equal(["A101b", "A101c", "W514", "W612"], ListedFaults.Broken(folder).Select(one => one.Rule.Number).Order(StringComparer.Ordinal));
    }
}
