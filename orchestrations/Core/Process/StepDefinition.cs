namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The definition of one kind of step: its name on the wire, who may send it, an example, and the law.</summary>
public abstract class StepDefinition
{
    private protected StepDefinition(string name, string title, Type type) => (Name, Title, Type) = (name, title, type);

    /// <summary>Name in addresses: <c>decide-whether-to-assess</c>.</summary>
    public string Name { get; }

    /// <summary>Its meaning, in a few words.</summary>
    public string Title { get; }

    /// <summary>Its record type.</summary>
    public Type Type { get; }

    /// <summary>Roles that may send it. An agency only about what it was asked.</summary>
    public required IReadOnlyList<ActorRole> Senders { get; init; }

    /// <summary>Its legal basis; null where there is none.</summary>
    public string? Law { get; init; }

    /// <summary>An example of a body as JSON; null for a step that nobody outside sends.</summary>
    public string? Example { get; init; }

    /// <summary>Whether it may contain whole advice, so that its body may be larger than others.</summary>
    public bool CarriesAdvice { get; init; }

    /// <summary>Whether it says that a record was wrong: a limit that it ends never ran, or ran to another day.</summary>
    public bool Corrects { get; init; }

    /// <summary>The rules for the dates that it gives, one for each; empty where it gives none.</summary>
    public IReadOnlyList<DateRule> Dates { get; private protected init; } = [];

    /// <summary>The day of the event that it records, the last if there are several; null where it gives none.</summary>
    internal DateOnly? DayOf(AssessmentInput step)
    {
        DateOnly? last = null;
        for (var n = 0; n < Dates.Count; n++)
        {
            if (Dates[n].Tells != DateKind.WhatIsPlanned && Dates[n].Of(step) is { } day && !(last >= day))
            {
                last = day;
            }
        }

        return last;
    }

    /// <summary>Whether nobody outside sends it, so that it has no address.</summary>
    public bool IsInternal => Senders is [ActorRole.Hub];

    /// <summary>Name in stored JSON: <c>decideWhetherToAssess</c>.</summary>
    public string StoredName => string.Concat(Name.Split('-').Select((word, n) => n == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>Why an agency may not send this in this case; null when it may. By default an agency may not.</summary>
    public abstract SenderFault? FaultOfAgency(AssessmentInput step, AgencyStanding agency);

    /// <summary>Why the family may not send this in this case; null when it may.</summary>
    public abstract SenderFault? FaultOfFamily(AssessmentInput step, AssessmentState state);
}

/// <summary>The definition of one kind of step, with its own type.</summary>
/// <typeparam name="T">Its record type.</typeparam>
/// <param name="name">Name in addresses.</param>
/// <param name="title">Its meaning, in a few words.</param>
public sealed class StepDefinition<T>(string name, string title) : StepDefinition(name, title, typeof(T))
    where T : AssessmentInput
{
    /// <summary>Why an agency with this part in the case may not send this; null when it may.</summary>
    public Func<T, AgencyStanding, SenderFault?> ForAgency { get; init; } = (_, _) => SenderFault.NotYours("An agency may not send this.");

    /// <summary>Why the family may not send this; null when it may.</summary>
    public Func<T, AssessmentState, SenderFault?> ForFamily { get; init; } = (_, _) => null;

    /// <summary>Makes the rules for its dates.</summary>
    internal Func<Dates<T>, DateRule[]> Days { init => Dates = value(new Dates<T>()); }

    /// <inheritdoc/>
    public override SenderFault? FaultOfAgency(AssessmentInput step, AgencyStanding agency) => ForAgency((T)step, agency);

    /// <inheritdoc/>
    public override SenderFault? FaultOfFamily(AssessmentInput step, AssessmentState state) => ForFamily((T)step, state);
}

/// <summary>A step defines everything about its kind; <see cref="StepCatalogue"/> builds every list from that.</summary>
/// <typeparam name="TSelf">The step.</typeparam>
public interface IStep<TSelf>
    where TSelf : AssessmentInput
{
    /// <summary>The definition of this kind of step.</summary>
    static abstract StepDefinition<TSelf> Definition { get; }
}
