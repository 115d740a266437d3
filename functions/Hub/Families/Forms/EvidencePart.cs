using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Workspace.Forms;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>Reports and other evidence from the family.</summary>
public sealed class EvidencePart() : FamilyPart("evidence")
{
    private static readonly FormField[] Fields = [FamilyFields.Text("about", "What are you sending, and what do you want the council to see in it?", "You can write without adding files, or add files without writing.")];

    /// <inheritdoc/>
    public override string Title => "Reports and evidence";

    /// <inheritdoc/>
    public override string About => "You can send letters, reports or examples of work: anything that shows what help is needed. Everybody who is asked for advice will see what you send.";

    /// <inheritdoc/>
    public override string Done => "Your evidence was received.";

    /// <inheritdoc/>
    public override IReadOnlyList<FormField> FieldsOf(OpenedCase opened) => Fields;
}
