using IntegrationHub.Contracts.Bus;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Plans.Keeping;

/// <summary>Who brought a document into a case: an agency, the family or the council. Persons are not told apart.</summary>
/// <param name="Name">A name that the store of documents takes.</param>
public readonly record struct DocumentSender(string Name)
{
    private static readonly DocumentSender Council = new("council");

    /// <summary>The sender as which an actor brings and names documents; null for those who bring none.</summary>
    public static DocumentSender? Of(Actor by) => by.Role switch
    {
        ActorRole.CouncilOfficer => Council,
        ActorRole.Family => new DocumentSender("family"),
        ActorRole.Agency when by.Agency is { } agency => new DocumentSender($"agency-{BusEntities.SubscriptionName(agency)}"),
        _ => null,
    };

    /// <summary>The council holds the case, and may name whatever was brought into it.</summary>
    internal bool MayNameAnything => this == Council;
}
