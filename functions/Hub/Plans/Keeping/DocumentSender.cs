using IntegrationHub.Contracts.Bus;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>Who added a document to a case: an agency, the family or the council. People are not distinguished.</summary>
/// <param name="Name">A name that the document store accepts.</param>
public readonly record struct DocumentSender(string Name)
{
    private static readonly DocumentSender Council = new("council");

    /// <summary>The sender under which an actor's documents are kept; null for actors who send none.</summary>
    public static DocumentSender? Of(Actor by) => by.Role switch
    {
        ActorRole.CouncilOfficer => Council,
        ActorRole.Family => new DocumentSender("family"),
        ActorRole.Agency when by.Agency is { } agency => new DocumentSender($"agency-{BusEntities.SubscriptionName(agency)}"),
        _ => null,
    };

    /// <summary>The council is responsible for the case, and may refer to any document in it.</summary>
    internal bool MayNameAnything => this == Council;
}
