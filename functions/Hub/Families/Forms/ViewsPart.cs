using IntegrationHub.Contracts.Advice;
using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Visiting.Forms;
using IntegrationHub.Functions.Workspace.Forms;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>
/// Section A in the family's own words, and the child's own view. If the council has asked this reader for their views, the text answers
/// that request. Without such a request, the text is stored as a document of representations, so that a second parent's view is stored
/// separately.
/// </summary>
public sealed class ViewsPart() : FamilyPart("views")
{
    private static readonly FormField[] Fields =
    [
        FamilyFields.Text("own", "What do you want the council to know?", "For example: what your child is good at, what is difficult, and what helps. Use your own words; no special form is needed."),
        FamilyFields.Text("hopes", "What do you hope for?", "For example: learning, friends, health and independence, this year and later."),
        FamilyFields.Text("child", "What does your child say?", "Use their own words if you can. You can add a drawing, a photograph or a letter as a file."),
    ];

    /// <inheritdoc/>
    public override string Title => "Your views and your child’s";

    /// <inheritdoc/>
    public override string About => "Your views become section A of a plan, and everybody who is asked for advice will read them.";

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
        // Views that were given in another way and have no field on this page remain unchanged.
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
