using System.Collections.Frozen;

namespace IntegrationHub.Orchestrations.Letters;

/// <summary>The names that templates use for a letter's content.</summary>
public static class LetterVocabulary
{
    /// <summary>All facts that a letter can contain; each letter contains some of them.</summary>
    public static readonly FrozenSet<string> Facts = new[]
    {
        "adviceAsked", "adviceDue", "adviceLaw", "amendedPlanBy", "answerBy", "appealLastDay", "askedDay", "asks", "budgetAmount", "budgetAnswer", "budgetConditions", "budgetForm", "budgetFrom", "budgetProvision", "budgetRecipient", "childGivenName", "childName", "consultationDue", "councilContact", "councilName",
        "decideBy", "decidedOn", "detainedAt", "detainedSince", "disagreementResolution", "exceptionFrom", "exceptionTo", "finalPlanBy", "icbBefore", "icbChangedOn", "icbRequestBy", "informationAndAdvice", "institution", "letterDate",
        "mediationAdviser", "mediationContact", "mediationLastDay", "meetingPlace", "placement", "proposedChanges", "reasons", "receivedOn", "recipientName", "reference", "releasedOn",
        "representationsLastDay", "reviewMeetingOn", "rightsFrom", "schoolList", "schoolListOn", "schoolsInformation", "transfer", "transferOn", "transferPlanBy", "transferredOn", "tribunal", "whetherAssess",
        "whyException", "whyImpractical",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The condition that the young person, not the parent, holds the rights.</summary>
    public const string YoungPerson = "youngPerson";

    /// <summary>The condition that the child or young person is detained, so that other rules apply.</summary>
    public const string Detained = "detained";

    /// <summary>The conditions that say who asked for the assessment; exactly one of them is true.</summary>
    public static readonly IReadOnlyList<string> Routes = ["byParent", "byYoungPerson", "bySchool", "byCouncil"];
}
