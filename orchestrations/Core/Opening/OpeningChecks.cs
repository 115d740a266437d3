using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>Checks that the facts with which a case is opened or corrected are legally possible.</summary>
internal static class OpeningChecks
{
    internal static bool AreLawful(Deciding d, OpeningFacts facts) =>
        d.Require(
            facts.ReceivedOn >= d.Rules.LawOn(facts.ReceivedOn).InForceFrom || IsTaken(d, facts),
            "before-the-law",
            $"The rules of this hub are in force from {Words.Day(d.Rules.LawOn(facts.ReceivedOn).InForceFrom, true)}. Earlier law applies to earlier requests.")
        && InputChecks.Text(d, facts.Child.GivenName, "The child's given name")
        && InputChecks.Text(d, facts.Child.FamilyName, "The child's family name")
        && d.Require(
            Age.IsWithinRange(facts.Child.DateOfBirth, facts.ReceivedOn),
            "age-out-of-range",
            "EHC needs assessments are for children and young people from birth to 25 (CFA 2014 s83(2)).")
        && (IsTaken(d, facts) || InputChecks.Text(d, facts.Family.Name, "The family contact's name"))
        && InputChecks.Text(d, facts.Icb.Name, "The ICB's name")
        && d.Require(
            facts.SettingKind == SettingKind.None ? facts.Setting is null : facts.Setting is not null || IsTaken(d, facts),
            "setting-unclear",
            "Name the school or setting, or say that the child attends none.")
        && (facts.EarlierCase is not { } decided || InputChecks.Text(d, decided.Reason, "The reason for the decision on the earlier case"))
        && (IsTaken(d, facts) || RequesterMayAsk(d, facts))
        && (facts.TakenOver is null || TakingOver.IsLawful(d, facts.TakenOver));

    /// <summary>Whether each adviser whom the opening names can be asked. An adviser who cannot would be left out, and nobody told.</summary>
    internal static bool AdvisersCanBeAsked(Deciding d, OpeningFacts facts) =>
        facts.Advisers.All(named => NameAdviser.MayBeNamed(d, named.Kind, named.Agency))
        && d.Require(
            facts.Advisers.DistinctBy(named => named.Kind).Count() == facts.Advisers.Count,
            "adviser-named-twice",
            "Name one adviser for each kind of advice. Ask a further adviser with a separate request.");

    /// <summary>Whether the case began with a plan that was issued elsewhere. Little may be known yet about a plan from elsewhere, and the
    /// request for it was decided elsewhere.</summary>
    private static bool IsTaken(Deciding d, OpeningFacts facts) => facts.TakenOver is not null || d.State.TakenOver is not null;

    /// <summary>Whether the requester has the right to ask for an assessment. CFA 2014 s36(1) lists who has the right to ask, which passes
    /// to the young person at the end of compulsory school age.</summary>
    private static bool RequesterMayAsk(Deciding d, OpeningFacts facts)
    {
        var holder = Age.HolderOfRights(facts.Child.DateOfBirth, facts.ReceivedOn, facts.Capacity is { LacksCapacity: true });
        return facts.Route switch
        {
            RequestRoute.Parent => d.Require(
                holder != RightsHolder.YoungPerson,
                "right-passed-on",
                "The young person has held the right to ask since the end of compulsory school age (CFA 2014 s36(1), s83(2)). A parent can ask only if a record says that the young person lacks capacity."),
            RequestRoute.YoungPerson => d.Require(
                holder == RightsHolder.YoungPerson,
                "not-a-young-person",
                "Only a young person over compulsory school age who has capacity can ask in their own right (CFA 2014 s36(1))."),
            _ => true,
        };
    }
}
