using System.Text.Encodings.Web;
using Fluid;
using Fluid.Ast;

namespace IntegrationHub.Functions.Letters.Templates;

/// <summary>
/// Liquid with one extra tag: <c>{% point reasons %} ... {% endpoint %}</c> marks the passage of a letter that says what the law requires.
/// </summary>
internal sealed class LetterParser : FluidParser
{
    /// <summary>Key under which the number of each point that the law requires is stored while a template is rendered.</summary>
    internal const string Points = "points";

    private LetterParser()
    {
        RegisterIdentifierBlock("point", WriteAsync);
    }

    internal static LetterParser One { get; } = new();

    private static async ValueTask<Completion> WriteAsync(
        string name, IReadOnlyList<Statement> statements, TextWriter output, TextEncoder encoder, TemplateContext context)
    {
        var numbers = (Dictionary<string, int>)context.AmbientValues[Points];
        if (!numbers.TryGetValue(name, out var number))
        {
            numbers[name] = number = numbers.Count;
        }

        await output.WriteAsync(MarkedText.Point(number));
        var completion = Completion.Normal;
        foreach (var statement in statements)
        {
            completion = await statement.WriteToAsync(output, encoder, context);
            if (completion != Completion.Normal)
            {
                break;
            }
        }

        await output.WriteAsync(MarkedText.PointEnd);
        return completion;
    }
}
