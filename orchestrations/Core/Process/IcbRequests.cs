using static IntegrationHub.Orchestrations.Assessments.TimelineWords;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A request that a new ICB makes and with which the council must comply.</summary>
internal static class IcbRequests
{
    /// <summary>The id of the task to comply with the request.</summary>
    internal const string Task = "icb-request";

    /// <summary>What the new ICB asks for; null if it asks for nothing or the council has complied.</summary>
    internal static IcbStatement? Open(AssessmentState state) =>
        state.IcbChange is { Said: IcbStatement.AsksToAssess or IcbStatement.AsksToReview, CarriedOutOn: null } asked ? asked.Said : null;

    /// <summary>Records that the council has complied with the new ICB's request, if the request was for what the council is
    /// now doing.</summary>
    internal static void Comply(Deciding d, IcbStatement asked)
    {
        if (Open(d.State) == asked)
        {
            d.Happened(new IcbRequestCarriedOut(d.Today));
        }
    }
}

/// <summary>The council complied with the new ICB's request.</summary>
/// <param name="On">The day of compliance.</param>
public sealed record IcbRequestCarriedOut(DateOnly On) : AssessmentEvent, IFact
{
    public static FactDefinition Definition { get; } = new("icbRequestCarriedOut", "The council complied with the new ICB's request for an assessment or a review.")
    {
        Told = Audience.Council | Audience.Family | Audience.Operations,
    };

    public override AssessmentState Apply(AssessmentState state) => state with { IcbChange = state.IcbChange! with { CarriedOutOn = On } };

    public override string Describe(TimelineContext context) => $"The council complied on {Day(On)} with what the new ICB asked for.";

    public override string? Settles() => IcbRequests.Task;
}
