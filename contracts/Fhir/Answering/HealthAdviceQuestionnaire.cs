using Hl7.Fhir.Model;
using static Hl7.Fhir.Model.Questionnaire;
using static IntegrationHub.Contracts.Fhir.Answering.QuestionnaireItems;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>
/// The published questionnaire for health advice in an EHC needs assessment. The questionnaire asks for what every advice must cover under
/// SEND Regs 2014 reg 6(1): the needs, the outcomes intended and the provision required. The provision must be specific enough for sections
/// F and G (Code 9.69: detailed, specific, normally quantified). The questionnaire also asks for what a paediatrician adds.
/// </summary>
public static class HealthAdviceQuestionnaire
{
    /// <summary>
    /// Version of the questionnaire. If any linkId or code changes, the questionnaire needs a new version. Responses to earlier versions
    /// can still be read.
    /// </summary>
    public const string Version = "2.0.0";

    /// <summary>Canonical URL with the version, as named by a QuestionnaireResponse.</summary>
    public const string Canonical = $"{FhirUris.HealthAdviceQuestionnaire}|{Version}";

    /// <summary>The hub's id of the Questionnaire.</summary>
    public const string Id = "ehc-health-advice";

    /// <summary>Canonical URLs of the questionnaires whose responses can be read.</summary>
    internal static readonly IReadOnlyList<string> Readable = [Canonical, FhirUris.HealthAdviceQuestionnaire, $"{FhirUris.HealthAdviceQuestionnaire}|1.0.0"];

    // The linkIds of a line's parts begin with the linkId of its group: "need", "need.text" and so on.
    internal const string Author = "author";
    internal const string AuthorName = "author.name";
    internal const string AuthorRole = "author.role";
    internal const string AuthorRegistration = "author.registration";
    internal const string WrittenOn = "author.written-on";
    internal const string Known = "known";
    internal const string KnownWords = "known.words";
    internal const string View = "view";
    internal const string Need = "need";
    internal const string Outcome = "outcome";
    internal const string Provision = "provision";
    internal const string Attachments = "attachment";

    internal const string IsNotKnown = "not-known";

    internal static readonly (string Code, string Display)[] KnownOptions = [("known", "Known to this service"), (IsNotKnown, "Not known to this service")];

    /// <summary>
    /// How many lines of one kind (needs, for example) the form offers to a person who links another line to them. A system that numbers its
    /// lines itself can link to more lines than that.
    /// </summary>
    internal const int LinkedLines = 20;

    /// <summary>The questionnaire as it is published.</summary>
    public static Questionnaire Build() => new()
    {
        Id = Id,
        Meta = new Meta { Profile = [FhirUris.UkCoreQuestionnaire] },
        Url = FhirUris.HealthAdviceQuestionnaire,
        Version = Version,
        Name = "EhcHealthAdvice",
        Title = "Health advice for an education, health and care needs assessment",
        Status = PublicationStatus.Active,
        SubjectType = [ResourceType.Patient],
        Date = "2026-11-28",
        Publisher = "IntegrationHub",
        Description = "What health advice must cover under regulation 6(1) of the Special Educational Needs and Disability Regulations 2014: needs, outcomes and the provision required.",
        Item = ItemsWith(AdviceForm.Groups),
    };

    /// <summary>
    /// The items of the questionnaire: the author, whether the child is known, the groups of notes, the lines of a plan, and the last
    /// group.
    /// </summary>
    internal static List<ItemComponent> ItemsWith(IReadOnlyList<NoteGroup> groups) =>
    [
        Group(Author, "Who gives this advice", required: true, repeats: false,
            Question(AuthorName, "Name", QuestionnaireItemType.String, required: true),
            Question(AuthorRole, "Profession or post", QuestionnaireItemType.String, required: true),
            Question(AuthorRegistration, "Registration number", QuestionnaireItemType.String,
                help: "Include the register's name, for instance GMC 1234567, NMC 12A3456E or HCPC PH12345."),
            Question(WrittenOn, "Date of the advice", QuestionnaireItemType.Date, required: true)),
        Options(
            Question(Known, "Is the child known to this service?", QuestionnaireItemType.Choice, required: true,
                help: "\"Not known\" is a complete answer (a nil return): say below what you did to find out, and leave the rest empty."),
            FhirUris.AdviceFormCodes, KnownOptions),
        Question(KnownWords, "What the service can say about this", QuestionnaireItemType.Text,
            help: "For instance when the child was discharged, or which records were searched."),
        .. groups.Take(groups.Count - 1).Select(NoteItems.Of).Select(WhenKnown),
        WhenKnown(Group(View, "A view, interest or aspiration of the child or the family", required: false, repeats: true,
            LineId(View), Question("view.text", "In their own words if possible", QuestionnaireItemType.Text, required: true))),
        WhenKnown(Group(Need, "A need", required: false, repeats: true,
            LineId(Need),
            Help(Need, "One entry for each need. Needs are numbered in the order in which you enter them: the first is need 1."),
            Choice("need.area", "Kind of need", AdviceCodes.NeedAreas),
            Question("need.text", "The need and how it affects the child", QuestionnaireItemType.Text, required: true,
                help: "What the need means day to day at school and at home, not only its name."))),
        WhenKnown(Group(Outcome, "An outcome", required: false, repeats: true,
            LineId(Outcome),
            Question("outcome.text", "What the child will be able to do, and by when", QuestionnaireItemType.Text, required: true,
                help: "Specific, measurable, achievable, realistic and with a date (Code 9.66): what the child does, not what the service provides."),
            Links("outcome.needs", "Which needs the outcome answers", Need))),
        WhenKnown(Group(Provision, "Provision required", required: false, repeats: true,
            LineId(Provision),
            Choice("provision.kind", "Kind of provision", AdviceCodes.ProvisionKinds),
            Question("provision.text", "What is to be provided", QuestionnaireItemType.Text, required: true,
                help: "What the child requires, whether or not it is available (Code 9.69: detailed, specific and normally quantified)."),
            Question("provision.who", "Who delivers the provision, and with what expertise", QuestionnaireItemType.Text),
            Question("provision.how-often", "How often", QuestionnaireItemType.String, help: "For instance \"twice a week\"."),
            Question("provision.how-long", "How long each time", QuestionnaireItemType.String, help: "For instance \"45 minutes\"."),
            Question("provision.adulthood", "The provision prepares for adulthood and independent living", QuestionnaireItemType.Boolean),
            Links("provision.outcomes", "Which outcomes the provision serves", Outcome))),
        NoteItems.Of(groups[^1]),
        Repeating(Question(Attachments, "A report or other document", QuestionnaireItemType.Attachment)),
    ];

    private static ItemComponent Choice<T>(string linkId, string text, IReadOnlyList<CodeEntry<T>> codes)
        where T : struct, Enum
    {
        var item = Question(linkId, text, QuestionnaireItemType.Choice, required: true);
        item.AnswerOption = [.. codes.Select(entry => new AnswerOptionComponent { Value = entry.Coding })];
        return item;
    }

    private static ItemComponent Links(string linkId, string text, string line) => Repeating(Options(
        Question(linkId, text, QuestionnaireItemType.Choice), FhirUris.AdviceLinkCodes, [.. LineLinks.Of(line)]));

    // A service that has nothing to report is shown no further questions.
    private static ItemComponent WhenKnown(ItemComponent item)
    {
        item.EnableWhen =
        [
            new EnableWhenComponent { Question = Known, Operator = QuestionnaireItemOperator.NotEqual, Answer = new Coding(FhirUris.AdviceFormCodes, IsNotKnown) },
        ];
        return item;
    }
}
