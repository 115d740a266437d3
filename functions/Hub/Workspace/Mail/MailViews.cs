using IntegrationHub.Functions.Intake.Matching;
using IntegrationHub.Functions.Intake.Reading;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Workspace.Cases;

namespace IntegrationHub.Functions.Workspace.Mail;

/// <summary>Whether the officer is allowed to open a message or one of its files.</summary>
/// <param name="Scan">The result of the malware scan, or null if the scanner could not be reached or no file was stored.</param>
/// <param name="MayOpen">Whether the officer is allowed to open the message or file.</param>
public sealed record MailScan(ScanState? Scan, bool MayOpen)
{
    /// <summary>The result of the malware scan as text.</summary>
    public string Words => Scan switch
    {
        ScanState.Clean => "No malware found",
        ScanState.Malicious => "Malware was found",
        ScanState.Unknown => "Not scanned yet",
        _ => "Cannot be read now",
    };
}

/// <summary>A message in the list of messages.</summary>
/// <param name="Name">Name of the message in the list of incoming mail.</param>
/// <param name="Item">The message.</param>
/// <param name="Age">Days since the message was received.</param>
/// <param name="Scan">The scanner's result for the message as received.</param>
/// <param name="Decision">What was decided about the message, or null while it is waiting.</param>
public sealed record MailRow(TrayName Name, TrayItem Item, int Age, MailScan Scan, TrayDecision? Decision)
{
    /// <summary>Why the message is in quarantine, or null if it is not.</summary>
    public string? Quarantine => Item.Quarantine ?? (Scan.Scan == ScanState.Malicious ? "Malware was found in the message." : null);
}

/// <summary>A page of the list of messages.</summary>
/// <param name="Rows">The messages on this page.</param>
/// <param name="Waiting">Number of messages that have not been dealt with yet.</param>
/// <param name="Total">Number of messages on all pages of the list.</param>
/// <param name="Hidden">Number of messages on this page that are not shown, because they are in cases that are restricted to other
/// officers.</param>
/// <param name="Done">Whether the list shows messages that were dealt with.</param>
/// <param name="Number">Number of the page.</param>
public sealed record MailList(IReadOnlyList<MailRow> Rows, int Waiting, int Total, int Hidden, bool Done, int Number)
{
    /// <summary>The largest number of messages on a page.</summary>
    public const int PageSize = 50;

    /// <summary>How many pages there are.</summary>
    public int Pages => Math.Max(1, (Total + PageSize - 1) / PageSize);
}

/// <summary>A message that an officer has opened.</summary>
/// <param name="Name">Name of the message in the list of incoming mail.</param>
/// <param name="Item">The message.</param>
/// <param name="Age">Days since the message was received.</param>
/// <param name="Decision">What was decided about the message, or null while it is waiting.</param>
/// <param name="Case">The case into which the message was put, as it is shown to this officer.</param>
/// <param name="Claim">The officer who began to put the message into a case, or null if nobody did.</param>
/// <param name="Raw">Whether the officer is allowed to open the message as it was received.</param>
/// <param name="Parts">The files of the message, and whether the officer is allowed to open each.</param>
public sealed record MailFile(
    TrayName Name, TrayItem Item, int Age, TrayDecision? Decision, CaseFile? Case, TrayClaim? Claim, MailScan Raw, IReadOnlyList<(StoredMailPart Part, MailScan Scan)> Parts)
{
    /// <summary>Address of a page about the message.</summary>
    public string Address(string tail = "") => AddressOf(Name) + tail;

    /// <summary>The address of a message.</summary>
    public static string AddressOf(TrayName name) => $"/workspace/intake/{name}";

    /// <summary>Why the message is in quarantine, or null if it is not.</summary>
    public string? Quarantine => Item.Quarantine ?? (Raw.Scan == ScanState.Malicious ? "Malware was found in the message." : null);

    /// <summary>A text that describes a message written by a program, or null for a message written by a person.</summary>
    public static string? OriginOf(TrayItem item) => item.Origin switch
    {
        MailOrigin.AutomaticReply => "An automatic reply, which does not answer any request",
        MailOrigin.DeliveryReport => "A delivery report, which does not answer any request",
        MailOrigin.ReadReceipt => "A read receipt, which does not answer any request",
        _ => null,
    };
}

/// <summary>A case that is suggested for a message.</summary>
/// <param name="File">The case.</param>
/// <param name="Why">The reasons why the case is suggested.</param>
/// <param name="Numbers">Every number in the message, compared with this case.</param>
/// <param name="SenderIs">The person in the case who has the sender's address, or null if nobody in the case has it.</param>
public sealed record SuggestedCase(CaseFile File, MailSuggestion? Why, IReadOnlyList<(FoundIdentifier Found, IdentifierComparison Verdict)> Numbers, string? SenderIs)
{
    /// <summary>Whether the message contains a number that belongs to another child.</summary>
    public bool IsContradicted => Numbers.Any(number => number.Verdict == IdentifierComparison.Differs);
}
