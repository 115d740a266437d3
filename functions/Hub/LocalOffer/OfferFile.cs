using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace IntegrationHub.Functions.LocalOffer;

/// <summary>A fault in a service of the feed.</summary>
/// <param name="Place">The file and the position in it.</param>
/// <param name="Id">The service's id, or empty if it has no id.</param>
/// <param name="Words">Description of the fault.</param>
/// <param name="IsRefused">Whether the service is left out; otherwise only the faulty value is left out.</param>
public sealed record OfferFinding(string Place, string Id, string Words, bool IsRefused);

/// <summary>The content of the feed's files.</summary>
/// <param name="Services">Usable services, sorted by name.</param>
/// <param name="Findings">Faults found in the feed.</param>
/// <param name="Inactive">Number of services left out because they are not active.</param>
public sealed record OfferExtract(IReadOnlyList<OfferService> Services, IReadOnlyList<OfferFinding> Findings, int Inactive);

/// <summary>
/// Reads services in the format of Open Referral UK 3.0: a list, a page of <c>/services</c> (with its list in <c>contents</c>), or one
/// service. Members that the hub does not use are ignored; members that it uses but cannot read are reported.
/// </summary>
public static class OfferFile
{
    private const int MaxServices = 50_000;
    private const int MaxText = 4000;
    private const int MaxYears = 150;

    /// <summary>Reads the feed from its files, each given with its name.</summary>
    /// <exception cref="InvalidDataException">A file is not JSON, or does not contain any services.</exception>
    public static OfferExtract Read(IEnumerable<(string Name, byte[] Bytes)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var (services, findings, inactive) = (new Dictionary<string, OfferService>(StringComparer.Ordinal), new List<OfferFinding>(), 0);
        foreach (var (name, bytes) in files)
        {
            using var document = Parsed(name, bytes);
            var n = 0;
            foreach (var element in Services(name, document.RootElement))
            {
                var reading = new OneService(element, $"{name}, service {++n}", findings);
                if (reading.Read() is not { } service)
                {
                    continue;
                }

                if (!reading.IsActive)
                {
                    inactive++;
                }
                else if (!services.TryAdd(service.Id, service))
                {
                    findings.Add(new OfferFinding($"{name}, service {n}", service.Id, "The id appears twice; only the first service is used.", IsRefused: true));
                }
            }
        }

        return services.Count > MaxServices
            ? throw new InvalidDataException($"The feed has more than {MaxServices} services. Check that it is the right feed.")
            : new OfferExtract([.. services.Values.OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase).ThenBy(one => one.Id, StringComparer.Ordinal)], findings, inactive);
    }

    private static JsonDocument Parsed(string name, byte[] bytes)
    {
        if (!Utf8.IsValid(bytes))
        {
            throw new InvalidDataException($"{name} is not encoded in UTF-8.");
        }

        try
        {
            return JsonDocument.Parse(bytes.AsMemory(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? Encoding.UTF8.Preamble.Length : 0));
        }
        catch (JsonException malformed)
        {
            throw new InvalidDataException($"{name} is not valid JSON, at line {malformed.LineNumber + 1}.", malformed);
        }
    }

    private static IEnumerable<JsonElement> Services(string name, JsonElement root) => root switch
    {
        { ValueKind: JsonValueKind.Array } => root.EnumerateArray(),
        { ValueKind: JsonValueKind.Object } when root.TryGetProperty("contents", out var page) && page.ValueKind == JsonValueKind.Array => page.EnumerateArray(),
        { ValueKind: JsonValueKind.Object } when root.TryGetProperty("name", out _) => [root],
        _ => throw new InvalidDataException($"{name} contains neither a list of services, nor a page with such a list in \"contents\", nor one service."),
    };

    private sealed class OneService(JsonElement element, string place, List<OfferFinding> findings)
    {
        private string id = "";

        internal bool IsActive { get; private set; } = true;

        internal OfferService? Read()
        {
            try
            {
                return Service();
            }
            catch (InvalidOperationException)
            {
                // JSON can contain half of a character written as an escape (\uD800), which no text can contain.
                return Refuse("A text of the service contains an incomplete character (half of a surrogate pair).");
            }
        }

        private OfferService? Service()
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                return Refuse("The service is not a JSON object.");
            }

            id = Text(element, "id") ?? "";
            if (id.Length == 0 || Text(element, "name") is not { } name)
            {
                return Refuse("The service must have an id and a name.");
            }

            switch (Text(element, "status"))
            {
                case null or "active":
                    break;
                case "inactive" or "defunct" or "temporarily closed":
                    IsActive = false;
                    break;
                case var other:
                    return Refuse($"\"{other}\" is not a valid status of a service.");
            }

            return new OfferService
            {
                Id = id,
                Name = name,
                Description = Text(element, "description"),
                Organisation = Inner("organization") is { } organisation ? Text(organisation, "name") : null,
                Url = Text(element, "url") is { } url ? Web(url) : null,
                Email = Text(element, "email"),
                Phones = [.. Each("phones").Concat(Each("contacts").SelectMany(contact => EachOf(contact, "phones"))).Select(phone => Text(phone, "number")).OfType<string>().Distinct(StringComparer.Ordinal)],
                FromAge = Age("minimum_age"),
                ToAge = Age("maximum_age"),
                Places = [.. Places().OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)],
                Terms = [.. Each("attributes").Select(one => one.TryGetProperty("taxonomy_term", out var term) && term.ValueKind == JsonValueKind.Object ? Text(term, "name") : null).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)],
                UpdatedOn = Day("last_modified"),
                AssuredOn = Day("assured_date"),
            };
        }

        private IEnumerable<string?> Places()
        {
            foreach (var at in Each("service_at_locations"))
            {
                if (at.TryGetProperty("location", out var location) && location.ValueKind == JsonValueKind.Object)
                {
                    yield return Text(location, "name");
                    foreach (var address in EachOf(location, "addresses"))
                    {
                        yield return Text(address, "city");
                        yield return Text(address, "postal_code");
                    }
                }
            }

            foreach (var area in Each("service_areas"))
            {
                yield return Text(area, "name");
            }
        }

        private OfferService? Refuse(string why)
        {
            findings.Add(new OfferFinding(place, id, why, IsRefused: true));
            return null;
        }

        private void Doubt(string words) => findings.Add(new OfferFinding(place, id, words, IsRefused: false));

        private JsonElement? Inner(string member) => element.TryGetProperty(member, out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : null;

        private IEnumerable<JsonElement> Each(string member) => EachOf(element, member);

        private IEnumerable<JsonElement> EachOf(JsonElement of, string member)
        {
            if (!of.TryGetProperty(member, out var list) || list.ValueKind == JsonValueKind.Null)
            {
                return [];
            }

            if (list.ValueKind == JsonValueKind.Array)
            {
                return list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object);
            }

            Doubt($"{member} is not a list; it is left out.");
            return [];
        }

        private string? Text(JsonElement of, string member)
        {
            if (!of.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            if (value.ValueKind != JsonValueKind.String)
            {
                Doubt($"{member} is not text; it is left out.");
                return null;
            }

            var text = value.GetString()!.Trim();
            if (text.Length > MaxText)
            {
                Doubt($"{member} is longer than {MaxText} characters; the rest is left out.");
                text = text[..MaxText];
            }

            return text.Length == 0 ? null : text;
        }

        // A link that is neither http nor https could run a script or a program.
        private string? Web(string url)
        {
            if (Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp))
            {
                return address.AbsoluteUri;
            }

            Doubt("url is not a web address; it is left out.");
            return null;
        }

        private int? Age(string member)
        {
            if (!element.TryGetProperty(member, out var value) || value.ValueKind == JsonValueKind.Null)
            {
                return null;
            }

            if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var years) && years is >= 0 and <= MaxYears)
            {
                return (int)years;
            }

            Doubt($"{member} is not an age in years; it is left out.");
            return null;
        }

        private DateOnly? Day(string member)
        {
            if (Text(element, member) is not { } text)
            {
                return null;
            }

            if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
            {
                return DateOnly.FromDateTime(at.UtcDateTime);
            }

            Doubt($"{member}: \"{text}\" is not a date; it is left out.");
            return null;
        }
    }
}
