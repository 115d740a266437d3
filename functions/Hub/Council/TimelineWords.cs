using IntegrationHub.Contracts.Advice;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Council;

/// <summary>Words for the terms that a timeline uses and nothing else does.</summary>
internal static class TimelineWords
{
    internal static string Day(DateOnly day) => Words.Day(day, withYear: true);

    internal static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    /// <summary>The verb after a kind of advice: the family's views are many, advice is one.</summary>
    internal static string Was(AdviceKind kind) => kind == AdviceKind.FamilyViews ? "were" : "was";

    internal static string Of(RequestRoute route) => route switch
    {
        RequestRoute.Parent => "the child's parent asked for an assessment",
        RequestRoute.YoungPerson => "the young person asked for an assessment",
        RequestRoute.School => "a school asked for an assessment",
        RequestRoute.Post16Institution => "a post-16 institution asked for an assessment",
        _ => "the council became responsible for the child",
    };

    internal static string Of(Ground ground) => ground switch
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

    internal static string Of(AgreeingParty party) => party switch
    {
        AgreeingParty.Author => "its author",
        AgreeingParty.Council => "the council",
        _ => "the family",
    };

    internal static string Of(NoticeChannel channel) => channel switch
    {
        NoticeChannel.Electronic => "electronically",
        NoticeChannel.Post => "by post",
        _ => "by hand",
    };

    internal static string Of(MediationStep step) => step switch
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
        _ => "what was agreed was carried out",
    };

    internal static string Of(AppealStep step) => step switch
    {
        AppealStep.Registered => "the Tribunal sent the appeal to the council",
        AppealStep.Conceded => "the council told the Tribunal that it does not oppose",
        AppealStep.Ordered => "the Tribunal sent out an order",
        AppealStep.Dismissed => "the appeal was dismissed",
        _ => "the family withdrew the appeal",
    };

    internal static string Of(Remedy remedy) => remedy switch
    {
        Remedy.Assess => "assess",
        Remedy.Reassess => "re-assess",
        Remedy.MakePlan => "make a plan",
        Remedy.AmendContents => "amend the contents of the plan",
        Remedy.NameInstitution => "name an institution",
        Remedy.ContinuePlan => "continue to maintain the plan",
        Remedy.CeasePlan => "cease the plan",
        Remedy.NotAppealable => "carry out the agreement",
        _ => "carry out what the ICB agreed",
    };

    internal static string Of(PushedOutcome outcome) => outcome switch
    {
        PushedOutcome.Attached => "A person found that an assessment that an agency had sent unasked is about this child; it was attached as existing advice.",
        PushedOutcome.Dismissed => "A person found that an assessment that an agency had sent unasked is not about this child.",
        _ => "An assessment that an agency had sent unasked was settled without this case.",
    };

    /// <summary>"finalPlan@2026-07-14" as people read it.</summary>
    internal static string Limit(string key) => key.Split('@')[0] switch
    {
        "consultFamily" => "consulting the family",
        "tellPartners" => "telling partners",
        "notifyRefusalToAssess" or "decideWhetherToAssess" => "the decision whether to assess (6 weeks)",
        "notifyNoPlan" => "the decision whether to issue a plan (16 weeks)",
        "draftBy" => "the draft plan",
        "finalPlan" => "the final plan (20 weeks)",
        "finalPlanNotice" => "the notice with the final plan",
        var other => other,
    };

    internal static string Who(Actor by) => by.Role switch
    {
        ActorRole.CouncilOfficer => "council officer",
        ActorRole.Agency => by.Agency?.Value ?? "agency",
        ActorRole.Family => "family",
        ActorRole.Operator => "operator",
        _ => "the hub",
    };
}
