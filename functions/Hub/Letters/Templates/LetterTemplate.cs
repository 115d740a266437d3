using System.Globalization;
using Fluid;
using Fluid.Values;
using IntegrationHub.Functions.Letters.Layout;
using IntegrationHub.Orchestrations.Letters;

namespace IntegrationHub.Functions.Letters.Templates;

/// <summary>The words of one letter: a Liquid template over the facts that Core gives. An instance has passed the check.</summary>
public sealed class LetterTemplate
{
    private const int MaxSteps = 20_000;

    private static readonly TemplateOptions Options = new() { CultureInfo = CultureInfo.InvariantCulture, MaxSteps = MaxSteps, StrictFilters = true };

    private readonly IFluidTemplate template;

    private LetterTemplate(LetterRule rule, string language, IFluidTemplate template) => (Rule, Language, this.template) = (rule, language, template);

    /// <summary>What the letter must say.</summary>
    public LetterRule Rule { get; }

    /// <summary>IETF tag of its language.</summary>
    public string Language { get; }

    /// <summary>Reads and checks a template.</summary>
    /// <param name="rule">What the letter must say.</param>
    /// <param name="language">Its language.</param>
    /// <param name="source">Liquid.</param>
    /// <returns>The template; or why it does not load, one line for each fault.</returns>
    public static (LetterTemplate? Template, IReadOnlyList<string> Faults) Read(LetterRule rule, string language, string source)
    {
        if (source.Any(MarkedText.IsMark))
        {
            return (null, ["It contains characters of the private use area, which are reserved for facts."]);
        }

        if (!LetterParser.One.TryParse(source, out var parsed, out var error))
        {
            return (null, [$"It is not a Liquid template: {error}"]);
        }

        var template = new LetterTemplate(rule, language, parsed);
        var faults = TemplateCheck.Of(template);
        return faults.Count == 0 ? (template, []) : (null, faults);
    }

    /// <summary>The letter laid out.</summary>
    /// <exception cref="LetterIncompleteException">A required point is missing: no letter may be sent without it.</exception>
    public LetterLayout Render(Letter letter)
    {
        var names = letter.Facts.Keys.Order(StringComparer.Ordinal).ToList();
        var rendered = Render(names, letter.Truths);
        if (rendered.Faults(Rule, names) is { Count: > 0 } faults)
        {
            throw new LetterIncompleteException(string.Join(" ", faults));
        }

        return LetterReading.Of(rendered.Text, number => letter.Facts[names[number]], letter);
    }

    /// <summary>Renders with a mark in place of each fact.</summary>
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
