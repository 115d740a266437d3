using IntegrationHub.Contracts.Advice;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Workspace.Forms;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>
/// Section A in the family's own words, and the child's own view. Where the council has asked this reader for their views, it answers that
/// request; otherwise it is a document of representations, so that a second parent's view is kept separately.
/// </summary>
public sealed class ViewsPart() : FamilyPart("views")
{
    private static readonly FormField[] Fields =
    [
        FamilyFields.Text("own", "What do you want the council to know?", "What your child is good at, what is difficult, what helps. In your own words: nothing has to be in a special form."),
        FamilyFields.Text("hopes", "What do you hope for?", "For this year, and for later: learning, friends, health, independence."),
        FamilyFields.Text("child", "What does your child say?", "In their own words where you can. A drawing, a photograph or a letter can be added as a file."),
    ];

    /// <inheritdoc/>
    public override string Title => "Your views and your child’s";

    /// <inheritdoc/>
    public override string About => "They become section A of a plan, and everybody who is asked for advice reads them.";

    /// <inheritdoc/>
    public override string Done => "Your views were received.";

    /// <inheritdoc/>
    public override IReadOnlyList<FormField> FieldsOf(OpenedCase opened) => Fields;

    /// <inheritdoc/>
    public override PageDraft Begin(OpenedCase opened, PageDraft draft) => draft.Begun ? draft
        : opened.ViewsRequest is { } asked && opened.CurrentViews(asked) is { } standing
            ? (draft with { Begun = true, Files = standing.Content.Attachments })
                .With(path => Owns(opened, path), standing.Content.Views.Aggregate(FormValues.None, (all, view) => all.With(FormField.Below(Key, view.Id), view.Text)))
            : draft with { Begun = true };

    /// <summary>The answer to the request for the family's views.</summary>
    internal static AdviceContent ContentOf(OpenedCase opened, PageDraft draft)
    {
        // Anything that was given in another way and has no field here is kept unchanged.
        var kept = opened.ViewsRequest is { } asked ? opened.CurrentViews(asked)?.Content : null;
        return new AdviceContent
        {
            Author = opened.Contact.Name,
            AuthorRole = opened.Contact.Relationship is { Length: > 0 } relation ? relation : "family",
            WrittenOn = opened.Today,
            Views =
            [
                .. Fields.Select(f => new AdviceView(f.Name, draft.Values[FormField.Below("views", f.Name)].Trim())).Where(v => v.Text.Length > 0),
                .. (kept?.Views ?? []).Where(v => Fields.All(f => f.Name != v.Id)),
            ],
            Needs = kept?.Needs ?? [],
            Outcomes = kept?.Outcomes ?? [],
            Provision = kept?.Provision ?? [],
            Notes = kept?.Notes ?? [],
            Attachments = draft.Files,
        };
    }
}
