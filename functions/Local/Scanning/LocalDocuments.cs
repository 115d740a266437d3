using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Startup;

namespace IntegrationHub.Local.Scanning;

/// <summary>The store of documents of a hub on one machine, with its scanner where one is set.</summary>
internal static class LocalDocuments
{
    /// <summary>Opens it.</summary>
    /// <exception cref="RefusedStartException">The scanner's setting is not valid.</exception>
    internal static IDocumentStore Open(string folder, KeepingRules rules, ClamdOptions options, TimeProvider time, ILogger<ScannedDocuments>? log = null)
    {
        var documents = new FolderDocuments(folder, rules, time);
        return options.Address is null ? documents : new ScannedDocuments(documents, new Clamd(options), time, log);
    }
}
