using System.Globalization;
using IntegrationHub.Contracts.Advice;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Workspace.Forms;
using IntegrationHub.Orchestrations.Advice;
using IntegrationHub.Orchestrations.Assessments;
using IntegrationHub.Orchestrations.StatutoryClock;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>
/// The short form with which a family asks for an assessment. By law a request can take any form, so only the details of the child and of
/// the person who asks are compulsory. The step that opens the case is read in the same way as by the API.
/// </summary>
public static class FamilyRequestForm
{
    private const string Key = "ask";

    // Each field of the form, with the member of the step that it fills; the family's own text goes into a document.
    private static readonly (FormField Field, string Member)[] All =
    [
        (FamilyFields.Line("givenName", "The child’s or young person’s first name", "", required: true), "child.givenName"),
        (FamilyFields.Line("familyName", "The child’s or young person’s family name", "", required: true), "child.familyName"),
        (FamilyFields.Of(OpenAssessment.Definition, "child", "dateOfBirth") with { Name = "born", Label = "What is their date of birth?", Hint = "", IsRequired = true }, "child.dateOfBirth"),
        (FamilyFields.Line("place", "Which school, nursery or college do they go to?", "Give the name and the town. Leave this empty if they do not go to a school, nursery or college."), "setting.name"),
        (FamilyFields.Line("name", "Your name", "", required: true), "family.name"),
        (FamilyFields.Of(OpenAssessment.Definition, "route") with
        {
            Name = "who", Label = "Who are you?", Hint = "", IsRequired = true,
            Choices = [new Choice(nameof(RequestRoute.Parent), "I am their parent, or I look after them as a parent would"), new Choice(nameof(RequestRoute.YoungPerson), "I am the young person")],
        }, "route"),
        (FamilyFields.Text("address", "Your address", "The address to which letters should be sent. Write each part of the address on its own line."), "family.postalAddress"),
        (FamilyFields.Line("telephone", "Your telephone number", ""), "family.telephone"),
        (FamilyFields.YesNo("mail", "May the council send you its letters by e-mail?", "The council will use the e-mail address that you have confirmed. If you say no, letters will come by post."), "family.electronicServiceAgreedOn"),
        (FamilyFields.Text("worries", "What worries you, and what has been tried?", "Write in your own words. You can add reports as files, now or later."), ""),
    ];

    /// <summary>The fields of the form.</summary>
    public static IReadOnlyList<FormField> Fields { get; } = [.. All.Select(a => a.Field)];

    /// <summary>The path of a field.</summary>
    public static string At(FormField field) => FormField.Below(Key, field.Name);

    /// <summary>Whether a path belongs to the form.</summary>
    internal static bool Owns(string path) => Fields.Any(f => path == At(f) || path.StartsWith(At(f) + "/", StringComparison.Ordinal));

    /// <summary>What was typed, in the form in which the sender checks it.</summary>
    internal static IReadOnlyList<(string Heading, string Words)> Lines(PageDraft draft) =>
        [.. Fields.Select(f => (f.Label, Words: Shown(f, draft.Values).Trim())).Where(l => l.Words.Length > 0)];

    /// <summary>
    /// The same content without the family's address and telephone number, because everybody who is asked for advice reads it.
    /// </summary>
    internal static IReadOnlyList<(string Heading, string Words)> ForAdvisers(PageDraft draft) =>
        [.. Fields.Where(f => f.Name is not ("address" or "telephone" or "mail")).Select(f => (f.Label, Words: Shown(f, draft.Values).Trim())).Where(l => l.Words.Length > 0)];

    /// <summary>The step, or all faults, each with the field that it concerns.</summary>
    internal static (OpenAssessment? Step, IReadOnlyList<FormProblem> Problems) Read(FamilyRequestPage page, PageDraft draft)
    {
        var typed = draft.Values;
        var full = FormValues.None.WithDay("receivedOn", page.Today)
            .With("family.relationship", typed["ask.who"] == nameof(RequestRoute.YoungPerson) ? "self" : "parent or carer").With("family.email", page.Mail)
            .With("icb.id", page.Rules.Council.Icb!.Id.Value).With("icb.name", page.Rules.Council.Icb.Name);
        foreach (var (field, member) in All.Where(a => a.Member.Length > 0 && a.Field.Name is not ("address" or "mail" or "place")))
        {
            full = typed.All.Where(t => t.Key == At(field) || t.Key.StartsWith(At(field) + "/", StringComparison.Ordinal))
                .Aggregate(full, (all, one) => all.With(member + one.Key[At(field).Length..], one.Value));
        }

        full = typed["ask.address"].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select((line, n) => (line, n)).Aggregate(full, (all, one) => all.With(FormField.At("family.postalAddress", one.n), one.line));
        full = typed["ask.mail"] == "true" ? full.WithDay("family.electronicServiceAgreedOn", page.Today) : full;
        full = typed["ask.place"].Trim() is { Length: > 0 } place
            ? full.With("settingKind", KindOf(page, typed).ToString()).With("setting.name", place).With("setting.id", $"la:{page.Rules.Council.Code}{OpenAssessment.UnidentifiedSchool}")
            : full.With("settingKind", nameof(SettingKind.None));

        var (input, refused) = FormReading.Read(StepForm.Of(OpenAssessment.Definition), full);
        List<FormProblem> problems =
        [
            .. typed.All.Where(t => !AdviceFaults.Fits(t.Value)).Select(t => new FormProblem(t.Key, FormattableString.Invariant($"This is longer than {AdviceFaults.MaxTextLength:N0} characters. Shorten it, or add it as a file"))),
            .. refused.Select(InWordsOfThePage),
        ];

        // The faults are in the order of the page, because the fields of the step have a different order.
        return problems.Count > 0 ? (null, [.. problems.OrderBy(OrderOf)]) : ((OpenAssessment)input!, []);
    }

    /// <summary>The field of the form that a refusal with the given code is about.</summary>
    internal static string PlaceOf(string code) => code switch
    {
        "right-passed-on" or "not-a-young-person" => "ask.who",
        "age-out-of-range" => "ask.born",
        _ => "",
    };

    private static int OrderOf(FormProblem problem) =>
        Fields.TakeWhile(field => problem.Path != At(field) && !problem.Path.StartsWith(At(field) + "/", StringComparison.Ordinal)).Count();

    // The kind of setting is derived from the child's age, because the family need not know the legal term. An officer corrects the kind of
    // setting together with the setting's number.
    private static SettingKind KindOf(FamilyRequestPage page, FormValues typed) =>
        !DateOnly.TryParse($"{typed["ask.born/year"]}-{typed["ask.born/month"]}-{typed["ask.born/day"]}", CultureInfo.InvariantCulture, out var born) ? SettingKind.School
            : born.AddYears(4) > page.Today ? SettingKind.EarlyYearsProvider
            : Age.HolderOfRights(born, page.Today) == RightsHolder.YoungPerson ? SettingKind.Post16Institution
            : SettingKind.School;

    private static string Shown(FormField field, FormValues values) => field.Kind switch
    {
        FieldKind.Day => $"{values[At(field) + "/day"]} {values[At(field) + "/month"]} {values[At(field) + "/year"]}",
        FieldKind.Choice => field.Choices.FirstOrDefault(c => c.Value == values[At(field)])?.Label ?? "",
        FieldKind.YesNo => values[At(field)] switch { "true" => "Yes", "false" => "No", _ => "" },
        _ => values[At(field)],
    };

    private static FormProblem InWordsOfThePage(FormProblem problem) =>
        All.FirstOrDefault(a => a.Member.Length > 0 && (problem.Path == a.Member || problem.Path.StartsWith(a.Member + "[", StringComparison.Ordinal))) is { Field: { } field }
            ? PageForms.Called(problem with { Path = At(field) }, field.Label)
            : problem with { Path = "" };
}
