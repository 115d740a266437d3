using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Orchestrations.Assessments;

/// <summary>A request was received, or the council became responsible; and the facts and persons of the case.</summary>
internal static class Opening
{
    internal static void Open(Deciding d, OpenAssessment input)
    {
        if (!d.Require(d.State.Facts is null, "already-open", "This assessment is open already.")
            || !Lawful(d, input.Facts))
        {
            return;
        }

        d.Happened(new AssessmentOpened(d.State.Id, input.Facts));

        // Reg 4(2): the ICB, the officers for social services and the head are told that an assessment is being considered.
        Notices.TellPartners(d, NoticeKind.AssessmentConsidered);
        d.Must(new PublishStatus(d.State.Stage));
    }

    internal static void Correct(Deciding d, CorrectFacts input)
    {
        var facts = d.Facts;
        var corrected = facts with
        {
            ReceivedOn = input.ReceivedOn ?? facts.ReceivedOn,
            Child = input.Child ?? facts.Child,
            Family = input.Family ?? facts.Family,
            SettingKind = input.SettingKind ?? facts.SettingKind,
            Setting = (input.SettingKind ?? facts.SettingKind) == SettingKind.None ? null : input.Setting ?? facts.Setting,
            Icb = input.Icb ?? facts.Icb,
            Capacity = input.Capacity ?? facts.Capacity,
        };
        if (Form.Open(d) && Form.Text(d, input.Reason, "The reason for the correction") && Lawful(d, corrected)
            && d.Require(corrected != facts, "nothing-changed", "Nothing would be different after this correction."))
        {
            d.Happened(new FactsCorrected(corrected, input.Reason));
        }
    }

    internal static void Assign(Deciding d, AssignCaseOfficer input)
    {
        if (Form.Open(d) && Form.Text(d, input.Officer, "The officer")
            && d.Require(input.Officer != d.State.CaseOfficer, "nothing-changed", "This officer holds the case already."))
        {
            d.Happened(new CaseOfficerAssigned(input.Officer, d.State.CaseOfficer));
        }
    }

    internal static void Assign(Deciding d, AssignKeyWorker input)
    {
        if (Form.Open(d) && Form.Text(d, input.KeyWorker, "The key worker")
            && d.Require(input.KeyWorker != d.State.KeyWorker, "nothing-changed", "This person is the key worker already."))
        {
            d.Happened(new KeyWorkerAssigned(input.KeyWorker, input.Organisation, d.State.KeyWorker));
        }
    }

    private static bool Lawful(Deciding d, OpeningFacts facts) =>
        Form.NotInFuture(d, facts.ReceivedOn, "The day on which the request was received")
        && d.Require(
            facts.ReceivedOn >= d.Rules.Law.InForceFrom,
            "before-the-law",
            $"The rules of this hub are in force from {Words.Day(d.Rules.Law.InForceFrom, true)}; older requests follow older law.")
        && Form.Text(d, facts.Child.GivenName, "The child's given name")
        && Form.Text(d, facts.Child.FamilyName, "The child's family name")
        && d.Require(
            Age.IsWithinRange(facts.Child.DateOfBirth, facts.ReceivedOn),
            "age-out-of-range",
            "EHC needs assessments are for children and young people from birth to 25 (CFA 2014 s83(2)).")
        && Form.Text(d, facts.Family.Name, "The family contact's name")
        && Form.Text(d, facts.Icb.Name, "The ICB's name")
        && d.Require(
            facts.SettingKind == SettingKind.None ? facts.Setting is null : facts.Setting is not null,
            "setting-unclear",
            "Name the school or setting, or say that the child attends none.")
        && RequesterMayAsk(d, facts);

    /// <summary>CFA 2014 s36(1) lists who may ask; the right passes to the young person at the end of compulsory school age.</summary>
    private static bool RequesterMayAsk(Deciding d, OpeningFacts facts)
    {
        var holder = Age.HolderOfRights(facts.Child.DateOfBirth, facts.ReceivedOn, facts.Capacity is { LacksCapacity: true });
        return facts.Route switch
        {
            RequestRoute.Parent => d.Require(
                holder != RightsHolder.YoungPerson,
                "right-passed-on",
                "The right to ask passed to the young person at the end of compulsory school age (CFA 2014 s36(1), s83(2)); a parent may ask only where a record says that the young person lacks capacity."),
            RequestRoute.YoungPerson => d.Require(
                holder == RightsHolder.YoungPerson,
                "not-a-young-person",
                "Only a young person over compulsory school age, with capacity, asks in their own right (CFA 2014 s36(1))."),
            _ => true,
        };
    }
}
