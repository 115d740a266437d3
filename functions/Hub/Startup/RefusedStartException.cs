namespace IntegrationHub.Functions.Startup;

/// <summary>The hub does not start with these settings; the message is one line that says what to set.</summary>
public sealed class RefusedStartException(string message, Exception? cause) : Exception(message, cause);
