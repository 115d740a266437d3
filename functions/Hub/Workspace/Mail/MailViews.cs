using IntegrationHub.Functions.Intake.Matching;
using IntegrationHub.Functions.Intake.Reading;
using IntegrationHub.Functions.Intake.Tray;
using IntegrationHub.Functions.Plans.Keeping;
using IntegrationHub.Functions.Workspace.Cases;

namespace IntegrationHub.Functions.Workspace.Mail;

/// <summary>Whether something of a message may be opened.</summary>
/// <param name="Scan">The result of the malware scan; null where it could not be asked, or where nothing was kept.</param>
/// <param name="MayOpen">Whether it is served.</param>
public sealed record MailScan(ScanState? Scan, bool MayOpen)
{
    /// <summary>The same in words.</summary>
    public string Words => Scan switch
    {
        ScanState.Clean => "No malware found",
        ScanState.Malicious => "Malware was found in it",
        ScanState.Unknown => "Not scanned yet",
        _ => "Cannot be read now",
    };
}

/// <summary>A message in the list.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Item">The message.</param>
/// <param name="Age">Days since it was received.</param>
/// <param name="Scan">What the scanner says about the message as it was received.</param>
/// <param name="Decision">What became of it; null while it waits.</param>
public sealed record MailRow(TrayName Name, TrayItem Item, int Age, MailScan Scan, TrayDecision? Decision)
{
    /// <summary>Why it is in quarantine; null where it is not.</summary>
    public string? Quarantine => Item.Quarantine ?? (Scan.Scan == ScanState.Malicious ? "Malware was found in it." : null);
}

/// <summary>A page of the list.</summary>
/// <param name="Rows">The messages.</param>
/// <param name="Waiting">How many wait.</param>
/// <param name="Total">How many the list has on all pages.</param>
/// <param name="Hidden">How many of this page are in cases that are restricted to others.</param>
/// <param name="Done">It lists what was dealt with.</param>
/// <param name="Number">The page.</param>
public sealed record MailList(IReadOnlyList<MailRow> Rows, int Waiting, int Total, int Hidden, bool Done, int Number)
{
    /// <summary>The most messages on a page.</summary>
    public const int OnAPage = 50;

    /// <summary>How many pages there are.</summary>
    public int Pages => Math.Max(1, (Total + OnAPage - 1) / OnAPage);
}

/// <summary>A message that an officer has open.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Item">The message.</param>
/// <param name="Age">Days since it was received.</param>
/// <param name="Decision">What became of it; null while it waits.</param>
/// <param name="Case">The case into which it went, as this officer sees it.</param>
/// <param name="Claim">Who began to put it into a case; null where nobody did.</param>
/// <param name="Raw">Whether the message as it was received may be opened.</param>
/// <param name="Parts">Its files, each with whether it may be opened.</param>
public sealed record MailFile(
    TrayName Name, TrayItem Item, int Age, TrayDecision? Decision, CaseFile? Case, TrayClaim? Claim, MailScan Raw, IReadOnlyList<(TrayPart Part, MailScan Scan)> Parts)
{
    /// <summary>Its address.</summary>
    public string Address(string tail = "") => AddressOf(Name) + tail;

    /// <summary>The address of a message.</summary>
    public static string AddressOf(TrayName name) => $"/workspace/intake/{name}";

    /// <summary>Why it is in quarantine; null where it is not.</summary>
    public string? Quarantine => Item.Quarantine ?? (Raw.Scan == ScanState.Malicious ? "Malware was found in it." : null);

    /// <summary>What a program wrote, in words; null for what a person wrote.</summary>
    public static string? OriginOf(TrayItem item) => item.Origin switch
    {
        MailOrigin.AutomaticReply => "An automatic reply: it answers nothing",
        MailOrigin.DeliveryReport => "A report on delivery: it answers nothing",
        MailOrigin.ReadReceipt => "A read receipt: it answers nothing",
        _ => null,
    };
}

/// <summary>A case that is suggested for a message.</summary>
/// <param name="File">The case.</param>
/// <param name="Why">What supports it.</param>
/// <param name="Numbers">Every number in the message beside this case.</param>
/// <param name="SenderIs">Who in the case has the sender's address; null where nobody has.</param>
public sealed record SuggestedCase(CaseFile File, MailSuggestion? Why, IReadOnlyList<(FoundIdentifier Found, IdentifierVerdict Verdict)> Numbers, string? SenderIs)
{
    /// <summary>The message has a number that is not this child's.</summary>
    public bool IsContradicted => Numbers.Any(number => number.Verdict == IdentifierVerdict.Differs);
}
