namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>What is said of one kind of step before anybody sends one: its name on the wire, who may send it, an example, the law.</summary>
public abstract class StepDefinition
{
    private protected StepDefinition(string name, string title, Type type) => (Name, Title, Type) = (name, title, type);

    /// <summary>Name in addresses: <c>decide-whether-to-assess</c>.</summary>
    public string Name { get; }

    /// <summary>What it says, in a few words.</summary>
    public string Title { get; }

    /// <summary>The record that holds it.</summary>
    public Type Type { get; }

    /// <summary>Roles that may send it. An agency always only about what it was asked.</summary>
    public required IReadOnlyList<ActorRole> Senders { get; init; }

    /// <summary>Where the law speaks of it; null where it is the hub's own.</summary>
    public string? Law { get; init; }

    /// <summary>An example of a body as JSON; null for what nobody outside sends.</summary>
    public string? Example { get; init; }

    /// <summary>It may carry whole advice, so its body may be larger than others.</summary>
    public bool CarriesAdvice { get; init; }

    /// <summary>It says that something on record was not so: a limit that it takes away never ran, or ran to another day.</summary>
    public bool Corrects { get; init; }

    /// <summary>The rules of the days that it gives, one for each; empty where it gives none.</summary>
    public IReadOnlyList<DateRule> Dates { get; private protected init; } = [];

    /// <summary>The day on which what it tells of happened, the last where it tells of more; null where it gives none.</summary>
    internal DateOnly? DayOf(AssessmentInput step)
    {
        DateOnly? last = null;
        for (var n = 0; n < Dates.Count; n++)
        {
            if (Dates[n].Tells != DayTells.WhatIsPlanned && Dates[n].Of(step) is { } day && !(last >= day))
            {
                last = day;
            }
        }

        return last;
    }

    /// <summary>Nobody outside sends it, so it has no address.</summary>
    public bool IsHubsOwn => Senders is [ActorRole.Hub];

    /// <summary>Name in stored JSON: <c>decideWhetherToAssess</c>.</summary>
    public string StoredName => string.Concat(Name.Split('-').Select((word, n) => n == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>Why an agency may not say this in this case; null when it may. An agency may not unless a step says otherwise.</summary>
    public abstract SenderFault? FaultOfAgency(AssessmentInput step, AgencyStanding agency);

    /// <summary>Why the family may not say this in this case; null when it may.</summary>
    public abstract SenderFault? FaultOfFamily(AssessmentInput step, AssessmentState state);
}

/// <summary>What is said of one kind of step, with its own type.</summary>
/// <typeparam name="T">The record that holds it.</typeparam>
/// <param name="name">Name in addresses.</param>
/// <param name="title">What it says, in a few words.</param>
public sealed class StepDefinition<T>(string name, string title) : StepDefinition(name, title, typeof(T))
    where T : AssessmentInput
{
    /// <summary>Why an agency, whose dealings with the case are given, may not say this; null when it may.</summary>
    public Func<T, AgencyStanding, SenderFault?> ForAgency { get; init; } = (_, _) => SenderFault.NotYours("An agency may not send this.");

    /// <summary>Why the family may not say this; null when it may.</summary>
    public Func<T, AssessmentState, SenderFault?> ForFamily { get; init; } = (_, _) => null;

    /// <summary>Writes the rules of its days.</summary>
    internal Func<Dates<T>, DateRule[]> Days { init => Dates = value(new Dates<T>()); }

    /// <inheritdoc/>
    public override SenderFault? FaultOfAgency(AssessmentInput step, AgencyStanding agency) => ForAgency((T)step, agency);

    /// <inheritdoc/>
    public override SenderFault? FaultOfFamily(AssessmentInput step, AssessmentState state) => ForFamily((T)step, state);
}

/// <summary>A step says of itself what there is to say of its kind; <see cref="StepCatalogue"/> makes every list from that.</summary>
/// <typeparam name="TSelf">The step.</typeparam>
public interface IStep<TSelf>
    where TSelf : AssessmentInput
{
    /// <summary>What is said of this kind of step.</summary>
    static abstract StepDefinition<TSelf> Definition { get; }
}
