using System.Collections.Concurrent;
using System.Text.Json;
using Json.Schema;

namespace IntegrationHub.Messages.Tests.Bus;

/// <summary>The published schema files, read by another's validator, formats asserted. Each is read once: the validator knows them by their ids.</summary>
internal static class PublishedSchemas
{
    private static readonly EvaluationOptions Strict = new() { RequireFormatValidation = true };
    private static readonly ConcurrentDictionary<string, Lazy<JsonSchema>> ByFile = new(StringComparer.Ordinal);

    internal static bool Accepts(string file, JsonElement instance) => ByFile
        .GetOrAdd(file, name => new Lazy<JsonSchema>(() => JsonSchema.FromText(File.ReadAllText(Path.Combine(SchemaDocumentTests.Folder(), name)))))
        .Value.Evaluate(instance, Strict).IsValid;
}
