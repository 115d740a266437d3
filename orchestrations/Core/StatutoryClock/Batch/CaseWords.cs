using System.Text.Json;
using IntegrationHub.Contracts.Advice;

namespace IntegrationHub.Orchestrations.StatutoryClock.Batch;

/// <summary>The fixed words of the batch format, which are recognised without allocating strings.</summary>
internal static class CaseWords
{
    internal static readonly string[] CaseFields =
    [
        "id", "received", "decision", "decisionNotified", "advice", "exceptions", "draftServed", "institutionConsulted", "planIssued",
        "noPlanNotified", "mediationCertificate", "refusalReversed", "conceded", "order", "appealSentToCouncil", "review", "plan",
        "phaseTransfer", "post16Move", "movedOut", "movedIn", "reassessment",
    ];

    internal static readonly string[] ConcessionFields = ["on", "remedy", "beforeResponse"];

    internal static readonly string[] OrderFields = ["on", "remedy"];

    internal static readonly string[] ReviewFields = ["meeting", "proposalServed"];

    internal static readonly string[] PlanFields = ["firstMade", "lastReviewed"];

    internal static readonly string[] PhaseTransferFields = ["year", "to"];

    internal static readonly string[] MovedOutFields = ["on", "awareOn"];

    internal static readonly string[] MovedInFields = ["transferredOn", "firstMade", "lastReviewed"];

    internal static readonly string[] ReassessmentFields = ["requested", "agreedNotified"];

    internal static readonly string[] Phases = ["post16", "school"];

    internal static readonly string[] Remedies = ["assess", "reassess", "makePlan", "amendContents", "nameInstitution"];

    internal static readonly string[] AdviceFields = ["kind", "requested", "receivedByBody"];

    internal static readonly string[] ExceptionFields = ["ground", "from", "to", "advice", "on"];

    // The family's own views (reg 6(1)(a)) are not requested from a body and have no time limit, so they are not among these kinds of
    // advice.
    internal static readonly string[] AdviceKinds = ["educational", "medical", "psychological", "socialCare", "preparationForAdulthood", "other"];

    internal static readonly string[] Grounds =
        ["schoolClosed", "earlyYearsProviderClosed", "exceptionalCircumstances", "absentFromArea", "missedAppointment"];

    private const int LongestQuoted = 40;

    internal static AdviceKind KindAt(int index) => index switch
    {
        0 => AdviceKind.Educational,
        1 => AdviceKind.Medical,
        2 => AdviceKind.Psychological,
        3 => AdviceKind.SocialCare,
        4 => AdviceKind.PreparationForAdulthood,
        _ => AdviceKind.Other,
    };

    internal static Ground GroundAt(int index) => index switch
    {
        0 => Ground.SchoolClosed,
        1 => Ground.EarlyYearsProviderClosed,
        2 => Ground.ExceptionalCircumstances,
        3 => Ground.AbsentFromArea,
        _ => Ground.MissedAppointment,
    };

    internal static Remedy RemedyAt(int index) => index switch
    {
        0 => Remedy.Assess,
        1 => Remedy.Reassess,
        2 => Remedy.MakePlan,
        3 => Remedy.AmendContents,
        _ => Remedy.NameInstitution,
    };

    /// <summary>The index of the word at the reader's position, or -1 if it is not in the list.</summary>
    internal static int Find(string[] words, ref Utf8JsonReader reader)
    {
        for (var i = 0; i < words.Length; i++)
        {
            if (reader.ValueTextEquals(words[i]))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The name of an unknown field, for an error message, but only if it looks like a field name; anything else might be
    /// personal data in the wrong place.</summary>
    internal static string Quote(ref Utf8JsonReader reader)
    {
        var name = reader.ValueSpan;
        foreach (var character in name)
        {
            if (!char.IsAsciiLetterOrDigit((char)character) && character != '_')
            {
                return "a name given there";
            }
        }

        return name.Length is 0 or > LongestQuoted ? "a name given there" : $"\"{System.Text.Encoding.ASCII.GetString(name)}\"";
    }

    /// <summary>Reads a day in the form yyyy-MM-dd and in no other form. Years outside 1900 to 2999 are treated as typing errors.</summary>
    internal static bool TryDay(ref Utf8JsonReader reader, out DateOnly day)
    {
        day = default;
        var text = reader.ValueIsEscaped ? System.Text.Encoding.UTF8.GetBytes(reader.GetString()!) : reader.ValueSpan;
        if (text.Length != 10 || text[4] != '-' || text[7] != '-'
            || !Digits(text[..4], out var year) || !Digits(text[5..7], out var month) || !Digits(text[8..], out var ofMonth)
            || year is < 1900 or > 2999 || month is < 1 or > 12 || ofMonth < 1 || ofMonth > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new DateOnly(year, month, ofMonth);
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        foreach (var digit in text)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            number = (number * 10) + digit - '0';
        }

        return true;
    }
}
