using System.Text.Json;

namespace IntegrationHub.Orchestrations.StatutoryClock.Batch;

/// <summary>The fields of the second version of the format: events after a decision, a plan, a move or an order.</summary>
internal ref partial struct CaseLine
{
    private readonly bool IsAboutRequest =>
        refused || decisionNotified is not null || advice is not null || exceptions is not null || draftServed is not null
        || institutionConsulted is not null || later.NoPlanNotified is not null || later.RefusalReversed is not null;

    private readonly bool IsAboutLater =>
        planIssued is not null || later.Conceded is not null || later.Order is not null || later.AppealSentToCouncil is not null || later.ReviewMeeting is not null
        || later.ProposalServed is not null || later.Plan is not null || later.PhaseTransferPost16 is not null || later.PhaseTransferSchool is not null
        || later.Post16Move is not null || later.MovedOut is not null || later.MovedIn is not null || later.ReassessmentRequested is not null
        || later.ReassessmentAgreed is not null;

    private readonly DisputeFacts Dispute() =>
        later.MediationCertificate is null && later.RefusalReversed is null && later.Conceded is null && later.Order is null && later.AppealSentToCouncil is null
            ? DisputeFacts.None
            : new DisputeFacts
            {
                CertificateIssued = later.MediationCertificate,
                RefusalReversed = later.RefusalReversed,
                Concessions = later.Conceded is null ? [] : [later.Conceded],
                Orders = later.Order is null ? [] : [later.Order],
                AppealsSentToCouncil = later.AppealSentToCouncil is { } sent ? [new AppealFact(sent)] : [],
            };

    private readonly PlanLifeFacts PlanLife() =>
        later.ReviewMeeting is null && later.ProposalServed is null && later.Plan is null && later.PhaseTransferPost16 is null && later.PhaseTransferSchool is null
        && later.Post16Move is null && later.MovedOut is null && later.MovedIn is null && later.ReassessmentRequested is null && later.ReassessmentAgreed is null
            ? PlanLifeFacts.None
            : new PlanLifeFacts
            {
                ReviewMeeting = later.ReviewMeeting,
                ProposalServed = later.ProposalServed,
                Plan = later.Plan,
                PhaseTransferPost16 = later.PhaseTransferPost16,
                PhaseTransferSchool = later.PhaseTransferSchool,
                Post16Move = later.Post16Move,
                MovedOut = later.MovedOut,
                MovedIn = later.MovedIn,
                ReassessmentRequested = later.ReassessmentRequested,
                ReassessmentAgreed = later.ReassessmentAgreed,
            };

    // The day of receipt can be missing only if nothing in the line depends on it. A reversal is also a mistake if there is no earlier refusal that it could reverse.
    private bool HasWhatItNeeds() => (received is not null || (IsAboutLater && !IsAboutRequest) || Wrong("received", "is missing"))
        && (later.RefusalReversed is null || refused || Wrong("refusalReversed", "is allowed only if the decision is \"refuse\""));

    private bool LaterField(int field) => field switch
    {
        9 => Day("noPlanNotified", ref later.NoPlanNotified),
        10 => Day("mediationCertificate", ref later.MediationCertificate),
        11 => Day("refusalReversed", ref later.RefusalReversed),
        12 => Remedy("conceded", CaseWords.ConcessionFields, out later.Conceded),
        13 => Remedy("order", CaseWords.OrderFields, out later.Order),
        14 => Day("appealSentToCouncil", ref later.AppealSentToCouncil),
        15 => Review(),
        16 => Plan(),
        17 => PhaseTransfer(),
        18 => Day("post16Move", ref later.Post16Move),
        19 => MovedOut(),
        20 => MovedIn(),
        _ => Reassessment(),
    };

    private bool Remedy(string name, string[] fields, out RemedyFact? fact)
    {
        fact = null;
        var (on, remedy, inTime) = (default(DateOnly?), -1, default(bool?));
        if (!StartOfObject(name, out var absent))
        {
            return absent;
        }

        var seen = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (!Field(fields, name, ref seen, out var field))
            {
                return false;
            }

            var fine = field switch
            {
                0 => Day("on", ref on, name),
                1 => Word(CaseWords.Remedies, name, "remedy", out remedy),
                _ => Flag(name, "beforeResponse", ref inTime),
            };
            if (!fine)
            {
                return false;
            }
        }

        if (on is null || remedy < 0 || (fields.Length == 3 && inTime is null))
        {
            return Wrong($"{name}.{(on is null ? "on" : remedy < 0 ? "remedy" : "beforeResponse")}", "is missing");
        }

        fact = new RemedyFact(CaseWords.RemedyAt(remedy), on.Value, InTime: inTime ?? true);
        return true;
    }

    private bool Review() => Days("review", CaseWords.ReviewFields, out later.ReviewMeeting, out later.ProposalServed, out _)
        && (!GivenEmpty(later.ReviewMeeting, later.ProposalServed) || Wrong("review", "contains no day"));

    private bool Reassessment() => Days("reassessment", CaseWords.ReassessmentFields, out later.ReassessmentRequested, out later.ReassessmentAgreed, out _)
        && (!GivenEmpty(later.ReassessmentRequested, later.ReassessmentAgreed) || Wrong("reassessment", "contains no day"));

    private bool Plan()
    {
        if (!Days("plan", CaseWords.PlanFields, out var firstMade, out var lastReviewed, out _) || WasNull)
        {
            return WasNull;
        }

        later.Plan = firstMade is { } made ? new PlanDays(made, lastReviewed) : null;
        return later.Plan is not null || Wrong("plan.firstMade", "is missing");
    }

    private bool MovedOut()
    {
        if (!Days("movedOut", CaseWords.MovedOutFields, out var on, out var aware, out _) || WasNull)
        {
            return WasNull;
        }

        if (on is not { } moved || aware is not { } knew)
        {
            return Wrong($"movedOut.{(on is null ? "on" : "awareOn")}", "is missing");
        }

        later.MovedOut = new MovedOutFact(moved, knew);
        return true;
    }

    private bool MovedIn()
    {
        if (!Days("movedIn", CaseWords.MovedInFields, out var transferred, out var firstMade, out var lastReviewed) || WasNull)
        {
            return WasNull;
        }

        if (transferred is not { } on || firstMade is not { } made)
        {
            return Wrong($"movedIn.{(transferred is null ? "transferredOn" : "firstMade")}", "is missing");
        }

        later.MovedIn = new MovedInFact(on, new PlanDays(made, lastReviewed));
        return true;
    }

    private bool PhaseTransfer()
    {
        if (!StartOfObject("phaseTransfer", out var absent))
        {
            return absent;
        }

        var (seen, year, to) = (0, 0, -1);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (!Field(CaseWords.PhaseTransferFields, "phaseTransfer", ref seen, out var field)
                || (field == 0 ? !Year(ref year) : !Word(CaseWords.Phases, "phaseTransfer", "to", out to)))
            {
                return false;
            }
        }

        if (year == 0 || to < 0)
        {
            return Wrong($"phaseTransfer.{(year == 0 ? "year" : "to")}", "is missing");
        }

        (later.PhaseTransferPost16, later.PhaseTransferSchool) = (to == 0 ? year : null, to == 0 ? null : year);
        return true;
    }

    /// <summary>Reads a JSON object with up to three dates, each of which is optional.</summary>
    private bool Days(string name, string[] fields, out DateOnly? first, out DateOnly? second, out DateOnly? third)
    {
        (first, second, third) = (null, null, null);
        if (!StartOfObject(name, out var absent))
        {
            return absent;
        }

        var seen = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (!Field(fields, name, ref seen, out var field)
                || !(field switch { 0 => Day(fields[0], ref first, name), 1 => Day(fields[1], ref second, name), _ => Day(fields[2], ref third, name) }))
            {
                return false;
            }
        }

        return true;
    }

    // Whether the field that was just read was null, which is treated as absent. After an object, the reader is at the end of the object.
    private readonly bool WasNull => reader.TokenType == JsonTokenType.Null;

    private readonly bool GivenEmpty(DateOnly? first, DateOnly? second) => !WasNull && first is null && second is null;

    private bool StartOfObject(string name, out bool absent)
    {
        absent = reader.TokenType == JsonTokenType.Null;
        return reader.TokenType == JsonTokenType.StartObject || (!absent && Wrong(name, "an object is expected"));
    }

    private bool Flag(string at, string name, ref bool? flag)
    {
        flag = reader.TokenType switch
        {
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => null,
        };
        return flag is not null || Wrong($"{at}.{name}", "true or false is expected");
    }

    private bool Year(ref int year) =>
        (reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out year) && year is >= 1900 and <= 2999)
        || Wrong("phaseTransfer.year", "a year like 2027, in the years 1900 to 2999, is expected");
}

/// <summary>The values that one line gives for the fields that only the second version of the format has.</summary>
internal record struct Later
{
    internal DateOnly? NoPlanNotified;
    internal DateOnly? MediationCertificate;
    internal DateOnly? RefusalReversed;
    internal RemedyFact? Conceded;
    internal RemedyFact? Order;
    internal DateOnly? AppealSentToCouncil;
    internal DateOnly? ReviewMeeting;
    internal DateOnly? ProposalServed;
    internal PlanDays? Plan;
    internal int? PhaseTransferPost16;
    internal int? PhaseTransferSchool;
    internal DateOnly? Post16Move;
    internal MovedOutFact? MovedOut;
    internal MovedInFact? MovedIn;
    internal DateOnly? ReassessmentRequested;
    internal DateOnly? ReassessmentAgreed;
}
