using IntegrationHub.Functions.Background;

namespace IntegrationHub.Functions.Nhs.Exchange;

/// <summary>
/// Publishes the questionnaire for health advice at the start, so that a body finds what its advice must cover. If the store cannot be
/// written at that moment the hub still starts, and tries again.
/// </summary>
public sealed class QuestionnairePublishing(FhirPublisher publisher, BackgroundWork work, TimeProvider time) : BackgroundLoop("publishing of the questionnaire", work, time)
{
    /// <inheritdoc/>
    protected override async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        await publisher.PublishQuestionnaireAsync(cancellationToken);
        return UntilWoken;
    }
}
