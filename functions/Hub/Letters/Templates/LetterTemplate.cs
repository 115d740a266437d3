using System.Globalization;
using Fluid;
using Fluid.Values;
using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Orchestrations.Letters;

namespace IntegrationHub.Functions.Letters.Templates;

/// <summary>
/// The text of one letter: a Liquid template over the facts that Core provides. Every template that was loaded has passed the check for
/// what the law requires.
/// </summary>
public sealed class LetterTemplate
{
    private const int MaxSteps = 20_000;

    private static readonly TemplateOptions Options = new() { CultureInfo = CultureInfo.InvariantCulture, MaxSteps = MaxSteps, StrictFilters = true };

    private readonly IFluidTemplate template;

    private LetterTemplate(LetterRule rule, string language, IFluidTemplate template) => (Rule, Language, this.template) = (rule, language, template);

    /// <summary>The rule that says what the letter must contain.</summary>
    public LetterRule Rule { get; }

    /// <summary>IETF tag of the template's language.</summary>
    public string Language { get; }

    /// <summary>Reads and checks a template.</summary>
    /// <param name="rule">The rule that says what the letter must contain.</param>
    /// <param name="language">IETF tag of the template's language.</param>
    /// <param name="source">The template's Liquid source.</param>
    /// <returns>The template, or the reasons why it cannot be loaded, one line for each fault.</returns>
    public static (LetterTemplate? Template, IReadOnlyList<string> Faults) Read(LetterRule rule, string language, string source)
    {
        if (source.Any(MarkedText.IsMark))
        {
            return (null, ["The template contains characters of the Unicode private use area, which are reserved for facts."]);
        }

        if (!LetterParser.One.TryParse(source, out var parsed, out var error))
        {
            return (null, [$"The file is not a valid Liquid template: {error}"]);
        }

        var template = new LetterTemplate(rule, language, parsed);
        var faults = TemplateCheck.Of(template);
        return faults.Count == 0 ? (template, []) : (null, faults);
    }

    /// <summary>Lays out a letter with this template.</summary>
    /// <exception cref="LetterIncompleteException">A point that the law requires is missing from the letter, so the letter must not be
    /// sent.</exception>
    public LetterLayout Render(Letter letter)
    {
        var names = letter.Facts.Keys.Order(StringComparer.Ordinal).ToList();
        var rendered = Render(names, letter.TrueConditions);
        if (rendered.Faults(Rule, names) is { Count: > 0 } faults)
        {
            throw new LetterIncompleteException(string.Join(" ", faults));
        }

        return LetterReading.Of(rendered.Text, number => letter.Facts[names[number]], letter);
    }

    /// <summary>Renders the template with a mark in place of each fact.</summary>
    internal RenderedTemplate Render(IReadOnlyList<string> facts, IReadOnlySet<string> truths)
    {
        var undefined = new HashSet<string>(StringComparer.Ordinal);
        var points = new Dictionary<string, int>(StringComparer.Ordinal);
        var context = new TemplateContext(Options);
        context.AmbientValues[LetterParser.Points] = points;
        for (var number = 0; number < facts.Count; number++)
        {
            context.SetValue(facts[number], new StringValue(MarkedText.Fact(number)));
        }

        foreach (var truth in truths)
        {
            context.SetValue(truth, BooleanValue.True);
        }

        context.Undefined = name =>
        {
            if (!LetterVocabulary.Facts.Contains(name) && name is not (LetterVocabulary.YoungPerson or LetterVocabulary.Detained) && !LetterVocabulary.Routes.Contains(name))
            {
                undefined.Add(name);
            }

            return NilValue.Instance;
        };
        try
        {
            return new RenderedTemplate(template.Render(context, NullEncoder.Default), points, undefined, null);
        }
        catch (Exception broken) when (broken is InvalidOperationException or FluidException)
        {
            return new RenderedTemplate("", points, undefined, broken.Message);
        }
    }
}

/// <summary>A letter lacks something that the law requires.</summary>
public sealed class LetterIncompleteException(string faults) : Exception(faults);
