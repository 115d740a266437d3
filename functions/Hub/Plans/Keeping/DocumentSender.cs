using IntegrationHub.Contracts.Bus;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>Who added a document to a case: an agency, the family or the council. Individual people within an agency, a family or the
/// council are not distinguished.</summary>
/// <param name="Name">The sender's name, in characters that the document store accepts.</param>
public readonly record struct DocumentSender(string Name)
{
    private static readonly DocumentSender Council = new("council");

    /// <summary>The sender under whose name an actor's documents are stored, or null for actors who cannot send documents.</summary>
    public static DocumentSender? Of(Actor by) => by.Role switch
    {
        ActorRole.CouncilOfficer => Council,
        ActorRole.Family => new DocumentSender("family"),
        ActorRole.Agency when by.Agency is { } agency => new DocumentSender($"agency-{BusEntities.SubscriptionName(agency)}"),
        _ => null,
    };

    /// <summary>
    /// Whether the sender is allowed to refer to any document in the case. Only the council is allowed to refer to documents that others
    /// sent, because it is responsible for the case.
    /// </summary>
    internal bool MayNameAnything => this == Council;
}
