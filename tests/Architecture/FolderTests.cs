using ArchUnitNET.Fluent.Slices;
using ArchUnitNET.Loader;

namespace IntegrationHub.Architecture.Tests;

/// <summary>One folder a capability, and no circle between folders.</summary>
public class FolderTests
{
    private static readonly ArchUnitNET.Domain.Architecture Rooms = new ArchLoader()
        .LoadAssemblies(DependencyTests.Messages, DependencyTests.Fhir, DependencyTests.Core, DependencyTests.Embedded, DependencyTests.Hub,
            DependencyTests.Bus, DependencyTests.Local)
        .Build();

    [Theory]
    [InlineData("IntegrationHub.Contracts.(*)")]
    [InlineData("IntegrationHub.Contracts.Fhir.(*)")]
    [InlineData("IntegrationHub.Orchestrations.(*)")]
    [InlineData("IntegrationHub.Orchestrations.Embedded.(*)")]
    [InlineData("IntegrationHub.Functions.(*)")]
    [InlineData("IntegrationHub.EmbeddedBus.(*)")]
    [InlineData("IntegrationHub.Local.(*)")]
    public void Folders_stand_in_no_circle(string folders)
    {
        var results = SliceRuleDefinition.Slices().Matching(folders).Should().BeFreeOfCycles().Evaluate(Rooms).ToList();
        Assert.NotEmpty(results);
        Assert.All(results, r => Assert.True(r.Passed, r.Description));
    }

    [Fact]
    public void No_folder_is_named_for_its_shape()
    {
        string[] never = ["Services", "Helpers", "Utils", "Models", "Common", "Managers", "Misc", "Shared"];
        var named = Rooms.Namespaces.Select(n => n.FullName).Where(n => n.StartsWith("IntegrationHub", StringComparison.Ordinal))
            .Where(n => n.Split('.').Intersect(never).Any());
        Assert.Empty(named);
    }
}
