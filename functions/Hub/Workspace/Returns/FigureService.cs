using IntegrationHub.Functions.Figures;
using IntegrationHub.Functions.Institutions;
using IntegrationHub.Functions.Returns.Stored;
using IntegrationHub.Functions.Workspace.Officers;
using IntegrationHub.Orchestrations.Assessments;

namespace IntegrationHub.Functions.Workspace.Returns;

/// <summary>
/// The council's figures as officers see them, made from a stored return. The figures can be downloaded as open data. The figures are
/// counts, which include restricted cases but do not name any child.
/// </summary>
public sealed class FigureService(ReturnStore returns, FigureStore store, InstitutionRegister register, RuleBook rules, FiguresOptions options, TimeProvider time)
{
    /// <summary>Whether the council's page of figures is public.</summary>
    internal bool IsPublic(Officer officer) => options.IsPublic(officer.Council);

    /// <summary>The newest figures made from a census return, or null if there are none.</summary>
    /// <exception cref="FigureStoreException">The store cannot be reached.</exception>
    public Task<FigureSet?> OfAsync(Officer officer, int year, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(officer);
        return store.FindAsync(officer.Council, year - 1, cancellationToken);
    }

    /// <summary>Makes the figures from a stored return.</summary>
    /// <returns>False if the store does not have the return.</returns>
    /// <exception cref="FigureStoreException">The store cannot be reached.</exception>
    public async Task<bool> MakeAsync(Officer officer, int year, int number, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(officer);
        if ((await returns.ListAsync(officer.Council, year, cancellationToken)).FirstOrDefault(one => one.Number == number) is not { } kept)
        {
            return false;
        }

        var schools = await register.CurrentAsync(cancellationToken);
        await store.MakeAsync(returns, kept, rules.For(officer.Council), schools, officer.Subject, time.GetUtcNow(), cancellationToken);
        return true;
    }

    /// <summary>The newest figures as open data, a ZIP file of CSV files, or null if there are no figures.</summary>
    /// <exception cref="FigureStoreException">The store cannot be reached.</exception>
    public async Task<byte[]?> ZipAsync(Officer officer, int year, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(officer);
        return await OfAsync(officer, year, cancellationToken) is { } figures ? FigureFiles.Zip(figures, rules.For(officer.Council).Council, options) : null;
    }
}
