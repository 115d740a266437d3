using IntegrationHub.Contracts.Parties;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Conduct;

/// <summary>Something that somebody means to do in a case.</summary>
/// <param name="On">The first day on which it is done.</param>
/// <param name="Id">The message id under which it goes to the hub; sent again under it until it was answered.</param>
/// <param name="By">Who does it.</param>
/// <param name="Input">What is said, made when it is sent.</param>
/// <param name="Letter">For advice: the letter.</param>
public sealed record Act(DateOnly On, string Id, Actor By, Func<AssessmentInput> Input, Letter? Letter = null);

/// <summary>Those who act.</summary>
internal static class Actors
{
    internal static readonly Actor Officer = new() { Role = ActorRole.CouncilOfficer, Id = "officer" };
    internal static readonly Actor Family = new() { Role = ActorRole.Family, Id = "family" };

    internal static Actor Of(Agency? agency) =>
        agency is null ? Family : new Actor { Role = ActorRole.Agency, Id = agency.Id.Value, Agency = agency.Id };
}

/// <summary>What a case looks like to those who act in it.</summary>
/// <param name="Person">The child or young person.</param>
/// <param name="State">The case, as the hub shows it.</param>
/// <param name="Ledger">What was sent before.</param>
/// <param name="Today">Today.</param>
internal sealed record VisibleCase(Person Person, AssessmentState State, CaseLedger Ledger, DateOnly Today)
{
    internal Draw Draw => Person.Draw;

    internal DateOnly Received => State.Facts!.ReceivedOn;

    /// <summary>Something an officer does, on a working day.</summary>
    internal static Act Office(DateOnly on, string id, Func<AssessmentInput> input) => new(Calendar.OnWorkingDay(on), id, Actors.Officer, input);
}
