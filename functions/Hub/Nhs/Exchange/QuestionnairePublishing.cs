using Microsoft.Extensions.Hosting;

namespace IntegrationHub.Functions.Nhs.Exchange;

/// <summary>Publishes the questionnaire for health advice at the start, so that a body finds what its advice must cover.</summary>
public sealed class QuestionnairePublishing(FhirPublisher publisher) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => publisher.PublishQuestionnaire(cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
