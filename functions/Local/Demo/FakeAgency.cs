using System.Text.Json;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Demo;

/// <summary>
/// An agency that answers through the hub's own interface: each working day it reads what it was asked, acknowledges it, and answers
/// after the days that its story gives it.
/// </summary>
internal sealed class FakeAgency(HubClient hub, IReadOnlyDictionary<AdviceKind, (string Advice, int AfterDays)> story) : IDemoPartner
{
    public async Task WorkDayAsync(AssessmentId assessment, DateOnly today, CancellationToken cancellation)
    {
        if (!WorkingCalendar.England.IsWorkingDay(today) || await hub.FindAsync(assessment, cancellation) is not { } seen)
        {
            return;
        }

        foreach (var request in seen.GetProperty("requests").EnumerateArray())
        {
            await AnswerAsync(assessment, request, today, cancellation);
        }
    }

    private async Task AnswerAsync(AssessmentId assessment, JsonElement request, DateOnly today, CancellationToken cancellation)
    {
        var id = request.GetProperty("id").GetString()!;
        var kind = Enum.Parse<AdviceKind>(request.GetProperty("kind").GetString()!, ignoreCase: true);
        if (!story.TryGetValue(kind, out var part))
        {
            return;
        }

        switch (request.GetProperty("status").GetString()!.ToUpperInvariant())
        {
            case "DELIVERED":
                await hub.SendAsync(assessment, new AcknowledgeAdviceRequest(id), cancellation);
                break;
            case "ACKNOWLEDGED" or "ACCEPTED" when today >= DateOnly.Parse(request.GetProperty("requestedOn").GetString()!, System.Globalization.CultureInfo.InvariantCulture).AddDays(part.AfterDays):
                await hub.SendAsync(assessment, new SubmitAdvice(id, Cast.Advice(part.Advice, today)), cancellation);
                break;
        }
    }
}

/// <summary>Somebody who takes part in the demonstration.</summary>
internal interface IDemoPartner
{
    /// <summary>Does what this partner does on one day.</summary>
    Task WorkDayAsync(AssessmentId assessment, DateOnly today, CancellationToken cancellation);
}
