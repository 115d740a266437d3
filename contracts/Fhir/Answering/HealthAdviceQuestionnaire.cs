using Hl7.Fhir.Model;
using static Hl7.Fhir.Model.Questionnaire;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>
/// The published questionnaire for health advice in an EHC needs assessment: what every advice must cover under SEND Regs 2014
/// reg 6(1) (the needs, the outcomes intended, the provision required), with provision specific enough for sections F and G
/// (Code 9.69: detailed, specific, normally quantified).
/// </summary>
public static class HealthAdviceQuestionnaire
{
    /// <summary>Version; a change of any linkId or code makes a new one.</summary>
    public const string Version = "1.0.0";

    /// <summary>What a QuestionnaireResponse must name.</summary>
    public const string Canonical = $"{FhirUris.HealthAdviceQuestionnaire}|{Version}";

    /// <summary>The hub's id of the Questionnaire.</summary>
    public const string Id = "ehc-health-advice";

    // linkIds. A line's parts hang below its group: "need", "need.text" and so on.
    internal const string Author = "author";
    internal const string AuthorName = "author.name";
    internal const string AuthorRole = "author.role";
    internal const string WrittenOn = "author.written-on";
    internal const string View = "view";
    internal const string Need = "need";
    internal const string Outcome = "outcome";
    internal const string Provision = "provision";
    internal const string Attachments = "attachment";

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
        Date = "2026-01-01",
        Publisher = "IntegrationHub",
        Description = "What health advice must cover under regulation 6(1) of the Special Educational Needs and Disability Regulations 2014: needs, outcomes and the provision required.",
        Item =
        [
            Group(Author, "Who gives this advice", required: true, repeats: false,
                Text(AuthorName, "Name", required: true, QuestionnaireItemType.String),
                Text(AuthorRole, "Profession or post", required: true, QuestionnaireItemType.String),
                Text(WrittenOn, "Date of the advice", required: true, QuestionnaireItemType.Date)),
            Group(View, "A view, interest or aspiration of the child or the family", required: false, repeats: true,
                LineId(View), Text("view.text", "In their words where possible", required: true)),
            Group(Need, "A need", required: false, repeats: true,
                LineId(Need),
                Choice("need.area", "What kind of need it is", AdviceCodes.NeedAreas),
                Text("need.text", "The need and how it affects the child", required: true)),
            Group(Outcome, "An outcome", required: false, repeats: true,
                LineId(Outcome),
                Text("outcome.text", "What the child will be able to do, and by when", required: true),
                Links("outcome.needs", "Reference of each need that it answers")),
            Group(Provision, "Provision required", required: false, repeats: true,
                LineId(Provision),
                Choice("provision.kind", "What kind of provision it is", AdviceCodes.ProvisionKinds),
                Text("provision.text", "What is to be provided", required: true),
                Text("provision.who", "Who provides it, and with what expertise", required: false),
                Text("provision.how-often", "How often", required: false, QuestionnaireItemType.String),
                Text("provision.how-long", "How long each time", required: false, QuestionnaireItemType.String),
                Text("provision.adulthood", "It prepares for adulthood and independent living", required: false, QuestionnaireItemType.Boolean),
                Links("provision.outcomes", "Reference of each outcome that it serves")),
            Repeating(Text(Attachments, "A report or other document", required: false, QuestionnaireItemType.Attachment)),
        ],
    };

    private static ItemComponent Group(string linkId, string text, bool required, bool repeats, params List<ItemComponent> items) => new()
    {
        LinkId = linkId,
        Text = text,
        Type = QuestionnaireItemType.Group,
        Required = required,
        Repeats = repeats,
        Item = items,
    };

    private static ItemComponent Text(string linkId, string text, bool required, QuestionnaireItemType type = QuestionnaireItemType.Text) => new()
    {
        LinkId = linkId,
        Text = text,
        Type = type,
        Required = required,
    };

    private static ItemComponent LineId(string line) => Text($"{line}.id", "Reference of this line, unique in this advice", required: false, QuestionnaireItemType.String);

    private static ItemComponent Links(string linkId, string text) => Repeating(Text(linkId, text, required: false, QuestionnaireItemType.String));

    private static ItemComponent Repeating(ItemComponent item)
    {
        item.Repeats = true;
        return item;
    }

    private static ItemComponent Choice<T>(string linkId, string text, IReadOnlyList<CodeEntry<T>> codes)
        where T : struct, Enum
    {
        var item = Text(linkId, text, required: true, QuestionnaireItemType.Choice);
        item.AnswerOption = [.. codes.Select(entry => new AnswerOptionComponent { Value = entry.Coding })];
        return item;
    }
}
