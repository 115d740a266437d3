using System.Collections.Frozen;
using IntegrationHub.Orchestrations.Assessments;
using static IntegrationHub.Functions.Workspace.Officers.OfficerRole;

namespace IntegrationHub.Functions.Workspace.Officers;

/// <summary>The parts of the workspace to which roles can be given access.</summary>
public enum Page
{
    /// <summary>The cases that need the officer's attention today, and the team's cases.</summary>
    Work,

    /// <summary>The search for cases by name, number, reference or school.</summary>
    Search,

    /// <summary>The state of one case.</summary>
    Case,

    /// <summary>The child, the family, the school or other setting, and the agencies.</summary>
    People,

    /// <summary>Requests for advice, and the advice received.</summary>
    Advice,

    /// <summary>The plan.</summary>
    Plan,

    /// <summary>The plan as a Word file, to be edited and returned.</summary>
    PlanInWord,

    /// <summary>Documents added to the case.</summary>
    Documents,

    /// <summary>Notices and letters.</summary>
    Letters,

    /// <summary>Schools for the child: the list for the family, and the schools at which the child was placed.</summary>
    Schools,

    /// <summary>The costs of the plan.</summary>
    Costs,

    /// <summary>The total cost of all the council's plans.</summary>
    CostFigures,

    /// <summary>Mediation, appeals and orders of the Tribunal.</summary>
    Disputes,

    /// <summary>The timeline of what happened in the case.</summary>
    Timeline,

    /// <summary>Records of who has read the case.</summary>
    AccessLog,

    /// <summary>Forms of steps.</summary>
    Steps,

    /// <summary>The form that takes over an assessment that is under way elsewhere.</summary>
    TakeOver,

    /// <summary>The panel, with the cases that await a decision, the papers and the minutes.</summary>
    Panel,

    /// <summary>Children who change phase of education, and how far their plans have progressed.</summary>
    Transfers,

    /// <summary>Caseload and timeliness of the council.</summary>
    Dashboard,

    /// <summary>How each agency is reached.</summary>
    Agencies,

    /// <summary>The page for testing whether the hub can send to an agency.</summary>
    AgencyTest,

    /// <summary>The register of schools.</summary>
    Institutions,

    /// <summary>The SEN2 return: its status, and its errors and doubts by case.</summary>
    Return,

    /// <summary>Building the return, its files and the list of changes, all of which include data about every child.</summary>
    ReturnFiles,

    /// <summary>Incoming mail that nobody has dealt with yet, and what was done with other mail.</summary>
    Intake,

    /// <summary>Putting a message into a case, or dismissing it.</summary>
    IntakeActs,
}

/// <summary>Defines which roles may open which pages. Access to anything that is not named here is refused.</summary>
public static class PageRules
{
    private static readonly FrozenDictionary<Page, OfficerRole[]> Table = new Dictionary<Page, OfficerRole[]>
    {
        [Page.Work] = [CaseOfficer, TeamManager, BusinessSupport, PanelMember, DesignatedOfficer, EducationalPsychology, Finance, Auditor],
        [Page.Search] = [CaseOfficer, TeamManager, BusinessSupport, Auditor],
        [Page.Case] = [CaseOfficer, TeamManager, BusinessSupport, PanelMember, DesignatedOfficer, EducationalPsychology, Finance, Auditor],
        [Page.People] = [CaseOfficer, TeamManager, BusinessSupport, PanelMember, DesignatedOfficer, EducationalPsychology, Auditor],
        [Page.Advice] = [CaseOfficer, TeamManager, PanelMember, DesignatedOfficer, EducationalPsychology, Auditor],
        [Page.Plan] = [CaseOfficer, TeamManager, PanelMember, DesignatedOfficer, EducationalPsychology, Finance, Auditor],
        [Page.PlanInWord] = [CaseOfficer, TeamManager],
        [Page.Documents] = [CaseOfficer, TeamManager, BusinessSupport, PanelMember, DesignatedOfficer, EducationalPsychology, Auditor],
        [Page.Letters] = [CaseOfficer, TeamManager, BusinessSupport, Auditor],
        [Page.Schools] = [CaseOfficer, TeamManager, PanelMember, DesignatedOfficer, EducationalPsychology, Auditor],
        [Page.Costs] = [CaseOfficer, TeamManager, Finance, Auditor],
        [Page.CostFigures] = [TeamManager, Finance, Auditor],
        [Page.Disputes] = [CaseOfficer, TeamManager, Auditor],
        [Page.Timeline] = [CaseOfficer, TeamManager, PanelMember, DesignatedOfficer, EducationalPsychology, Auditor],
        [Page.AccessLog] = [CaseOfficer, TeamManager, Auditor],
        [Page.Panel] = [CaseOfficer, TeamManager, PanelMember, DesignatedOfficer, EducationalPsychology, Auditor],
        [Page.Transfers] = [CaseOfficer, TeamManager, BusinessSupport, Auditor],
        [Page.Steps] = [CaseOfficer, TeamManager, BusinessSupport],
        [Page.TakeOver] = [CaseOfficer, TeamManager],
        [Page.Dashboard] = [TeamManager, Auditor],
        [Page.Agencies] = [CaseOfficer, TeamManager, BusinessSupport, DesignatedOfficer, EducationalPsychology, Auditor],
        [Page.AgencyTest] = [TeamManager, BusinessSupport],
        [Page.Institutions] = [CaseOfficer, TeamManager, BusinessSupport, PanelMember, DesignatedOfficer, EducationalPsychology, Finance, Auditor],
        [Page.Return] = [CaseOfficer, TeamManager, Auditor],
        [Page.ReturnFiles] = [TeamManager],
        [Page.Intake] = [CaseOfficer, TeamManager, BusinessSupport, Auditor],
        [Page.IntakeActs] = [CaseOfficer, TeamManager, BusinessSupport],
    }.ToFrozenDictionary();

    // The steps that staff in the post room can take: they open cases for requests on paper, and record what was sent and what was returned.
    private static readonly FrozenSet<string> OfBusinessSupport = FrozenSet.Create(
        OpenAssessment.Definition.Name, RecordRequestSent.Definition.Name, RecordNoticeSent.Definition.Name, RecordNoticeOutcome.Definition.Name,
        RecordNotArrived.Definition.Name, AcknowledgeAdviceRequest.Definition.Name, RecordDocument.Definition.Name);

    // Only a team manager decides who may see a case at all.
    private static readonly FrozenSet<string> OfTeamManagers = FrozenSet.Create(RestrictCase.Definition.Name, LiftRestriction.Definition.Name);

    /// <summary>Whether one of the officer's roles gives access to the page.</summary>
    public static bool MayOpen(this Officer officer, Page page) => Table[page].Any(officer.Roles.Contains);

    /// <summary>
    /// Whether the officer may submit a step. The API must allow council officers to submit the step, and one of the officer's roles must
    /// be allowed to take it.
    /// </summary>
    public static bool MaySend(this Officer officer, StepDefinition step) =>
        step.Senders.Contains(ActorRole.CouncilOfficer)
        && (officer.Roles.Contains(TeamManager) || (officer.Roles.Contains(CaseOfficer) && !OfTeamManagers.Contains(step.Name))
            || (officer.Roles.Contains(BusinessSupport) && OfBusinessSupport.Contains(step.Name)));
}
