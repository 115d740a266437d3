using System.Collections.Frozen;
using System.Reflection;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// The catalogue of all steps and facts, which is filled once from the assemblies that contain them. The HTTP API, access rules, stored
/// JSON, the timeline and the documents all take their lists from this catalogue.
/// </summary>
public static class StepCatalogue
{
    private static readonly HashSet<Assembly> Assemblies = [typeof(StepCatalogue).Assembly];
    private static readonly Lock Gate = new();
    private static Tables? found;

    /// <summary>All kinds of steps, sorted by name.</summary>
    public static IReadOnlyList<StepDefinition> Steps => Found.Steps;

    /// <summary>All kinds of facts with their record types, sorted by the name in stored JSON.</summary>
    public static IReadOnlyList<(Type Type, FactDefinition Definition)> Facts => Found.Facts;

    private static Tables Found => Volatile.Read(ref found) ?? Find();

    /// <summary>Adds the steps and facts of another assembly. Call this before the first look-up in the catalogue.</summary>
    /// <exception cref="InvalidOperationException">The catalogue has already been used, so a list without these steps and facts can already
    /// exist.</exception>
    public static void Include(Assembly assembly)
    {
        lock (Gate)
        {
            if (found is not null && !Assemblies.Contains(assembly))
            {
                throw new InvalidOperationException($"The steps of {assembly.GetName().Name} were added too late. Add them before the hub starts.");
            }

            Assemblies.Add(assembly);
        }
    }

    /// <summary>The definition of the kind of step to which this step belongs.</summary>
    public static StepDefinition Of(AssessmentInput step) => Found.StepOf[step.GetType()];

    /// <summary>The definition of a kind of step, or null if there is none of that type.</summary>
    public static StepDefinition? Step(Type type) => Found.StepOf.GetValueOrDefault(type);

    /// <summary>The step with this name, or null if there is none.</summary>
    public static StepDefinition? Step(string name) => Found.Steps.FirstOrDefault(s => s.Name == name);

    /// <summary>The definition of a kind of fact, or null if there is none of that type.</summary>
    public static FactDefinition? Fact(Type type) => Found.FactOf.GetValueOrDefault(type);

    private static Tables Find()
    {
        lock (Gate)
        {
            return found ??= new Tables(Assemblies);
        }
    }

    private sealed class Tables
    {
        internal Tables(IEnumerable<Assembly> assemblies)
        {
            var types = assemblies.SelectMany(a => a.GetTypes()).Where(t => !t.IsAbstract).ToList();
            StepOf = types.Where(t => t.IsSubclassOf(typeof(AssessmentInput))).ToFrozenDictionary(t => t, Said<StepDefinition>);
            FactOf = types.Where(t => t.IsSubclassOf(typeof(AssessmentEvent))).ToFrozenDictionary(t => t, Said<FactDefinition>);
            Steps = [.. StepOf.Values.OrderBy(s => s.Name, StringComparer.Ordinal)];
            Facts = [.. FactOf.Select(f => (f.Key, f.Value)).OrderBy(f => f.Value.Name, StringComparer.Ordinal)];
            Once(Steps.Select(s => s.Name));
            Once(Facts.Select(f => f.Value.Name));
        }

        internal IReadOnlyList<StepDefinition> Steps { get; }

        internal IReadOnlyList<(Type Key, FactDefinition Value)> Facts { get; }

        internal FrozenDictionary<Type, StepDefinition> StepOf { get; }

        internal FrozenDictionary<Type, FactDefinition> FactOf { get; }

        private static T Said<T>(Type type)
            where T : class =>
            type.GetProperty("Definition", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as T
            ?? throw new InvalidOperationException($"{type.Name} has no static Definition property. Add the property.");

        private static void Once(IEnumerable<string> names)
        {
            if (names.GroupBy(n => n).FirstOrDefault(g => g.Count() > 1) is { } twice)
            {
                throw new InvalidOperationException($"The name {twice.Key} is used for two kinds of step or fact. Give each kind its own name.");
            }
        }
    }
}
