using System.Collections.Frozen;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>
/// The names of letters, time limits and tasks for people who only run the hub. What is not listed here has a neutral name, which it shares
/// with ordinary things, so that nobody learns from a name that the child or young person is detained, or what an officer knows about the
/// family.
/// </summary>
public static class OperationsWords
{
    /// <summary>The name of an agency that is not named.</summary>
    public const string AnAgency = "an agency";

    /// <summary>The name of a task that is not described.</summary>
    public const string ATask = "A task for the council's officers";

    private const string ATimeLimit = "a time limit";
    private const string AnotherLetter = "another letter";

    // A letter that is sent before there is a plan says nothing of the child's life outside the assessment.
    private static readonly FrozenSet<NoticeKind> NamedLetters = new[]
    {
        NoticeKind.AssessmentConsidered, NoticeKind.WillAssess, NoticeKind.WillNotAssess, NoticeKind.NoPlan, NoticeKind.DraftPlan, NoticeKind.FinalPlan,
        NoticeKind.ExceptionApplies, NoticeKind.RequestAcknowledged, NoticeKind.InformationAsked, NoticeKind.RepresentationsAsked, NoticeKind.MeetingInvited,
        NoticeKind.InstitutionConsulted,
    }.ToFrozenSet();

    private static readonly FrozenSet<RecipientRole> NamedRecipients =
        new[] { RecipientRole.Family, RecipientRole.Icb, RecipientRole.SocialCare, RecipientRole.Setting, RecipientRole.NamedInstitution }.ToFrozenSet();

    private static readonly FrozenSet<string> NamedRules = RuleSet.England2014.Rules
        .Where(rule => rule.Starts != StartEvent.ReleasedFromDetention && !RuleSet.EnglandDetained2015.Suspends!.Rules.Contains(rule.Key))
        .Select(rule => rule.Key).ToFrozenSet();

    private static readonly FrozenSet<string> NamedWaits = RuleSet.England2014.Rules
        .Where(rule => NamedRules.Contains(rule.Key)).Select(rule => rule.MetBy.Awaits).OfType<string>()
        .Concat(Enum.GetValues<AdviceKind>().Select(Words.Of))
        .Concat(
        [
            "decision whether to assess", "decision whether to issue a plan", "draft plan", "final plan", "serving the draft on the family", "the family's representations",
            "sending the final plan", "notice of the refusal", "notice that no plan is necessary", "advice that has come and must be entered",
        ]).ToFrozenSet();

    /// <summary>Whether anybody's case can have this recipient of a letter, whether or not the person is detained.</summary>
    public static bool IsOrdinary(RecipientRole to) => NamedRecipients.Contains(to);

    /// <summary>Whether this act can be done in anybody's case, whether or not the person is detained.</summary>
    internal static bool IsOrdinary(Act act) => act is not (Act.PersonInChargeConsulted or Act.KeptProvisionArranged or Act.KeptHealthArranged or Act.MonitoringMeetingHeld);

    /// <summary>Whether operators can refer to a letter by its id.</summary>
    internal static bool CanName(Notice notice) => NamedLetters.Contains(notice.Kind) && NamedRecipients.Contains(notice.To);

    /// <summary>A letter, for example "Letter to the family (the draft plan, version 2)" or "Letter to an agency (another letter)".</summary>
    public static string Of(Notice notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        return $"Letter to {(notice.To == RecipientRole.Family ? Words.Of(notice.To) : AnAgency)} ({Kind(notice)})";
    }

    /// <summary>Whether people who run the hub are shown a time limit, given its key.</summary>
    public static bool NamesLimit(string key) => NamedRules.Contains(key.Split('@', ':')[0]);

    /// <summary>The name of a time limit in words, given its key.</summary>
    internal static string Limit(string key) => NamesLimit(key) ? TimelineWords.Limit(key) : ATimeLimit;

    /// <summary>Whether people who run the hub are shown what a case waits for. An empty text means that the case waits for nothing.</summary>
    public static bool NamesWait(string waitingFor) => NamedWaits.Contains(waitingFor);

    private static string Kind(Notice notice) => !NamedLetters.Contains(notice.Kind) ? AnotherLetter
        : notice.PlanVersion is { } version ? FormattableString.Invariant($"{Words.Of(notice.Kind)}, version {version}")
        : Words.Of(notice.Kind);
}
