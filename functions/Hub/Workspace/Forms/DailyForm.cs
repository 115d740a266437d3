using System.Collections.Frozen;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Forms;

/// <summary>One question of a form that was written by hand.</summary>
/// <param name="Name">The member of the step.</param>
/// <param name="Label">The question.</param>
/// <param name="Hint">Help with answering it.</param>
internal sealed record DailyField(string Name, string Label, string Hint = "");

/// <summary>
/// The form of a step that officers send every day, in the words and the order in which they work. Every other step has a form generated from its
/// own description. Members of the step that its form does not ask for are in a closed section at its end, so nothing is missing.
/// </summary>
/// <param name="Lead">What the step does, in one sentence.</param>
/// <param name="Send">The label of the button.</param>
/// <param name="Fields">The questions, in order.</param>
/// <param name="Drawn">References that the form generates and nobody needs to see.</param>
internal sealed record DailyForm(string Lead, string Send, IReadOnlyList<DailyField> Fields, params IReadOnlyList<string> Drawn)
{
    private static readonly FrozenDictionary<string, DailyForm> All = new Dictionary<string, DailyForm>(StringComparer.Ordinal)
    {
        [RecordConsultation.Definition.Name] = new(
            "How the family was consulted before the decision. This must be recorded before deciding whether to assess.", "Record it",
            [new("on", "When was the family consulted?", "The day of the conversation, the call or the letter."), new("summary", "What did the family say?", "In a few sentences; the family can read the record too.")]),
        [DecideWhetherToAssess.Definition.Name] = new(
            "The decision is sent to the family and to everybody whom the law names. If the answer is yes, the requests for advice are sent at the same time.", "Continue",
            [new("assess", "Will the council carry out an assessment?"), new("reasons", "Why?", "The notice quotes this where the law requires reasons.")]),
        [DecideWhetherToIssuePlan.Definition.Name] = new(
            "Whether a plan is to be drafted from the advice. If the answer is no, the notice is sent with the reasons.", "Continue",
            [new("issue", "Will a plan be issued?"), new("reasons", "Why?", "The notice quotes this where the law requires reasons.")]),
        [NameAdviser.Definition.Name] = new(
            "Who is to be asked for one kind of advice. If advice is already being gathered, the request is sent at once.", "Continue",
            [new("kind", "Which advice?"), new("agency", "Who gives it?", "Its number in its register, and its usual name.")]),
        [RequestAdvice.Definition.Name] = new(
            "An additional adviser, or another in place of one who declined. The request is sent at once.", "Continue",
            [new("kind", "Which advice?"), new("agency", "Who is asked?", "Its number in its register, and its usual name."),
             new("reason", "Why this one?"), new("inPlaceOf", "In place of which request?", "Only where somebody declined or is not available.")]),
        [AskPersonForAdvice.Definition.Name] = new(
            "Somebody in private practice, a tutor or a childminder. They get a message with a link, and answer on a page of the hub.", "Continue",
            [new("kind", "Which advice?"), new("name", "What is their name?"), new("profession", "What are they?", "For instance educational psychologist, occupational therapist, tutor, childminder."),
             new("registration", "Their number in a register?", "Such as that of the HCPC. A psychologist must have one; check it in the register."),
             new("mail", "Their e-mail address?", "The link and its codes go there. Make sure that it is theirs."), new("reason", "Why this one?"),
             new("inPlaceOf", "In place of which request?", "Only where somebody declined or is not available.")]),
        [ReturnAdvice.Definition.Name] = new(
            "The advice goes back to its author and is not used in the plan until it has been corrected.", "Continue",
            [new("adviceId", "Which advice?"), new("reason", "What is missing, or not sufficient?", "The author reads exactly what you write here. Say what is needed, not only what is wrong.")]),
        [ClaimException.Definition.Name] = new(
            "An exception relieves the limits that its ground names. It changes no date.", "Continue",
            [new("ground", "On which ground?"), new("from", "From which day?", "The first day on which it applied."), new("to", "Until which day?", "The last day of it, that day included."),
             new("evidence", "What shows it?", "A letter, term dates, a message; say where it is kept."),
             new("whyImpractical", "Why did it make it impractical to meet the limit?", "The law requires this link between the ground and the delay.")],
            "exceptionId"),
        [ConsultInstitution.Definition.Name] = new(
            "Schools or other institutions that may be named in section I are consulted, each by a letter of its own with the draft.", "Continue",
            [new("institution", "Which institution is consulted?", "Its number in its register, such as urn:100001, and its name."),
             new("also", "Which others at the same time?", "Their answers are compared on the page of the case."),
             new("on", "On which day is it consulted?", "Enter today and the letter is sent with the draft. An earlier day records that you have already sent it.")]),
        [RecordInstitutionAnswer.Definition.Name] = new(
            "The institution's answer to the draft.", "Record it",
            [new("institution", "Which institution answered?"), new("on", "When did the answer come?"), new("canMeetNeeds", "Does it say that it can meet the needs?"), new("reasons", "What does it say?", "In its own words, as far as possible."),
             new("objections", "Which tests of the law does it rely on?", "Only where it says that it cannot meet the needs."),
             new("place", "Does it have a place, and from when?"), new("annualCostPounds", "What does the place cost in a year, in pounds?", "Fees and top-up together; leave it empty where it says nothing.")]),
        [NamePlacement.Definition.Name] = new(
            "The placement for section I of the final plan. It does not appear in a draft.", "Record it",
            [new("institutionType", "Which type of school or institution?"), new("institution", "Which one is named?", "Leave it empty where only a type is named. It must have been consulted."),
             new("reasons", "Why not the one the family asked for?", "Only where another one is named."),
             new("from", "From which day?", "Only where it is in the future, after a transfer of phase: section I then says so.")]),
        [RecordPhaseTransfer.Definition.Name] = new(
            "The transfer of phase that is coming, or that there is none. From then on the law sets a day by which the plan must name the place.", "Record it",
            [new("transfer", "From which phase to which?"), new("on", "When does the new phase begin?", "The first day there; where the child stays, any day of that year’s September."),
             new("preferenceAskedOn", "When was the family asked for its preference?"), new("preference", "Which institution does it prefer?", "In its own words."),
             new("reasons", "Why does the child stay?", "Only where there is no transfer.")]),
        [PrepareDraft.Definition.Name] = new("The plan is prepared from the advice as you see it under “Plan”, kept as a version, and sent to the family.", "Continue", []),
        [FinalisePlan.Definition.Name] = new(
            "The plan becomes final: it is kept as a version and sent to the family, the institution and the ICB, with the right to mediation and appeal.", "Continue",
            [new("signedBy", "Who signs the plan?", "Name and position, as they are to appear on the plan.")]),
        [WriteToFamily.Definition.Name] = new(
            "A letter to everybody of the family who is told of the case. You read it in full before it is sent.", "Continue",
            [new("letter", "Which letter?"), new("what", "What do you ask for, or what is the meeting about?", "The letter says exactly what you write here."),
             new("day", "By which day do you ask for it, or on which day is the meeting?"), new("place", "At what time and where is the meeting?", "Only for a meeting.")]),
        [RecordNoticeSent.Definition.Name] = new(
            "A letter that was posted or handed over. Most limits are met when it is sent.", "Record it",
            [new("noticeId", "Which letter?"), new("channel", "How was it sent?"), new("sentOn", "On which day was it sent?"), new("servedOn", "When was it served, if you know another day?", "Leave it empty where it follows from how it was sent.")]),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The steps whose forms were written by hand, besides a new request, advice and a line of the plan, which have their own pages.</summary>
    internal static IEnumerable<string> Steps => All.Keys;

    /// <summary>The form of a step; null where its form is generated.</summary>
    internal static DailyForm? Of(StepDefinition step) => All.GetValueOrDefault(step.Name);

    /// <summary>The questions, each with the field of the step that it asks for.</summary>
    internal IEnumerable<FormField> Asked(StepForm form) => Fields.Select(one => form.Fields.First(field => field.Name == one.Name) switch
    {
        var field => field with { Label = one.Label, Hint = one.Hint.Length > 0 ? one.Hint : field.Kind is FieldKind.Choice or FieldKind.Group ? field.Hint : "" },
    });

    /// <summary>The fields of the step that no question asks for.</summary>
    internal IEnumerable<FormField> Others(StepForm form) => form.Fields.Where(field => !Drawn.Contains(field.Name) && Fields.All(one => one.Name != field.Name));
}
