using System.Globalization;
using System.Runtime.CompilerServices;

namespace IntegrationHub.Simulation.Invariants;

/// <summary>An invariant that does not hold.</summary>
/// <param name="Broken">The invariant.</param>
/// <param name="Assessment">The case.</param>
/// <param name="What">What was found.</param>
public sealed record Violation(Invariant Broken, string Assessment, string What);

/// <summary>How often each invariant was asked, and where it was broken.</summary>
public sealed class Verdict
{
    private readonly long[] asked = new long[Enum.GetValues<Invariant>().Length];
    private readonly List<Violation> violations = [];

    /// <summary>What was found broken.</summary>
    public IReadOnlyList<Violation> Violations => violations;

    /// <summary>Questions asked of an invariant.</summary>
    public long Asked(Invariant invariant) => asked[(int)invariant];

    /// <summary>Violations of an invariant.</summary>
    public int Broken(Invariant invariant) => violations.Count(v => v.Broken == invariant);

    /// <summary>Adds another verdict.</summary>
    public void Add(Verdict other)
    {
        for (var n = 0; n < asked.Length; n++)
        {
            asked[n] += other.asked[n];
        }

        violations.AddRange(other.violations);
    }

    /// <summary>Asks an invariant of a case. What was found is put in words only when it does not hold.</summary>
    internal bool Holds(
        Invariant invariant,
        bool holds,
        Contracts.Identifiers.AssessmentId assessment,
        [InterpolatedStringHandlerArgument(nameof(holds))] ref Found otherwise)
    {
        asked[(int)invariant]++;
        if (!holds)
        {
            violations.Add(new Violation(invariant, assessment.Value, otherwise.Say()));
        }

        return holds;
    }
}

/// <summary>What was found in place of what should hold: some hundreds of questions are asked of a case, and nearly all are answered well.</summary>
[InterpolatedStringHandler]
internal ref struct Found
{
    private DefaultInterpolatedStringHandler words;

    /// <param name="literals">Length of the fixed words.</param>
    /// <param name="holes">Number of values among them.</param>
    /// <param name="holds">The invariant holds: nothing is put together.</param>
    /// <param name="broken">Whether the words are needed.</param>
    public Found(int literals, int holes, bool holds, out bool broken)
    {
        broken = !holds;
        words = broken ? new DefaultInterpolatedStringHandler(literals, holes, CultureInfo.InvariantCulture) : default;
    }

    public void AppendLiteral(string text) => words.AppendLiteral(text);

    public void AppendFormatted<T>(T value) => words.AppendFormatted(value);

    public void AppendFormatted<T>(T value, string? format) => words.AppendFormatted(value, format);

    internal string Say() => words.ToStringAndClear();
}
