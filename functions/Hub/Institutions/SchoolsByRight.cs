namespace IntegrationHub.Functions.Institutions;

/// <summary>
/// Whether a family has a right to ask for an institution to be named (CFA 2014 s38(3)): maintained schools and nursery schools, academies,
/// colleges of further education, non-maintained special schools, and institutions approved under section 41. The register's type of
/// establishment shows which kind of institution it is.
/// </summary>
internal static class SchoolsByRight
{
    private static readonly string[] Maintained =
    [
        "Community school", "Voluntary aided school", "Voluntary controlled school", "Foundation school",
        "Community special school", "Foundation special school", "Local authority nursery school",
    ];

    private static readonly string[] Others = ["Non-maintained special school", "Further education", "University technical college", "Studio schools"];

    // Types of institution for which the right exists only if the institution is approved under section 41.
    private static readonly string[] OnApproval = ["Other independent special school", "Special post 16 institution", "Other independent school"];

    /// <summary>Whether the right exists, or null if the register does not say enough.</summary>
    internal static bool? Of(Institution institution) =>
        institution.Section41 == true || Maintained.Concat(Others).Contains(institution.Type, StringComparer.OrdinalIgnoreCase)
        || institution.Type.StartsWith("Academy ", StringComparison.OrdinalIgnoreCase) || institution.Type.StartsWith("Free schools", StringComparison.OrdinalIgnoreCase)
            ? true
            : OnApproval.Contains(institution.Type, StringComparer.OrdinalIgnoreCase) && institution.Section41 == false ? false : null;
}
