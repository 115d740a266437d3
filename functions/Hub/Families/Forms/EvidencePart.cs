using IntegrationHub.Functions.Families.Opening;
using IntegrationHub.Functions.Workspace.Forms;

namespace IntegrationHub.Functions.Families.Forms;

/// <summary>Reports and other evidence of the family.</summary>
public sealed class EvidencePart() : FamilyPart("evidence")
{
    private static readonly FormField[] Fields = [FamilyFields.Text("about", "What are you sending, and what should the council see in it?", "You can send words without a file, or files without words.")];

    /// <inheritdoc/>
    public override string Title => "Reports and evidence";

    /// <inheritdoc/>
    public override string About => "Letters, reports, examples of work: whatever shows what your child needs. Everybody who is asked for advice is given it.";

    /// <inheritdoc/>
    public override string Done => "Your evidence was received.";

    /// <inheritdoc/>
    public override IReadOnlyList<FormField> FieldsOf(OpenedCase opened) => Fields;
}
