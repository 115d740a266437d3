namespace IntegrationHub.Contracts.Bus;

/// <summary>One versioned type of message.</summary>
/// <param name="Type">CloudEvents type, which ends with the version. A breaking change gets the next version.</param>
/// <param name="Body">The record type of the message's data.</param>
/// <param name="Entity">The queue or topic that carries the message.</param>
/// <param name="Summary">What the message says, in one plain sentence.</param>
public sealed record BusMessage(string Type, Type Body, BusEntity Entity, string Summary)
{
    /// <summary>File name of the JSON Schema, also the last part of the <c>dataschema</c> attribute.</summary>
    public string SchemaFile => $"{Type}.schema.json";

    /// <summary>File name of the message's example in <c>contracts/schemas/examples/</c>.</summary>
    public string ExampleFile => $"{Type}.json";

    /// <summary>Whether the message goes from an agency to the hub.</summary>
    public bool IsToHub => Entity.Kind == BusEntityKind.Queue;
}

/// <summary>Every type of message that the bus carries.</summary>
public static class BusMessages
{
    /// <summary>Type of <see cref="Bus.AdviceRequested"/>.</summary>
    public const string AdviceRequested = "uk.integrationhub.advice.requested.v1";

    /// <summary>Type of <see cref="Bus.AdviceReminder"/>.</summary>
    public const string AdviceReminder = "uk.integrationhub.advice.reminder.v1";

    /// <summary>Type of <see cref="Bus.AdviceEscalation"/>.</summary>
    public const string AdviceEscalation = "uk.integrationhub.advice.escalation.v1";

    /// <summary>Type of <see cref="Bus.AdviceRequestWithdrawn"/>.</summary>
    public const string AdviceRequestWithdrawn = "uk.integrationhub.advice.request-withdrawn.v1";

    /// <summary>Type of <see cref="Bus.AdviceAcknowledged"/>.</summary>
    public const string AdviceAcknowledged = "uk.integrationhub.advice.acknowledged.v1";

    /// <summary>Type of <see cref="Bus.AdviceAccepted"/>.</summary>
    public const string AdviceAccepted = "uk.integrationhub.advice.accepted.v1";

    /// <summary>Type of <see cref="Bus.AdviceDeclined"/>.</summary>
    public const string AdviceDeclined = "uk.integrationhub.advice.declined.v1";

    /// <summary>Type of <see cref="Bus.AdviceSubmitted"/>.</summary>
    public const string AdviceSubmitted = "uk.integrationhub.advice.submitted.v1";

    /// <summary>Type of <see cref="Bus.AdviceRetracted"/>.</summary>
    public const string AdviceRetracted = "uk.integrationhub.advice.retracted.v1";

    /// <summary>Type of <see cref="Bus.AdviceReported"/>.</summary>
    public const string AdviceReported = "uk.integrationhub.advice.reported.v1";

    /// <summary>Type of <see cref="Bus.ReviewAdviceRequested"/>.</summary>
    public const string ReviewAdviceRequested = "uk.integrationhub.review.advice-requested.v1";

    /// <summary>Type of <see cref="Bus.ReviewAdviceSubmitted"/>.</summary>
    public const string ReviewAdviceSubmitted = "uk.integrationhub.review.advice-submitted.v1";

    /// <summary>Type of <see cref="Bus.AssessmentPushed"/>.</summary>
    public const string AssessmentPushed = "uk.integrationhub.assessment.pushed.v1";

    /// <summary>Type of <see cref="Bus.SchoolClosurePublished"/>.</summary>
    public const string SchoolClosurePublished = "uk.integrationhub.school.closure-published.v1";

    /// <summary>Type of <see cref="Bus.AssessmentStatusChanged"/>.</summary>
    public const string AssessmentStatusChanged = "uk.integrationhub.assessment.status-changed.v1";

    /// <summary>Type of <see cref="Bus.MessageRejected"/>.</summary>
    public const string MessageRejected = "uk.integrationhub.message.rejected.v1";

    /// <summary>All message types.</summary>
    public static IReadOnlyList<BusMessage> All { get; } =
    [
        new(AdviceRequested, typeof(AdviceRequested), BusEntities.AdviceRequests, "Please advise."),
        new(AdviceReminder, typeof(AdviceReminder), BusEntities.AdviceRequests, "We are still waiting for your answer."),
        new(AdviceEscalation, typeof(AdviceEscalation), BusEntities.AdviceRequests, "Your answer is late, and a senior officer has been notified."),
        new(AdviceRequestWithdrawn, typeof(AdviceRequestWithdrawn), BusEntities.AdviceRequests, "Your answer is no longer needed."),
        new(AdviceAcknowledged, typeof(AdviceAcknowledged), BusEntities.AdviceResponses, "We have received your request."),
        new(AdviceAccepted, typeof(AdviceAccepted), BusEntities.AdviceResponses, "We will advise."),
        new(AdviceDeclined, typeof(AdviceDeclined), BusEntities.AdviceResponses, "We will not advise."),
        new(AdviceSubmitted, typeof(AdviceSubmitted), BusEntities.AdviceResponses, "Here is the advice."),
        new(AdviceRetracted, typeof(AdviceRetracted), BusEntities.AdviceResponses, "Our advice should no longer be used."),
        new(AdviceReported, typeof(AdviceReported), BusEntities.AdviceResponses, "The progress of our work on your request."),
        new(ReviewAdviceRequested, typeof(ReviewAdviceRequested), BusEntities.AdviceRequests, "Please advise for a review of the plan."),
        new(ReviewAdviceSubmitted, typeof(ReviewAdviceSubmitted), BusEntities.AdviceResponses, "Here is the advice for the review."),
        new(AssessmentPushed, typeof(AssessmentPushed), BusEntities.AssessmentsPushed, "An assessment that the council did not request."),
        new(SchoolClosurePublished, typeof(SchoolClosurePublished), BusEntities.SchoolClosures, "The school is closed."),
        new(AssessmentStatusChanged, typeof(AssessmentStatusChanged), BusEntities.AssessmentStatus, "An assessment in which you take part has reached a new stage."),
        new(MessageRejected, typeof(MessageRejected), BusEntities.AssessmentStatus, "Your message could not be used."),
    ];

    /// <summary>The message of this CloudEvents type, or null if no message has this type.</summary>
    public static BusMessage? Find(string? type) => All.FirstOrDefault(message => message.Type == type);

    /// <summary>The message whose data is this record.</summary>
    /// <exception cref="ArgumentException">The record is not a message of the bus.</exception>
    public static BusMessage For(object body)
    {
        ArgumentNullException.ThrowIfNull(body);
        return All.FirstOrDefault(message => message.Body == body.GetType())
            ?? throw new ArgumentException($"{body.GetType().Name} is not sent over the bus.", nameof(body));
    }
}
