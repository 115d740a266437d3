namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The definition of one kind of step: its name in messages, who can send it, an example, and the law.</summary>
public abstract class StepDefinition
{
    private protected StepDefinition(string name, string title, Type type) => (Name, Title, Type) = (name, title, type);

    /// <summary>The name in web addresses, for example <c>decide-whether-to-assess</c>.</summary>
    public string Name { get; }

    /// <summary>The meaning of the step, in a few words.</summary>
    public string Title { get; }

    /// <summary>The record type of the step.</summary>
    public Type Type { get; }

    /// <summary>The roles that can submit the step. An agency can submit a step only about its own requests.</summary>
    public required IReadOnlyList<ActorRole> Senders { get; init; }

    /// <summary>The legal basis of the step, or null if there is none.</summary>
    public string? Law { get; init; }

    /// <summary>An example of a request body as JSON; null for a step that only the hub itself sends.</summary>
    public string? Example { get; init; }

    /// <summary>
    /// Whether the step can contain a complete advice text, so that its request is allowed to be larger than the requests of other steps.
    /// </summary>
    public bool CarriesAdvice { get; init; }

    /// <summary>
    /// Whether the step corrects a wrong record. A time limit that such a step removes did not end now: it never applied, or had ended on
    /// another day.
    /// </summary>
    public bool Corrects { get; init; }

    /// <summary>Whether the step opens a case, so that it is not sent to an existing case.</summary>
    public bool Opens => typeof(IOpensCase).IsAssignableFrom(Type);

    /// <summary>The rules for the dates in the step, one for each date; empty if the step has no dates.</summary>
    public IReadOnlyList<DateRule> Dates { get; private protected init; } = [];

    /// <summary>The day of the event that the step records, or the last day if there are several; null if the step has no day.</summary>
    internal DateOnly? DayOf(AssessmentInput step)
    {
        DateOnly? last = null;
        for (var n = 0; n < Dates.Count; n++)
        {
            if (Dates[n].Kind != DateKind.WhatIsPlanned && Dates[n].Of(step) is { } day && !(last >= day))
            {
                last = day;
            }
        }

        return last;
    }

    /// <summary>Whether only the hub itself submits the step, so that it has no address.</summary>
    public bool IsInternal => Senders is [ActorRole.Hub];

    /// <summary>The name in stored JSON, for example <c>decideWhetherToAssess</c>.</summary>
    public string StoredName => string.Concat(Name.Split('-').Select((word, n) => n == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>
    /// Why an agency is not allowed to submit this step in this case, or null if it is allowed. By default an agency is not allowed to
    /// submit a step.
    /// </summary>
    public abstract SenderFault? AgencyRefusal(AssessmentInput step, AgencyInvolvement agency);

    /// <summary>Why the family is not allowed to submit this step in this case, or null if it is allowed.</summary>
    public abstract SenderFault? FamilyRefusal(AssessmentInput step, AssessmentState state);
}

/// <summary>The definition of one kind of step, with the record type of the step.</summary>
/// <typeparam name="T">The record type of the step.</typeparam>
/// <param name="name">The name in web addresses.</param>
/// <param name="title">The meaning of the step, in a few words.</param>
public sealed class StepDefinition<T>(string name, string title) : StepDefinition(name, title, typeof(T))
    where T : AssessmentInput
{
    /// <summary>Why an agency with this role in the case is not allowed to submit this step, or null if it is allowed.</summary>
    public Func<T, AgencyInvolvement, SenderFault?> ForAgency { get; init; } = (_, _) => SenderFault.NotAllowed("An agency is not allowed to submit this step.");

    /// <summary>Why the family is not allowed to submit this step, or null if it is allowed.</summary>
    public Func<T, AssessmentState, SenderFault?> ForFamily { get; init; } = (_, _) => null;

    /// <summary>Creates the rules for the dates in the step.</summary>
    internal Func<Dates<T>, DateRule[]> Days { init => Dates = value(new Dates<T>()); }

    /// <inheritdoc/>
    public override SenderFault? AgencyRefusal(AssessmentInput step, AgencyInvolvement agency) => ForAgency((T)step, agency);

    /// <inheritdoc/>
    public override SenderFault? FamilyRefusal(AssessmentInput step, AssessmentState state) => ForFamily((T)step, state);
}

/// <summary>A step that opens a case.</summary>
public interface IOpensCase
{
    /// <summary>What is known about the case.</summary>
    OpeningFacts Facts { get; }
}

/// <summary>A step. The class of a step defines everything about that kind of step, and <see cref="StepCatalogue"/> builds every list from the
/// definitions.</summary>
/// <typeparam name="TSelf">The step.</typeparam>
public interface IStep<TSelf>
    where TSelf : AssessmentInput
{
    /// <summary>The definition of this kind of step.</summary>
    static abstract StepDefinition<TSelf> Definition { get; }
}
