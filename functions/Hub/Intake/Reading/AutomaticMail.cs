using MimeKit;

namespace IntegrationHub.Functions.Intake.Reading;

/// <summary>Finds messages that were sent automatically. Automatic messages never count as answers, whatever their text says.</summary>
internal static class AutomaticMail
{
    internal static MailOrigin Of(MimeMessage message) =>
        message.Body is MultipartReport report ? OfReport(report.ReportType)
        : Says(message, "Auto-Submitted", value => value.Length > 0 && !value.Split(';')[0].Trim().Equals("no", StringComparison.OrdinalIgnoreCase))
            || Says(message, "X-Autoreply", _ => true)
            || Says(message, "X-Autorespond", _ => true)
            || Says(message, "Precedence", value => value.Trim().Equals("auto_reply", StringComparison.OrdinalIgnoreCase)) ? MailOrigin.AutomaticReply
        : Says(message, "Return-Path", value => value.Trim() == "<>") ? MailOrigin.DeliveryReport
        : MailOrigin.Person;

    private static MailOrigin OfReport(string? type) => type?.ToLowerInvariant() switch
    {
        "disposition-notification" => MailOrigin.ReadReceipt,
        _ => MailOrigin.DeliveryReport,
    };

    private static bool Says(MimeMessage message, string header, Func<string, bool> meets) => message.Headers[header] is { } value && meets(value);
}
