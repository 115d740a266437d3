using IntegrationHub.Contracts.Bus;

namespace IntegrationHub.Contracts.Fhir.Answering;

/// <summary>One question in a group of questions; the answers to the whole group become one note.</summary>
/// <param name="LinkId">The question's linkId.</param>
/// <param name="Text">The question.</param>
/// <param name="Label">Text written before the answer in the note, or null if the answer is the subject of the note.</param>
internal sealed record NoteQuestion(string LinkId, string Text, string? Label)
{
    internal AnswerForm Form { get; init; } = AnswerForm.Text;

    internal IReadOnlyList<(string Code, string Display)> Options { get; init; } = [];

    internal bool Repeats { get; init; }

    internal string? Help { get; init; }
}

/// <summary>How a question is answered.</summary>
internal enum AnswerForm
{
    /// <summary>Text of several lines.</summary>
    Text,

    /// <summary>Text of one line.</summary>
    Line,

    /// <summary>Yes or no.</summary>
    YesNo,

    /// <summary>A date.</summary>
    Day,

    /// <summary>One of the listed options.</summary>
    Choice,

    /// <summary>One of the listed options, or text that the author types.</summary>
    OpenChoice,
}

/// <summary>A group of the questionnaire whose answers become a note of the advice.</summary>
/// <param name="LinkId">The group's linkId.</param>
/// <param name="Heading">Heading of the note, also used as the name of the group.</param>
/// <param name="Questions">The questions, in order.</param>
internal sealed record NoteGroup(string LinkId, string Heading, params IReadOnlyList<NoteQuestion> Questions)
{
    internal bool Repeats { get; init; } = true;

    internal string? Help { get; init; }
}

/// <summary>
/// The questions about what a doctor has to report besides the needs, outcomes and provision that become lines of a plan. The hub uses this
/// one table both to publish the questionnaire and to read its responses.
/// </summary>
internal static class AdviceForm
{
    internal static readonly IReadOnlyList<NoteGroup> Groups =
    [
        new(
            "contact",
            "How and when the child was seen",
            new("contact.how", "How", null)
            {
                Form = AnswerForm.OpenChoice,
                Options = [("clinic", "Seen in clinic"), ("setting", "Seen at school or another setting"), ("home", "Seen at home"), ("remote", "By video or telephone"), ("records", "From the records only")],
            },
            new("contact.on", "Day", "On") { Form = AnswerForm.Day, Repeats = true },
            new("contact.with", "Who else was there or was asked", "With") { Form = AnswerForm.Line })
        {
            Help = "One entry for each contact on which this advice is based. You can attach reports that you rely on below.",
        },
        new(
            "diagnosis",
            "Diagnosis",
            new("diagnosis.text", "Diagnosis", null) { Form = AnswerForm.Line, Help = "Write the diagnosis in full, without abbreviations, for the family and the school." },
            new("diagnosis.standing", "How certain the diagnosis is", "Standing")
            {
                Form = AnswerForm.Choice,
                Options = [("confirmed", "Confirmed"), ("suspected", "Suspected, under investigation"), ("ruled-out", "Ruled out"), ("past", "No longer active")],
            },
            new("diagnosis.since", "Since when", "Since") { Form = AnswerForm.Line },
            new("diagnosis.by", "Who made the diagnosis", "By") { Form = AnswerForm.Line }),
        new(
            "medicine",
            "Medicine",
            new("medicine.text", "Medicine, dose and how it is given", null) { Form = AnswerForm.Line },
            new("medicine.when", "When the medicine is given", "When") { Form = AnswerForm.Line },
            new("medicine.in-school", "The medicine is given during the school day", "During the school day") { Form = AnswerForm.YesNo },
            new("medicine.effects", "Effects that staff must know about", "Effects that staff must know about")),
        new(
            "allergy",
            "Allergy",
            new("allergy.text", "What the child is allergic to, or \"none known\"", null) { Form = AnswerForm.Line },
            new("allergy.reaction", "What happens", "Reaction"),
            new("allergy.action", "What must be done immediately", "Action")),
        new("strength", "Strength", new NoteQuestion("strength.text", "What the child does well and enjoys", null)),
        new(
            "note",
            "Anything else",
            new("note.heading", "Subject of the note", null) { Form = AnswerForm.Line },
            new("note.text", "What the council should know", null)),
    ];

    /// <summary>The groups of questions for a review, which ask how the plan has worked instead of asking for diagnoses.</summary>
    internal static readonly IReadOnlyList<NoteGroup> ForReview =
    [
        Groups.First(group => group.LinkId == "contact"),
        new(
            Progress,
            LineProgress.Heading,
            new("progress.line", "The line of the plan that the finding is about", "Line")
            {
                Form = AnswerForm.Line,
                Help = "The id of the line as given in the request, for instance educational-1.1/o1.",
            },
            new("progress.finding", "What you have found", "Finding")
            {
                Form = AnswerForm.Choice,
                Options = [.. Enum.GetValues<LineFinding>().Select(finding => (CodeOf(finding), LineProgress.Of(finding)))],
            },
            new("progress.text", "What the finding is based on", null))
        {
            Help = "One entry for each outcome and each provision that you know about.",
        },
        new("change", "What has changed, and what should change in the plan", new NoteQuestion("change.text", "In your words", null)),
        Groups.First(group => group.LinkId == "strength"),
        Groups[^1],
    ];

    internal const string Progress = "progress";

    private static string CodeOf(LineFinding finding) => finding switch
    {
        LineFinding.Met => "met",
        LineFinding.OnTrack => "on-track",
        LineFinding.NotMet => "not-met",
        LineFinding.Delivered => "delivered",
        LineFinding.PartlyDelivered => "partly-delivered",
        _ => "not-delivered",
    };
}
