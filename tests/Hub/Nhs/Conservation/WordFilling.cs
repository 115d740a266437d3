using System.Globalization;
using System.Text.RegularExpressions;
using Hl7.Fhir.Introspection;
using Hl7.Fhir.Model;

namespace IntegrationHub.Hub.Tests.Nhs.Conservation;

/// <summary>
/// Fills resources with words, each of them once: at every place where FHIR R4 lets a text stand, as the SDK's own description of the
/// types says, as deep as the choices go. The choices come from the test, which shrinks them.
/// </summary>
internal sealed partial class WordFilling(byte[] choices)
{
    private const int Deepest = 6;
    private int used;
    private int words;

    /// <summary>Whether to do something that is done once in <paramref name="times"/>; never once the choices are used up.</summary>
    internal bool Chance(int times) => used < choices.Length && choices[used++] % times == 0;

    /// <summary>A number from 0 to below <paramref name="count"/>.</summary>
    internal int Pick(int count) => used < choices.Length ? choices[used++] % count : 0;

    /// <summary>The next word, which stands nowhere else.</summary>
    internal string Word() => string.Create(CultureInfo.InvariantCulture, $"qzj{words++}k");

    /// <summary>The words of a text that this made.</summary>
    internal static HashSet<string> In(string text) => [.. Made().Matches(text).Select(match => match.Value)];

    /// <summary>Fills some of the places of an element.</summary>
    internal T Fill<T>(T element, int depth = 0)
        where T : Base
    {
        foreach (var property in ModelInfo.ModelInspector.FindClassMapping(element.GetType())!.PropertyMappings)
        {
            if (property.Name is "id" or "contained" or "meta" or "implicitRules" or "language" || !Chance(depth == 0 ? 2 : 3))
            {
                continue;
            }

            var type = Type(property);
            // A system is the name of a list, and no word of an author.
            if (type is null || depth > Deepest || property.Name is "system" or "url")
            {
                continue;
            }

            if (property.IsCollection)
            {
                var list = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(property.ImplementingType))!;
                for (var n = Pick(2); n >= 0; n--)
                {
                    if (Make(type, depth + 1) is { } item)
                    {
                        list.Add(item);
                    }
                }

                element.SetValue(property.Name, list);
            }
            else if (Make(type, depth + 1) is { } value)
            {
                element.SetValue(property.Name, value);
            }
        }

        return element;
    }

    /// <summary>Some value that an answer or an extension may have.</summary>
    internal DataType Value(int depth = Deepest) => (DataType)Make(
        ((Type[])[typeof(FhirString), typeof(Coding), typeof(Quantity), typeof(ResourceReference), typeof(Markdown), typeof(FhirUri), typeof(Annotation), typeof(CodeableConcept)])[Pick(8)], depth)!;

    /// <summary>A narrative with words beside, in and around all kinds of elements.</summary>
    internal Narrative Narrative() => new() { Status = Hl7.Fhir.Model.Narrative.NarrativeStatus.Additional, Div = $"<div xmlns=\"http://www.w3.org/1999/xhtml\">{Html(3)}</div>" };

    /// <summary>A piece of XHTML.</summary>
    internal string Html(int depth)
    {
        var html = Chance(2) ? $"{Word()} " : "";
        for (var n = 1 + Pick(3); n > 0; n--)
        {
            html += depth == 0 ? $" {Word()}" : Pick(10) switch
            {
                0 => $"<ul><li>{Html(depth - 1)}</li><li>{Word()}</li></ul>{Word()}",
                1 => $"<table><caption>{Word()}</caption><tr><th>{Word()}</th><td>{Html(depth - 1)}</td></tr></table>",
                2 => $"{Word()}<br/>{Word()}",
                3 => $"<p>{Html(depth - 1)}</p>",
                4 => $"<b>{Word()}</b> and <i title=\"{Word()}\">{Word()}</i>",
                5 => $"<img alt=\"{Word()}\" src=\"#x\"/>",
                6 => $"<h2>{Word()}</h2><blockquote>{Html(depth - 1)}</blockquote>",
                7 => $"<!-- {Word()} -->{Word()}",
                8 => $"<dl><dt>{Word()}</dt><dd>{Html(depth - 1)}</dd></dl>",
                _ => $"<a href=\"http://{Word()}.example/\">{Word()}</a>",
            };
        }

        return html;
    }

    private static Type? Type(PropertyMapping property) =>
        property.ImplementingType == typeof(DataType) ? typeof(DataType) : property.ImplementingType.IsAbstract ? null : property.ImplementingType;

    private Base? Make(Type type, int depth)
    {
        if (type == typeof(DataType))
        {
            return Value(depth);
        }

        if (type == typeof(Narrative))
        {
            return Narrative();
        }

        if (type == typeof(Extension))
        {
            return new Extension("http://example.org/x", new FhirString(Word()));
        }

        if (type == typeof(FhirString))
        {
            var text = new FhirString(Word());
            text.Extension = Chance(20) ? [new Extension("http://example.org/x", new FhirString(Word()))] : [];
            return text;
        }

        return type switch
        {
            _ when type == typeof(Markdown) => new Markdown(Word()),
            _ when type == typeof(FhirUri) => new FhirUri($"urn:x:{Word()}"),
            _ when type == typeof(Coding) => new Coding($"http://example.org/{Pick(2)}", Word(), Chance(2) ? Word() : null),
            _ when type == typeof(Quantity) => new Quantity { Value = 3, Unit = Word() },
            _ when type == typeof(ResourceReference) => new ResourceReference { Display = Word(), Identifier = Chance(4) ? new Identifier("urn:x", Word()) : null },
            _ when type == typeof(Annotation) => new Annotation { Text = new Markdown(Word()), Author = new FhirString(Word()) },
            _ when type == typeof(Attachment) || type.IsSubclassOf(typeof(Resource)) || type.IsSubclassOf(typeof(PrimitiveType)) => null,
            _ => Fill((Base)Activator.CreateInstance(type)!, depth),
        };
    }

    [GeneratedRegex("qzj[0-9]+k")]
    private static partial Regex Made();
}
