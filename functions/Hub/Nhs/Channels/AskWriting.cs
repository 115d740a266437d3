using System.Globalization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Fhir.Asking;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Contracts.Parties;
using IntegrationHub.Functions.Agencies;

namespace IntegrationHub.Functions.Nhs.Channels;

/// <summary>Turns a message to an agency into a FHIR request.</summary>
internal static class AskWriting
{
    internal static RequestForAdvice Of(AgencyMessage message, string name) => new()
    {
        Assessment = message.Assessment,
        RequestId = name,
        Child = message.Facts.Child,
        Council = new Agency { Id = CouncilOf(message), Name = message.Council.Name },
        Provider = message.Request.Agency ?? new Agency { Id = message.Agency.Id, Name = message.Agency.Id.Value },
        School = message.Facts.Setting,
        Kind = message.Request.Kind,
        LegalBasis = $"SEND Regulations 2014 {message.Request.LegalBasis}",
        RequestedOn = message.Request.RequestedOn,
        ReceivedByBodyOn = message.Request.ReceivedByBodyOn,
        Due = message.Due,
        Asked = Words(message),
        Documents = message.Documents,
        Review = message.Review is { } review
            ? new ReviewRequest(review.Number, review.MeetingOn, [.. review.Lines.Select(one => new ReviewedLine(one.Line.Id, one.Section.ToString(), one.Line.Text))])
            : null,
        Standing = message.Kind is AgencyMessageKind.Reminder or AgencyMessageKind.Escalation || message.Request.ChaseSteps.Count > 0 ? RequestProgress.Chased : RequestProgress.Open,
    };

    /// <summary>
    /// The time of the request, which is derived only from the day of the request, so that every attempt sends identical content.
    /// </summary>
    internal static DateTimeOffset Authored(AgencyMessage message) =>
        new((message.Kind == AgencyMessageKind.Return ? message.Request.StatusOn : message.Request.RequestedOn).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);

    private static AgencyId CouncilOf(AgencyMessage message) =>
        AgencyId.TryParse($"la:{message.Council.Code.Value}/send", out var id, out var problem) ? id : throw new ArgumentException(problem, nameof(message));

    private static string Words(AgencyMessage message)
    {
        var what = message.Request.Kind switch
        {
            AdviceKind.Medical => "medical advice and information",
            AdviceKind.Psychological => "psychological advice and information",
            AdviceKind.Educational => "educational advice and information",
            AdviceKind.SocialCare => "advice and information on social care",
            AdviceKind.PreparationForAdulthood => "advice on preparation for adulthood and independent living",
            _ => "advice and information",
        };
        var asked = message.Review is { } review
            ? string.Create(CultureInfo.InvariantCulture, $"The plan will be reviewed at a meeting on {review.MeetingOn:d MMMM yyyy}. Please give {what} on how far the outcomes are met, how the provision works and what should change, by {message.Due:d MMMM yyyy}.")
            : string.Create(CultureInfo.InvariantCulture, $"Please give {what} on the child's needs, the provision they require and the outcomes intended, by {message.Due:d MMMM yyyy}.");
        return message.Kind == AgencyMessageKind.Return
            ? $"The advice received was not sufficient{(message.Request.StatusReason is { Length: > 0 } why ? $": {why.TrimEnd('.')}" : "")}. {asked}"
            : asked;
    }
}
