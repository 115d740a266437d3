namespace IntegrationHub.Orchestrations.AzureStorage.Rows;

/// <summary>A stored row or blob cannot be read, because it was changed by hand or has been lost. docs/runbooks/restore-an-assessment.md
/// explains what to do.</summary>
/// <param name="what">What cannot be read, without any of its content, which may be personal data.</param>
public sealed class StoredDataDamagedException(string what) : Exception(what);
