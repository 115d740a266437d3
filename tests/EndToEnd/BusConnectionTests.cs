namespace IntegrationHub.EndToEnd.Tests;

/// <summary><c>bus-connection</c>: a connection string for agencies that are on the bus, and words that help for those that are not.</summary>
public sealed class BusConnectionTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("hub-connection-").FullName;

    [Fact]
    public async Task An_agency_on_the_bus_gets_its_string_and_one_that_is_not_listed_gets_no_key()
    {
        await File.WriteAllTextAsync(
            Path.Combine(data, "agencies.json"), """[{ "id": "la:330/social-care", "reach": "bus" }]""", TestContext.Current.CancellationToken);

        var listed = await HubProcess.RunAsync($"bus-connection la:330/social-care --data \"{data}\"");
        var unlisted = await HubProcess.RunAsync($"bus-connection urn:100001 --data \"{data}\"");

        Assert.Equal(0, listed.Exit);
        Assert.StartsWith("Endpoint=sb://localhost;SharedAccessKeyName=la-330-social-care;SharedAccessKey=", listed.Out, StringComparison.Ordinal);
        Assert.Equal((1, ""), (unlisted.Exit, unlisted.Out));
        Assert.Contains("urn:100001 is not listed with reach \"bus\"", unlisted.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("urn-100001", await File.ReadAllTextAsync(Path.Combine(data, "bus-keys.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(data, recursive: true);
}
