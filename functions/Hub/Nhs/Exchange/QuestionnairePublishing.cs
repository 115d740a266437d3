using IntegrationHub.Functions.Background;

namespace IntegrationHub.Functions.Nhs.Exchange;

/// <summary>
/// Publishes the questionnaire for health advice at start-up, so that a body can see what its advice must cover. If the store cannot be
/// written to at that time, the hub still starts and tries again later.
/// </summary>
public sealed class QuestionnairePublishing(FhirPublisher publisher, BackgroundWork work, TimeProvider time) : BackgroundLoop("publication of the questionnaire", work, time)
{
    /// <inheritdoc/>
    protected override async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        await publisher.PublishQuestionnaireAsync(cancellationToken);
        return UntilWoken;
    }
}
