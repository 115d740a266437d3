using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Functions.Agencies;
using IntegrationHub.Functions.Nhs.Channels;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.Turns;
using IntegrationHub.Simulation.Population;
using IntegrationHub.Simulation.Witness;

namespace IntegrationHub.Simulation.Doors;

/// <summary>
/// The doors of one hub: who answers through which, and how something is given there. What agencies send over the bus goes through its receiver in
/// every case. The FHIR endpoint and the pages cost several times as much as all the rest of a case, so that some cases alone go through them; in the others the same
/// agencies' answers go where these doors put them, into the inbox.
/// </summary>
/// <param name="kept">What outlives the hub's process.</param>
/// <param name="open">Opens the doors of the process that runs now.</param>
/// <param name="share">Share of the cases whose answers go through the FHIR endpoint and the pages.</param>
/// <param name="faulty">Whether answers of the doors are lost.</param>
/// <param name="time">The clock of the year.</param>
internal sealed class HubDoors(DoorKeeping kept, Func<DoorHub> open, double share, bool faulty, TimeProvider time)
{
    private const double AnswersLost = 0.05;

    private Lazy<DoorHub> hub = new(open);

    /// <summary>The door through which an agency says something about a case.</summary>
    /// <param name="person">The child or young person.</param>
    /// <param name="by">Who says it.</param>
    /// <param name="wasAsked">Whether it was asked: who was not has neither a Task nor a link.</param>
    /// <param name="input">What is said.</param>
    internal Door DoorOf(Person person, AgencyId? by, bool wasAsked, AssessmentInput input) => by is not { } agency || !IsAnswer(input) ? Door.Inbox : kept.Directory.For(agency).Reach switch
    {
        Reach.Bus => Door.Bus,
        Reach.FhirPull when wasAsked && GoesThroughAll(person) => Door.Fhir,
        Reach.Web when wasAsked && input is not RetractAdvice && GoesThroughAll(person) => Door.Web,
        _ => Door.Inbox,
    };

    /// <summary>Sends an agency a message by the way it is reached, so that it finds its Task or its link.</summary>
    internal async ValueTask<EffectResult> TellAsync(CaseLedger ledger, AgencyMessage message, CancellationToken cancellationToken)
    {
        if (message.Agency.Reach is not (Reach.FhirPull or Reach.Web) || !GoesThroughAll(ledger.Person))
        {
            return EffectResult.Done(message.EffectId);
        }

        var result = await hub.Value.Channels[message.Agency.Reach].SendAsync(message, cancellationToken);
        if (result.Fault != EffectFault.None || message.Kind is not (AgencyMessageKind.Request or AgencyMessageKind.Return))
        {
            return result;
        }

        var id = message.Request.Id;
        if (message.Agency.Reach == Reach.FhirPull)
        {
            ledger.Links[id] = message.Kind == AgencyMessageKind.Request ? RequestNames.Of(message.Assessment, id) : RequestNames.NameOfRepeatedRequest(message.Assessment, id, message.EffectId);
        }
        else if (kept.Post.TakeLink(message.EffectId) is { } link)
        {
            ledger.Links[id] = link;
        }

        return result;
    }

    /// <summary>Gives something at a door. Where its answer is lost, the sender gives it again at once.</summary>
    /// <returns>False where there was nothing to send.</returns>
    internal async Task<bool> GiveAsync(CaseLedger ledger, Message message, Actor by, AssessmentInput input)
    {
        if (!await OnceAsync(ledger, message, by, input))
        {
            return false;
        }

        if (faulty && !message.RefusedAtDoor && ledger.Person.Draw.Chance($"answer lost {message.Id}", AnswersLost))
        {
            message.Repeated = true;
            await AgainAsync(ledger, message, by, input);
        }

        return true;
    }

    /// <summary>Gives something again that was answered before.</summary>
    internal Task AgainAsync(CaseLedger ledger, Message message, Actor by, AssessmentInput input) => message.Door switch
    {
        Door.Bus => Bus.GiveAsync(ledger, message, by, input),
        Door.Fhir => Fhir.RepeatAsync(ledger, message, by),
        _ => Web.RepeatAsync(ledger, message),
    };

    /// <summary>The doors of the process that runs now.</summary>
    internal DoorHub Open => hub.Value;

    /// <summary>The process has died or was stopped: the next that comes finds another.</summary>
    internal async ValueTask CloseAsync()
    {
        if (hub.IsValueCreated)
        {
            await hub.Value.DisposeAsync();
        }

        hub = new Lazy<DoorHub>(open);
    }

    private BusDoor Bus => new(hub.Value, kept.Topics, time);

    private FhirDoor Fhir => new(hub.Value, kept.Fhir, time);

    private WebDoor Web => new(hub.Value, kept.Post, time);

    private async Task<bool> OnceAsync(CaseLedger ledger, Message message, Actor by, AssessmentInput input)
    {
        switch (message.Door)
        {
            case Door.Bus:
                await Bus.GiveAsync(ledger, message, by, input);
                return true;
            case Door.Fhir:
                return await Fhir.GiveAsync(ledger, message, by, input);
            default:
                return await Web.GiveAsync(ledger, message, input);
        }
    }

    private bool GoesThroughAll(Person person) => person.Draw.Chance("through every door", share);

    private static bool IsAnswer(AssessmentInput input) => input is AcknowledgeAdviceRequest or AcceptAdviceRequest or DeclineAdviceRequest or SubmitAdvice or RetractAdvice;
}
