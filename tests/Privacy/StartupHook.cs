/// <summary>
/// Lets a child process of the tests record what it says: DOTNET_STARTUP_HOOKS names this assembly, and touching it runs the recorder's
/// module initialiser (Recorder.cs). The runtime asks for exactly this name, without a namespace.
/// </summary>
#pragma warning disable CA1050 // The runtime's own demand.
internal static class StartupHook
{
    /// <summary>Called by the runtime before the program's Main.</summary>
    public static void Initialize() => IntegrationHub.Tests.Privacy.Recorder.ListenToConsole();
}
