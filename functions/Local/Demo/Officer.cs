using IntegrationHub.Contracts.Advice;
using IntegrationHub.Contracts.Identifiers;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Local.Demo;

/// <summary>The council's case officer, who makes and records decisions; the hub does everything else.</summary>
internal sealed class Officer(HubClient hub) : IDemoPartner
{
    /// <summary>The therapist's report from last autumn, which serves as existing advice.</summary>
    internal const string ExistingReport = "therapy-report-2025";

    internal async Task<AssessmentId> OpenAsync(CancellationToken cancellationToken)
    {
        var opened = await hub.PostAsync("/v1/cases", Cast.Facts, cancellationToken);
        return AssessmentId.TryParse(opened.GetProperty("assessment").GetString(), out var id, out var problem) ? id : throw new InvalidDataException(problem);
    }

    /// <summary>Takes on a request that the family made on the web, and adds details that only the council's records hold.</summary>
    internal async Task<AssessmentId> TakeOnAsync(AssessmentId assessment, CancellationToken cancellationToken)
    {
        var facts = Cast.Facts;
        await hub.SendAsync(assessment, new CorrectFacts("From the school census and the NHS number service.", Child: facts.Child, SettingKind: facts.SettingKind, Setting: facts.Setting, Icb: facts.Icb), cancellationToken);
        foreach (var adviser in facts.Advisers)
        {
            await hub.SendAsync(assessment, new NameAdviser(adviser.Kind, adviser.Agency), cancellationToken);
        }

        return assessment;
    }

    /// <summary>Records what the family says by telephone. There is no page on which a family can agree that the older report is
    /// sufficient.</summary>
    internal IDemoPartner ForTheFamily() => new Answerer(hub, (day, _) => day == 7 ? new AgreeExistingAdvice(ExistingReport, AgreeingParty.Family, true) : null);

    public async Task WorkDayAsync(AssessmentId assessment, DateOnly today, CancellationToken cancellationToken)
    {
        foreach (var input in Day(today.DayNumber - Cast.Start.DayNumber, today))
        {
            await hub.SendAsync(assessment, input, cancellationToken);
        }
    }

    private static IReadOnlyList<AssessmentInput> Day(int day, DateOnly today) => day switch
    {
        1 => [new AssignCaseOfficer("J. Farrow, SEND officer"), new AssignKeyWorker("Leila Grant", "Northbridge SENDIASS")],
        3 => [new RecordConsultation(today, "The family wants an assessment and says that a speech and language therapist wrote a report last autumn.")],
        4 => [new ProposeExistingAdvice(ExistingReport, AdviceKind.Other, Cast.Therapies, Cast.Advice("therapist"), "report of September 2025"), new AgreeExistingAdvice(ExistingReport, AgreeingParty.Council, true)],
        // The author agrees by letter, because FHIR has no message for this and the NHS bodies use only FHIR with the hub.
        8 => [new AgreeExistingAdvice(ExistingReport, AgreeingParty.Author, true)],
        10 => [new DecideWhetherToAssess(true, "Alex has special educational needs for which provision in a plan may be necessary (CFA 2014 s36(8)).")],
        12 => [new RequestAdvice(AdviceKind.Other, Cast.OccupationalTherapy, "The school reports distress at noise; the council thinks this advice appropriate (reg 6(1)(f)).")],
        50 => [new ClaimException("abroad", Ground.AbsentFromArea, new DateOnly(2026, 1, 26), new DateOnly(2026, 2, 27), "The family's letter and copies of its travel documents", "Alex could not be examined while the family cared for a grandparent abroad.")],
        98 => [new DecideWhetherToIssuePlan(true, "The needs cannot reasonably be met from what is normally available to a mainstream school.")],
        102 => [new PrepareDraft()],
        107 => [new RecordIcbAgreement(true, "Head of children's commissioning", today)],
        109 => [new RecordMeetingHeld(today)],
        113 => [new ConsultInstitution(Cast.College, today)],
        119 => [new SettlePersonalBudget(true, today, "A direct payment for the personal assistant at the Saturday club.", IntegrationHub.Orchestrations.Plans.PersonalBudgetForm.DirectPayment, 3120m)],
        123 => [new NamePlacement("Special school", Cast.College)],
        126 => [new FinalisePlan("J. Farrow, SEND officer")],
        _ => [],
    };
}
