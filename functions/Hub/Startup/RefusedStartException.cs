namespace IntegrationHub.Functions.Startup;

/// <summary>Thrown if the hub refuses to start with these settings; the message is one line that states which setting to change.</summary>
public sealed class RefusedStartException(string message, Exception? cause) : Exception(message, cause);
