using IntegrationHub.Contracts.Identifiers;

namespace IntegrationHub.Contracts.Bus;

/// <summary>
/// The queues and topics through which schools, psychologists and social care take part. The embedded bus is built from this list, and a
/// test compares the deployment templates with the list.
/// </summary>
public static class BusEntities
{
    /// <summary>Application property on which the agencies' subscriptions filter: the CloudEvents extension <c>agency</c> in binary
    /// mode.</summary>
    public const string AgencyProperty = CloudEventBinding.Prefix + CloudEvent.AgencyAttribute;

    /// <summary>Size of the largest message in bytes, properties included: the limit of the Service Bus Standard tier. Larger content is
    /// sent by claim check.</summary>
    public const int MaxMessageBytes = 256 * 1024;

    /// <summary>Hub to agencies: requests for advice, reminders, escalations, withdrawals.</summary>
    public static readonly BusEntity AdviceRequests = new()
    {
        Name = "advice-requests",
        Kind = BusEntityKind.Topic,
        Purpose = "Requests for advice, reminders, escalations and withdrawals, from the hub. Each agency's subscription holds that agency's messages only.",
        // Advice is due within six weeks (SEND Regs 2014 reg 8(1)); a request that nobody has fetched by then goes to the dead-letter
        // queue, where an operator sees it.
        DefaultTimeToLive = TimeSpan.FromDays(42),
    };

    /// <summary>Agencies to hub: answers to a request. The session id is the assessment id, so that the answers for one assessment are
    /// processed in order.</summary>
    public static readonly BusEntity AdviceResponses = new()
    {
        Name = "advice-responses",
        Kind = BusEntityKind.Queue,
        Purpose = "Acknowledgements, acceptances, refusals and advice, from agencies; session id is the assessment id.",
        RequiresSession = true,
    };

    /// <summary>Agencies to hub: assessments that the council did not request.</summary>
    public static readonly BusEntity AssessmentsPushed = new()
    {
        Name = "assessments-pushed",
        Kind = BusEntityKind.Queue,
        Purpose = "Assessments that an agency made for its own purposes and offers to the hub.",
    };

    /// <summary>Schools to hub: published closures.</summary>
    public static readonly BusEntity SchoolClosures = new()
    {
        Name = "school-closures",
        Kind = BusEntityKind.Queue,
        Purpose = "Closures that a school has published.",
    };

    /// <summary>Hub to agencies: an assessment's stage, and which messages could not be used.</summary>
    public static readonly BusEntity AssessmentStatus = new()
    {
        Name = "assessment-status",
        Kind = BusEntityKind.Topic,
        Purpose = "Changes in an assessment in which an agency takes part, and messages from the agency that could not be used.",
    };

    /// <summary>All queues and topics of the bus.</summary>
    public static IReadOnlyList<BusEntity> All { get; } = [AdviceRequests, AdviceResponses, AssessmentsPushed, SchoolClosures, AssessmentStatus];

    /// <summary>The subscription name of an agency: the agency's id with hyphens instead of the colon and slash, for instance
    /// <c>la-330-social-care</c>.</summary>
    public static string SubscriptionName(AgencyId agency) => agency.Value.Replace(':', '-').Replace('/', '-').ToLowerInvariant();

    /// <summary>The two subscriptions that an agency has.</summary>
    public static IReadOnlyList<BusSubscription> SubscriptionsOf(AgencyId agency) =>
        [.. from topic in All
            where topic.Kind == BusEntityKind.Topic
            select new BusSubscription(topic.Name, SubscriptionName(agency), new CorrelationFilter(AgencyProperty, agency.Value))];

    /// <summary>What an agency's own key allows: receiving from the agency's subscriptions and sending to the three queues, but nothing
    /// that belongs to another agency.</summary>
    public static IReadOnlyList<BusGrant> RightsOf(AgencyId agency) =>
        [.. SubscriptionsOf(agency).Select(subscription => new BusGrant(subscription.Path, BusRights.Listen)),
            .. All.Where(entity => entity.Kind == BusEntityKind.Queue).Select(queue => new BusGrant(queue.Name, BusRights.Send))];
}
