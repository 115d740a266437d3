using System.Text;
using System.Text.Json.Nodes;
using Hl7.Fhir.Model;
using IntegrationHub.Contracts.Fhir.Answering;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Fhir.Reading;

namespace IntegrationHub.Fhir.Tests;

/// <summary>Damaged Bundles of every kind, from a fixed seed: reading answers, and never throws.</summary>
public sealed class Mutations
{
    private static readonly byte[][] Sound =
    [
        FhirWriter.Write(AskBundle.Transaction(Given.Ask(), Given.Now), FhirFormat.Json),
        FhirWriter.Write(QuestionnaireWriting.Write(Given.Advice()), FhirFormat.Json),
        FhirWriter.Write(AdviceReading.Letter(), FhirFormat.Json),
    ];

    // The number of a case is its seed, so a failure names the case that failed and runs again as it was.
    [Fact]
    public void Json_is_answered_whatever_it_is()
    {
        for (var number = 0; number < 10_000; number++)
        {
            Answered(number, FhirReader.Read(Damaged(number, Sound[number % Sound.Length], kinds: 9), FhirFormat.Json));
        }
    }

    [Fact]
    public void Xml_is_answered_whatever_it_is()
    {
        var sound = FhirWriter.Write(AskBundle.Transaction(Given.Ask(), Given.Now), FhirFormat.Xml);
        for (var number = 0; number < 3_000; number++)
        {
            Answered(number, FhirReader.Read(Damaged(number, sound, kinds: 4), FhirFormat.Xml));
        }
    }

    private static byte[] Damaged(int number, byte[] sound, int kinds)
    {
        var random = new Random(number);
        return Enumerable.Range(0, random.Next(1, 5)).Aggregate(sound, (bytes, _) => Damage(bytes, (random.Next(kinds), random.Next(), random.Next())));
    }

    private static void Answered(int number, Contracts.Fhir.FhirReading<Resource> read)
    {
        if (read.Value is { } resource)
        {
            // What was let in can be written in both forms and passes on to the mapping without a throw.
            FhirWriter.Write(resource, FhirFormat.Json);
            FhirWriter.Write(resource, FhirFormat.Xml);
            _ = resource switch
            {
                Bundle { Type: Bundle.BundleType.Document } document => CompositionReading.Read(document).Problems.Count,
                Bundle bundle => AskReading.Read(bundle).Problems.Count,
                QuestionnaireResponse response => QuestionnaireReading.Read(response, Given.NoDocuments()).Problems.Count,
                _ => 0,
            };
            return;
        }

        Assert.True(read.Problems.Count > 0, $"case {number} was neither read nor refused");
        Assert.InRange(Outcomes.Status(read.Problems), 400, 422);
        FhirWriter.Write(Outcomes.Of(read.Problems), FhirFormat.Xml);
    }

    // 0-3 damage bytes; 4-8 damage the tree, and fall back to bytes once the text is no longer JSON.
    private static byte[] Damage(byte[] bytes, (int Kind, int Where, int What) damage)
    {
        if (bytes.Length == 0)
        {
            return bytes;
        }

        var at = damage.Where % bytes.Length;
        switch (damage.Kind)
        {
            case 0:
                return bytes[..at];
            case 1:
                return [.. bytes[..at], (byte)damage.What, .. bytes[(at + 1)..]];
            case 2:
                return [.. bytes[..at], .. bytes[(at + 1)..]];
            case 3:
                return [.. bytes[..at], .. bytes[at..Math.Min(bytes.Length, at + (damage.What % 64))], .. bytes[at..]];
        }

        JsonNode? root;
        var objects = new List<JsonObject>();
        try
        {
            root = JsonNode.Parse(bytes);
            Collect(root, objects);
        }
        catch (Exception noTree) when (noTree is System.Text.Json.JsonException or ArgumentException or InvalidOperationException)
        {
            // Earlier damage left no JSON, or the same key twice.
            return bytes[..at];
        }

        if (objects.Count == 0)
        {
            return bytes[..at];
        }

        var target = objects[damage.Where % objects.Count];
        var names = target.Select(pair => pair.Key).ToList();
        if (names.Count == 0)
        {
            return bytes;
        }

        var name = names[damage.What % names.Count];
        switch (damage.Kind)
        {
            case 4:
                target.Remove(name);
                break;
            case 5:
                target[name] = Strange(damage.What);
                break;
            case 6:
                target["x" + name] = target[name]?.DeepClone();
                break;
            case 7:
                target["resourceType"] = new[] { "Patient", "Bundle", "Binary", "Parameters", "Nonsense", "Resource", "Task" }[damage.What % 7];
                break;
            case 8:
                JsonNode nested = target.DeepClone();
                for (var i = 0; i < 10; i++)
                {
                    nested = new JsonObject { ["resourceType"] = "Bundle", ["type"] = "collection", ["entry"] = new JsonArray(new JsonObject { ["resource"] = nested }) };
                }

                target[name] = nested;
                break;
        }

        return Encoding.UTF8.GetBytes(root!.ToJsonString());
    }

    private static JsonNode? Strange(int what) => (what % 12) switch
    {
        0 => null,
        1 => new JsonArray(),
        2 => new JsonObject(),
        3 => JsonValue.Create("3478526985"),
        4 => JsonValue.Create(-1),
        5 => JsonValue.Create(1e300),
        6 => JsonValue.Create("\u202E\u0000\uFFFF"),
        7 => JsonValue.Create(new string('x', 5000)),
        8 => new JsonArray(JsonValue.Create("a"), null, new JsonObject()),
        9 => JsonValue.Create("urn:uuid:0"),
        10 => JsonValue.Create(true),
        _ => new JsonObject { ["reference"] = "Task/../../x" },
    };

    private static void Collect(JsonNode? node, List<JsonObject> objects)
    {
        switch (node)
        {
            case JsonObject found:
                objects.Add(found);
                foreach (var (_, child) in found)
                {
                    Collect(child, objects);
                }

                break;
            case JsonArray array:
                foreach (var child in array)
                {
                    Collect(child, objects);
                }

                break;
        }
    }
}
