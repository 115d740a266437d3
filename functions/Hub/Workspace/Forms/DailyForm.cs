using System.Collections.Frozen;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Forms;

/// <summary>One question in a form that was written by hand.</summary>
/// <param name="Name">The member of the step that the question asks for.</param>
/// <param name="Label">The question.</param>
/// <param name="Hint">Help with answering the question.</param>
internal sealed record DailyField(string Name, string Label, string Hint = "");

/// <summary>
/// The form of a step that officers send every day, with questions worded and ordered to suit their work. Every other step has a form
/// generated from its own description. Members of the step for which the form has no question are in a collapsed section at the end, so that
/// nothing is missing.
/// </summary>
/// <param name="Lead">What the step does, in one sentence.</param>
/// <param name="Send">The label of the button that sends the form.</param>
/// <param name="Fields">The questions, in order.</param>
/// <param name="HiddenReferences">Names of the fields that contain references which the form generates and which nobody needs to see.</param>
internal sealed record DailyForm(string Lead, string Send, IReadOnlyList<DailyField> Fields, params IReadOnlyList<string> HiddenReferences)
{
    private static readonly FrozenDictionary<string, DailyForm> All = new Dictionary<string, DailyForm>(StringComparer.Ordinal)
    {
        [RecordConsultation.Definition.Name] = new(
            "Records how the family was consulted. The consultation must be recorded before deciding whether to assess.", "Record",
            [new("on", "When was the family consulted?", "The day of the conversation, the call or the letter."), new("summary", "What did the family say?", "Describe the family’s views in a few sentences. The family can read the record too.")]),
        [DecideWhetherToAssess.Definition.Name] = new(
            "The decision is sent to the family and to everybody else who must be notified by law. If the answer is yes, the requests for advice are sent at the same time.", "Continue",
            [new("assess", "Will the council carry out an assessment?"), new("reasons", "Why?", "The notice quotes your reasons where the law requires reasons.")]),
        [DecideWhetherToIssuePlan.Definition.Name] = new(
            "Decides whether a plan is drafted from the advice. If the answer is no, the notice is sent with the reasons.", "Continue",
            [new("issue", "Will a plan be issued?"), new("reasons", "Why?", "The notice quotes your reasons where the law requires reasons.")]),
        [NameAdviser.Definition.Name] = new(
            "Names the adviser who is asked for one kind of advice. If advice is already being gathered, the request is sent immediately.", "Continue",
            [new("kind", "Which advice?"), new("agency", "Who gives the advice?", "The agency’s number in its register, and its usual name.")]),
        [RequestAdvice.Definition.Name] = new(
            "Asks for advice from an additional adviser, or from a replacement for an adviser who declined. The request is sent immediately.", "Continue",
            [new("kind", "Which advice?"), new("agency", "Who is asked for the advice?", "The agency’s number in its register, and its usual name."),
             new("reason", "Why this adviser?"), new("inPlaceOf", "Which earlier request does the new request replace?", "Answer only if somebody declined or is not available.")]),
        [AskPersonForAdvice.Definition.Name] = new(
            "Asks for advice from somebody in private practice, a tutor or a childminder. The person receives a message with a link, and answers on a page of the hub.", "Continue",
            [new("kind", "Which advice?"), new("name", "What is the person’s name?"), new("profession", "What is the person’s profession?", "For example: educational psychologist, occupational therapist, tutor, childminder."),
             new("registration", "What is the person’s registration number?", "For example: a number with the HCPC. A psychologist must have a number, which you should check in the register."),
             new("mail", "What is the person’s e-mail address?", "The link and its codes are sent to this address. Make sure that the address belongs to this person."), new("reason", "Why this adviser?"),
             new("inPlaceOf", "Which earlier request does the new request replace?", "Answer only if somebody declined or is not available.")]),
        [ReturnAdvice.Definition.Name] = new(
            "The advice goes back to its author and is not used in the plan until it has been corrected.", "Continue",
            [new("adviceId", "Which advice?"), new("reason", "What is missing or not sufficient?", "The author reads exactly what you write here. Say what is needed, not only what is wrong.")]),
        [ClaimException.Definition.Name] = new(
            "An exception excuses a delay only if its ground applies to the time limit. The dates of the time limits do not change.", "Continue",
            [new("ground", "What is the ground for the exception?"), new("from", "From which day did the exception apply?", "The first day on which the exception applied."), new("to", "Until which day did the exception apply?", "The last day on which the exception applied."),
             new("evidence", "What is the evidence?", "For example: a letter, term dates or a message. Say where the evidence can be found."),
             new("whyImpractical", "Why was it impractical to meet the time limit?", "The law excuses the delay only if the ground made it impractical to meet the time limit.")],
            "exceptionId"),
        [ConsultInstitution.Definition.Name] = new(
            "Consults schools or other institutions that could be named in section I. Each institution receives its own letter with the draft.", "Continue",
            [new("institution", "Which institution is consulted?", "The institution’s number in its register, such as urn:100001, and its name."),
             new("also", "Which other institutions are consulted at the same time?", "The answers of all institutions are compared on the page of the case."),
             new("on", "On which day is the institution consulted?", "If you enter today’s date, the letter is sent with the draft. An earlier day records that you have already sent the letter.")]),
        [RecordInstitutionAnswer.Definition.Name] = new(
            "Records the institution’s answer to the draft.", "Record",
            [new("institution", "Which institution answered?"), new("on", "When did the answer come?"), new("canMeetNeeds", "Does the institution say that it can meet the needs?"), new("reasons", "What does the institution say?", "Use the institution’s own words as far as possible."),
             new("objections", "Which legal tests does the institution rely on?", "Answer only if the institution says that it cannot meet the needs."),
             new("place", "Does the institution have a place, and from when?"), new("annualCostPounds", "What does the place cost in a year, in pounds?", "Fees and top-up together. Leave this empty if the institution does not say.")]),
        [NamePlacement.Definition.Name] = new(
            "Names the placement for section I of the final plan. The placement does not appear in a draft.", "Record",
            [new("institutionType", "Which type of school or institution?"), new("institution", "Which institution is named?", "Leave this empty if only a type is named. The institution must have been consulted."),
             new("reasons", "Why is the institution that the family asked for not named?", "Answer only if a different institution is named."),
             new("from", "From which day does the placement apply?", "Answer only if the day is in the future, after a phase transfer. Section I then gives the day.")]),
        [RecordPhaseTransfer.Definition.Name] = new(
            "Records the coming phase transfer, or that there is none. Once a transfer is recorded, the law sets a day by which the plan must name the place.", "Record",
            [new("transfer", "From which phase to which?"), new("on", "When does the new phase begin?", "The first day at the new place. If there is no transfer, enter any day in September of that year."),
             new("preferenceAskedOn", "When was the family asked for its preference?"), new("preference", "Which institution does the family prefer?", "Use the family’s own words."),
             new("reasons", "Why is there no transfer?", "Answer only if there is no transfer.")]),
        [PrepareDraft.Definition.Name] = new("The plan is prepared from the advice as you see it under “Plan”, stored as a version, and sent to the family.", "Continue", []),
        [FinalisePlan.Definition.Name] = new(
            "Makes the plan final. The plan is stored as a version and sent to the family, the institution and the ICB, with information about mediation and appeal.", "Continue",
            [new("signedBy", "Who signs the plan?", "Name and position, as they are to appear on the plan.")]),
        [WriteToFamily.Definition.Name] = new(
            "Sends a letter to everybody in the family who receives letters about the case. You can read the letter in full before it is sent.", "Continue",
            [new("letter", "Which letter?"), new("what", "What are you asking for, or what is the meeting about?", "The letter says exactly what you write here."),
             new("day", "By which day do you need an answer, or on which day is the meeting?"), new("place", "What time is the meeting, and where?", "Answer only for a meeting.")]),
        [RecordNoticeSent.Definition.Name] = new(
            "Records a letter that was posted or delivered in person. Most time limits are met when the letter is sent.", "Record",
            [new("noticeId", "Which letter?"), new("channel", "How was the letter sent?"), new("sentOn", "On which day was the letter sent?"), new("servedOn", "When was the letter served, if you know the exact day?", "Leave this empty if the day of service follows from how the letter was sent.")]),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// The steps whose forms were written by hand, apart from a new request, advice and a line of the plan, which have their own pages.
    /// </summary>
    internal static IEnumerable<string> Steps => All.Keys;

    /// <summary>The form of a step, or null if its form is generated.</summary>
    internal static DailyForm? Of(StepDefinition step) => All.GetValueOrDefault(step.Name);

    /// <summary>The questions, each with the field of the step that it asks for.</summary>
    internal IEnumerable<FormField> Asked(StepForm form) => Fields.Select(one => form.Fields.First(field => field.Name == one.Name) switch
    {
        var field => field with { Label = one.Label, Hint = one.Hint.Length > 0 ? one.Hint : field.Kind is FieldKind.Choice or FieldKind.Group ? field.Hint : "" },
    });

    /// <summary>The fields of the step that no question asks for.</summary>
    internal IEnumerable<FormField> Others(StepForm form) => form.Fields.Where(field => !HiddenReferences.Contains(field.Name) && Fields.All(one => one.Name != field.Name));
}
