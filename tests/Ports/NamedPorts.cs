namespace IntegrationHub.Ports.Tests;

/// <summary>
/// The ports that pages and SDKs name (7071, 5672). Test programs run side by side; whoever needs one of these holds all of them, so that nobody
/// meets another's listener. The operating system drops the hold when its process ends.
/// </summary>
internal sealed class NamedPorts : IDisposable
{
    private readonly FileStream hold;

    private NamedPorts(FileStream hold) => this.hold = hold;

    /// <summary>Waits until nobody else holds them, for as long as the test may run.</summary>
    internal static async Task<NamedPorts> HoldAsync(CancellationToken cancellationToken)
    {
        var path = Path.Combine(Path.GetTempPath(), "integrationhub-tests-named-ports.lock");
        while (true)
        {
            try
            {
                return new NamedPorts(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException)
            {
                await Task.Delay(200, cancellationToken);
            }
        }
    }

    public void Dispose() => hold.Dispose();
}
