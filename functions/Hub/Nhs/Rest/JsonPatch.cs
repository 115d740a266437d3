using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir;

namespace IntegrationHub.Functions.Nhs.Rest;

/// <summary>JSON Patch (RFC 6902) for a resource's JSON, with all six operations. A patch is applied completely or not at all.</summary>
internal static class JsonPatch
{
    /// <summary>Greatest number of operations in a patch.</summary>
    internal const int MaxOperations = 200;

    /// <summary>Greatest size of a patch, in bytes.</summary>
    internal const int MaxBytes = 1024 * 1024;

    /// <summary>
    /// The greatest number of bytes that the copy operations of one patch can add. Without this limit, a small patch could copy its own
    /// copies and double the size each time.
    /// </summary>
    internal const int MaxCopied = 64 * 1024;

    /// <summary>The deepest nesting that a patch can create. The FHIR reader has the same limit.</summary>
    internal const int Deepest = 64;

    /// <summary>
    /// Returns the patched JSON. Fails with status 400 if the input is not a patch, or 422 if the patch does not fit the resource or a test
    /// operation fails.
    /// </summary>
    internal static FhirReading<byte[]> Apply(ReadOnlySpan<byte> json, ReadOnlySpan<byte> patch)
    {
        if (patch.Length > MaxBytes)
        {
            return Failed("", $"a patch must not have more than {MaxBytes} bytes.", 413);
        }

        JsonNode? operations;
        try
        {
            operations = JsonNode.Parse(patch);
        }
        catch (JsonException)
        {
            return Failed("", "the patch is not JSON.", 400);
        }

        if (operations is not JsonArray { Count: > 0 and <= MaxOperations } list)
        {
            return Failed("", $"a patch must be an array of 1 to {MaxOperations} operations.", 400);
        }

        JsonNode? root = JsonNode.Parse(json);
        var left = MaxCopied;
        for (var i = 0; i < list.Count; i++)
        {
            try
            {
                if (list[i] is not JsonObject operation)
                {
                    return Failed($"[{i}]", "an operation must be an object.", 400);
                }

                if (One(ref root, operation, ref left) is { } problem)
                {
                    return Failed($"[{i}]", problem.Reason, problem.Status);
                }
            }
            catch (Exception duplicate) when (duplicate is ArgumentException or InvalidOperationException)
            {
                // JsonNode does not detect duplicate names and invalid text until they are read.
                return Failed($"[{i}]", "the operation cannot be read.", 400);
            }
        }

        return root is JsonObject ? FhirReading<byte[]>.Of(Encoding.UTF8.GetBytes(root.ToJsonString())) : Failed("", "the result of the patch is not a resource.", 422);
    }

    private static (string Reason, int Status)? One(ref JsonNode? root, JsonObject operation, ref int left)
    {
        var op = Text(operation, "op");
        if (Pointer(Text(operation, "path")) is not { } path)
        {
            return ("path must be a JSON Pointer.", 400);
        }

        switch (op)
        {
            case "add" or "replace" or "test" when !operation.ContainsKey("value"):
                return ("value is missing.", 400);
            case "add":
                return Add(ref root, path, operation["value"]?.DeepClone());
            case "remove":
                return Remove(root, path, out _);
            case "replace":
                return Find(root, path, out _) ? Remove(root, path, out _) ?? Add(ref root, path, operation["value"]?.DeepClone()) : NotThere;
            case "test":
                return !Find(root, path, out var found) ? NotThere : JsonNode.DeepEquals(found, operation["value"]) ? null : ("the test operation failed.", 422);
            case "move" or "copy":
                if (Pointer(Text(operation, "from")) is not { } from)
                {
                    return ("from must be a JSON Pointer.", 400);
                }

                if (op == "move" && path.Count > from.Count && path.Take(from.Count).SequenceEqual(from))
                {
                    return ("a value cannot be moved into itself.", 422);
                }

                if (!Find(root, from, out var source))
                {
                    return NotThere;
                }

                if (op == "move")
                {
                    // The removed node itself is inserted, so no copy is made.
                    return Remove(root, from, out var moved) ?? Add(ref root, path, moved);
                }

                // The size is checked before the value is copied.
                left -= JsonMeasure.Bytes(source, left);
                return left < 0 ? ($"the copies of a patch must not add more than {MaxCopied} bytes.", 413) : Add(ref root, path, source?.DeepClone());
            default:
                return ("op must be add, remove, replace, move, copy or test.", 400);
        }
    }

    private static readonly (string, int)? NotThere = ("the path does not exist in the resource.", 422);

    private static (string, int)? Add(ref JsonNode? root, List<string> path, JsonNode? value)
    {
        if (path.Count == 0)
        {
            root = value;
            return null;
        }

        if (path.Count + JsonMeasure.Depth(value, Deepest) > Deepest)
        {
            return ($"the resource would be nested more than {Deepest} levels deep.", 422);
        }

        if (!Find(root, path[..^1], out var parent))
        {
            return NotThere;
        }

        switch (parent)
        {
            case JsonObject target:
                target[path[^1]] = value;
                return null;
            case JsonArray list when path[^1] == "-":
                list.Add(value);
                return null;
            case JsonArray list when Index(path[^1], list.Count) is { } at:
                list.Insert(at, value);
                return null;
            default:
                return NotThere;
        }
    }

    private static (string, int)? Remove(JsonNode? root, List<string> path, out JsonNode? removed)
    {
        removed = null;
        if (path.Count == 0 || !Find(root, path, out removed) || !Find(root, path[..^1], out var parent))
        {
            return path.Count == 0 ? ("the resource itself cannot be removed or replaced.", 422) : NotThere;
        }

        switch (parent)
        {
            case JsonObject target:
                target.Remove(path[^1]);
                break;
            case JsonArray list:
                list.RemoveAt(int.Parse(path[^1], CultureInfo.InvariantCulture));
                if (list.Count == 0 && path.Count > 1 && Find(root, path[..^2], out var above) && above is JsonObject holder)
                {
                    // FHIR JSON must not contain empty arrays (R4 json.html).
                    holder.Remove(path[^2]);
                }

                break;
        }

        return null;
    }

    private static bool Find(JsonNode? root, List<string> path, out JsonNode? found)
    {
        found = root;
        foreach (var step in path)
        {
            switch (found)
            {
                case JsonObject target when target.TryGetPropertyValue(step, out var child):
                    found = child;
                    break;
                case JsonArray list when Index(step, list.Count - 1) is { } at:
                    found = list[at];
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    private static int? Index(string step, int last) =>
        (step == "0" || !step.StartsWith('0')) && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= last ? at : null;

    // RFC 6901: "" is the resource itself; otherwise each step follows a slash. "~1" stands for a slash and "~0" for a tilde.
    private static List<string>? Pointer(string? text) =>
        text is null || (text.Length > 0 && text[0] != '/') || text.Length > 1000 ? null
            : text.Length == 0 ? [] : [.. text[1..].Split('/').Select(step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];

    private static string? Text(JsonObject operation, string name) =>
        operation[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static FhirReading<byte[]> Failed(string path, string reason, int status) =>
        FhirReading<byte[]>.Failed(new FhirProblem(
            path,
            reason,
            status switch { 400 => OperationOutcome.IssueType.Structure, 413 => OperationOutcome.IssueType.TooLong, _ => OperationOutcome.IssueType.Processing })
        { Status = status });
}
