using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Startup;

namespace IntegrationHub.Local.Scanning;

/// <summary>The document store of a hub on one machine, with a scanner if the settings name one.</summary>
internal static class LocalDocuments
{
    /// <summary>Opens the document store.</summary>
    /// <exception cref="RefusedStartException">The setting for the scanner is not valid.</exception>
    internal static IDocumentStore Open(string folder, KeepingRules rules, ClamdOptions options, TimeProvider time, ILogger<ScannedDocuments>? log = null)
    {
        var documents = new FolderDocuments(folder, rules, time);
        return options.Address is null ? documents : new ScannedDocuments(documents, new Clamd(options), time, log);
    }
}
