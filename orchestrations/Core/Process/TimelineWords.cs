using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>The texts for terms that are used only in a timeline.</summary>
public static class TimelineWords
{
    public static string Day(DateOnly day) => Words.Day(day, withYear: true);

    public static string Capitalise(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>The verb that follows a kind of advice: "were" after the family's views, "was" after any other advice.</summary>
    public static string Was(AdviceKind kind) => kind == AdviceKind.FamilyViews ? "were" : "was";

    public static string Of(RequestRoute route) => route switch
    {
        RequestRoute.Parent => "the child's parent asked for an assessment",
        RequestRoute.YoungPerson => "the young person asked for an assessment",
        RequestRoute.School => "a school asked for an assessment",
        RequestRoute.Post16Institution => "a post-16 institution asked for an assessment",
        RequestRoute.PersonInCharge => "the person in charge of the accommodation asked for an assessment",
        _ => "the council became responsible for the child",
    };

    public static string Of(Ground ground) => ground switch
    {
        Ground.SchoolClosed => "school closed for four weeks or more",
        Ground.EarlyYearsProviderClosed => "early years provider closed for four weeks or more",
        Ground.ExceptionalCircumstances => "exceptional personal circumstances",
        Ground.AbsentFromArea => "absent from the area for four weeks or more",
        Ground.MissedAppointment => "missed appointment",
        Ground.OrderExceptionalCircumstances => "exceptional personal circumstances after a tribunal order",
        Ground.OrderAbsentFromArea => "absent from the area after a tribunal order",
        _ => "late representations after a tribunal order",
    };

    public static string Of(AgreeingParty party) => party switch
    {
        AgreeingParty.Author => "its author",
        AgreeingParty.Council => "the council",
        _ => "the family",
    };

    public static string Of(NoticeChannel channel) => channel switch
    {
        NoticeChannel.Electronic => "electronically",
        NoticeChannel.Post => "by post",
        NoticeChannel.EarlierSystem => "from the earlier system",
        _ => "by hand",
    };

    public static string Of(MediationStep step) => step switch
    {
        MediationStep.AdviserContacted => "the family contacted the mediation adviser",
        MediationStep.Wanted => "the family wants mediation",
        MediationStep.HealthIssuesRaised => "the family raised health issues",
        MediationStep.HealthIssuesPassed => "the health issues were passed to the ICB",
        MediationStep.NotWanted => "the adviser was told that the family will not mediate",
        MediationStep.NotArranged => "the adviser was told that mediation could not be arranged in time",
        MediationStep.Ended => "mediation was held and ended",
        MediationStep.CertificateIssued => "the certificate was issued",
        MediationStep.Agreed => "an agreement was reached",
        _ => "the agreement was carried out",
    };

    public static string Of(AppealStep step) => step switch
    {
        AppealStep.Registered => "the Tribunal sent the appeal to the council",
        AppealStep.Conceded => "the council told the Tribunal that it does not oppose the appeal",
        AppealStep.Ordered => "the Tribunal sent out an order",
        AppealStep.Dismissed => "the appeal was dismissed",
        _ => "the family withdrew the appeal",
    };

    public static string Of(Remedy remedy) => remedy switch
    {
        Remedy.Assess => "assess",
        Remedy.Reassess => "re-assess",
        Remedy.MakePlan => "make a plan",
        Remedy.AmendContents => "amend the contents of the plan",
        Remedy.NameInstitution => "name an institution",
        Remedy.ContinuePlan => "continue to maintain the plan",
        Remedy.CeasePlan => "cease the plan",
        Remedy.NotAppealable => "carry out the agreement",
        Remedy.Reconsider => "decide again",
        Remedy.ContinueAndAmend => "continue to maintain the plan, and amend it",
        _ => "carry out what the ICB agreed",
    };

    /// <summary>What an order or an agreement requires, and by which day (if a day was set).</summary>
    public static string DescribeRequirement(Remedy? remedy, DateOnly? otherDate) =>
        (remedy is { } must ? $"; the council must {Of(must)}" : "") + (otherDate is { } day ? $", by {Day(day)}" : "");

    /// <summary>The name of a time limit in words, given its key, for example "finalPlan@2026-07-14".</summary>
    public static string Limit(string key) => key.Split('@')[0] switch
    {
        "consultFamily" => "consulting the family",
        "tellPartners" => "telling partners",
        "notifyRefusalToAssess" or "decideWhetherToAssess" => $"the decision whether to assess ({Length("decideWhetherToAssess")})",
        "notifyNoPlan" => $"the decision whether to issue a plan ({Length("notifyNoPlan")})",
        "draftBy" => "the draft plan",
        "finalPlan" => $"the final plan ({Length("finalPlan")})",
        "finalPlanNotice" => "the notice with the final plan",
        var other => (RuleSet.England2014.Find(other) ?? RuleSet.EnglandDetained2015.Find(other)) is { } rule ? $"\"{rule.Title}\"" : other,
    };

    private static string Length(string rule) => FormattableString.Invariant($"{RuleSet.England2014.Rule(rule).Length} weeks");

    public static string Who(Actor by) => by.Role switch
    {
        ActorRole.CouncilOfficer => "council officer",
        ActorRole.Agency => by.Agency?.Value ?? "agency",
        ActorRole.Family => "family",
        ActorRole.Operator => "operator",
        _ => "the hub",
    };
}
