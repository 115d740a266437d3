using IntegrationHub.Contracts.Bus;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>Who added a document to a case: an agency, the family or the council. Individual people are not distinguished.</summary>
/// <param name="Name">A name that the document store accepts.</param>
public readonly record struct DocumentSender(string Name)
{
    private static readonly DocumentSender Council = new("council");

    /// <summary>The sender under which an actor's documents are kept, or null for actors who send none.</summary>
    public static DocumentSender? Of(Actor by) => by.Role switch
    {
        ActorRole.CouncilOfficer => Council,
        ActorRole.Family => new DocumentSender("family"),
        ActorRole.Agency when by.Agency is { } agency => new DocumentSender($"agency-{BusEntities.SubscriptionName(agency)}"),
        _ => null,
    };

    /// <summary>
    /// Whether the sender may refer to any document in the case. Only the council may refer to any document, because the council is
    /// responsible for the case.
    /// </summary>
    internal bool MayNameAnything => this == Council;
}
