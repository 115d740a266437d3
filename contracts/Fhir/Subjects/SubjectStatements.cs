using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Contracts.Fhir.Subjects;

/// <summary>
/// What the parts of one answer say about their subject that the hub does not know. Each part alone may contradict nothing, but two parts with
/// different NHS numbers, pupil numbers or further given names cannot both be about the child.
/// </summary>
public sealed class SubjectStatements
{
    private readonly List<Upn> upns = [];
    private readonly List<IReadOnlyList<string>> furtherNames = [];

    internal List<NhsNumber> Numbers { get; } = [];

    /// <summary>Adds a pupil number; false if a different one was given before.</summary>
    internal bool Adds(Upn upn)
    {
        upns.Add(upn);
        return upns.TrueForAll(before => before == upn);
    }

    /// <summary>Adds given names that the hub does not know; false if other such names were given before.</summary>
    internal bool Adds(IReadOnlyList<string> names)
    {
        var agrees = furtherNames.TrueForAll(before => Naming.MayBeOfOne(before, names));
        furtherNames.Add(names);
        return agrees;
    }
}
