using System.Collections.Frozen;

namespace IntegrationHub.Functions.Workspace.Forms;

/// <summary>Hints for members that many steps have, where the step's own record gives none.</summary>
internal static class FieldWords
{
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["reason"] = "Why. It is kept on record with your id.",
        ["reasons"] = "Why. It is kept on record with your id.",
        ["on"] = "The day on which it happened.",
        ["until"] = "The last day of it.",
        ["endedOn"] = "The last day on which it applied.",
        ["movedOn"] = "The day on which the family moved.",
        ["becameAwareOn"] = "The day on which the council found out about it.",
        ["requestId"] = "Which request it is about.",
        ["adviceId"] = "Which advice it is about.",
        ["effectId"] = "Which of the failed actions.",
        ["exceptionId"] = "Which exception.",
        ["existingId"] = "Which existing advice.",
        ["attentionId"] = "Which matter.",
        ["wishId"] = "A reference within the case; the hub proposes one.",
        ["linkId"] = "Which link.",
        ["id"] = "A reference that is not used elsewhere in this list, such as n1; other lines refer to it.",
        ["text"] = "The words.",
        ["area"] = "The section of the plan that it belongs to.",
        ["needs"] = "References of the needs that it meets, such as n1.",
        ["kind"] = "Which kind of advice.",
        ["agency"] = "Its number in its register, and its name.",
        ["institution"] = "Its number in its register, and its name.",
        ["setting"] = "The place that the child attends.",
        ["settingKind"] = "What kind of place the child attends.",
        ["icb"] = "The integrated care board responsible for the child.",
        ["child"] = "Fill in only the groups that you want to correct, and each of those in full.",
        ["family"] = "Fill in only the groups that you want to correct, and each of those in full.",
        ["capacity"] = "Only where the capacity of a young person was assessed.",
        ["officer"] = "The id under which the officer signs in.",
        ["keyWorker"] = "The family's single contact.",
        ["organisation"] = "Where the key worker works.",
        ["council"] = "The three digits of the new council.",
        ["signedBy"] = "Name and position of the person who signs.",
        ["party"] = "Whose agreement this is.",
        ["agrees"] = "All three must agree before existing advice is relied on.",
        ["agreed"] = "Whether there is agreement.",
        ["agreedBy"] = "Name and position of the person who answered.",
        ["ask"] = "Whether the council asks this adviser.",
        ["canMeetNeeds"] = "What the institution answered.",
        ["resolution"] = "What was done about it.",
        ["form"] = "How it is paid.",
        ["annualAmountPounds"] = "Without the pound sign.",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>The hint for a member; empty where there is none.</summary>
    internal static string Of(string member) => Words.GetValueOrDefault(member, "");
}
