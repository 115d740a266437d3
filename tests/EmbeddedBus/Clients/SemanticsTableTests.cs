using System.Reflection;

namespace IntegrationHub.EmbeddedBus.Tests.Clients;

/// <summary>One table for all clients: a row that one of them does not know is a gap that nobody would see.</summary>
public sealed class SemanticsTableTests
{
    [Fact]
    public void Each_row_is_a_test_of_the_DotNet_client()
    {
        var tests = typeof(DotNetClientTests).GetMethods().Where(method => method.GetCustomAttribute<FactAttribute>() is not null).Select(method => method.Name.ToLowerInvariant());

        Assert.Equal(Peers.Rows().Order(), tests.Order());
    }
}
