using IntegrationHub.Functions.Background;

namespace IntegrationHub.Functions.Nhs.Exchange;

/// <summary>
/// Publishes the questionnaire for health advice at the start, so that a body finds what its advice must cover. A store that cannot be
/// written just then does not keep the hub from starting: it is tried again.
/// </summary>
public sealed class QuestionnairePublishing(FhirPublisher publisher, BackgroundWork work, TimeProvider time) : BackgroundLoop("publishing of the questionnaire", work, time)
{
    /// <inheritdoc/>
    protected override async Task<TimeSpan> RoundAsync(CancellationToken cancellationToken)
    {
        await publisher.PublishQuestionnaire(cancellationToken);
        return UntilWoken;
    }
}
